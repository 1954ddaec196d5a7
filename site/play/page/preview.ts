import { repaintRange } from "../../live/repaint.js";
import type { Patch } from "../protocol.js";

/** The sheet as it is shown: what did not change stays in the page, with what was opened and scrolled in it. */
export class Preview {
	constructor(private readonly parent: HTMLElement) {}

	/** Takes on the blocks that differ. */
	show({ first, last, fresh }: Patch): void {
		const { parent } = this;
		const shown = [...parent.children];
		const end = shown.length - last;
		const behind = shown[end] ?? null;
		repaintRange(parent, shown.slice(first, end), fresh.map(asElement), behind);
	}
}

function asElement(markup: string): HTMLElement {
	const element = document.createElement("div");
	element.className = "block";
	element.innerHTML = markup;
	return element;
}
