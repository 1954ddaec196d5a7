/** The sheet as it is shown: blocks that did not change stay in the page, with what was opened and scrolled in them. */
export class Preview {
	private readonly shown: { markup: string; element: HTMLElement }[] = [];

	constructor(private readonly parent: HTMLElement) {}

	/** Replaces the blocks between the first and the last one that differ. */
	show(blocks: readonly string[]): void {
		const { shown } = this;
		let start = 0;
		while (start < blocks.length && shown[start]?.markup === blocks[start])
			start += 1;
		let end = 0;
		while (
			end < Math.min(blocks.length, shown.length) - start &&
			shown.at(-1 - end)?.markup === blocks.at(-1 - end)
		)
			end += 1;
		const fresh = blocks.slice(start, blocks.length - end).map(asElement);
		const removed = shown.splice(start, shown.length - end - start, ...fresh);
		for (const { element } of removed) element.remove();
		const behind = this.parent.children[start] ?? null;
		for (const { element } of fresh) this.parent.insertBefore(element, behind);
	}
}

function asElement(markup: string): { markup: string; element: HTMLElement } {
	const element = document.createElement("div");
	element.className = "block";
	element.innerHTML = markup;
	return { markup, element };
}
