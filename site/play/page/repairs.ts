import type { EditorView } from "@codemirror/view";
import type { Offer } from "../protocol.js";
import { offsetsOf } from "./places.js";

/** A relation before the right side, which a repair that begins with a relation replaces as well. */
const relation =
	/(?:=|<|>|\\(?:propto|leq?|geq?|leqslant|geqslant|overset\{[^{}]*\}\{=\}|stackrel\{[^{}]*\}\{=\}))\s*$/;

/** Repairs of the relation come with the one that holds. */
const beginsWithRelation = /^\s*(?:=|<|>|\\(?:propto|leq?|geq?))(?![A-Za-z])/;

/** Puts a repair in the place of what it repairs, as one change that can be undone. */
export function applyRepair(
	view: EditorView,
	{ latex, replaces }: Offer,
): void {
	const { doc } = view.state;
	const { from, to } = offsetsOf(doc, replaces);
	const before = doc.sliceString(Math.max(0, from - 80), from);
	const old = beginsWithRelation.test(latex)
		? (relation.exec(before)?.[0].length ?? 0)
		: 0;
	view.dispatch({
		changes: { from: from - old, to, insert: latex },
		selection: { anchor: from - old + latex.length },
		scrollIntoView: true,
		userEvent: "input.repair",
	});
	view.focus();
}

/** Puts a button beneath each repair that the shown sheet discloses, where it has none yet. */
export function offerRepairs(
	within: HTMLElement,
	offers: readonly Offer[],
): void {
	const known = new Set(offers.map(({ item }) => item));
	for (const details of within.querySelectorAll<HTMLElement>(".repair")) {
		const item = details.dataset.of ?? "";
		const button = details.querySelector("button.apply");
		if (!known.has(item)) button?.remove();
		else if (!button) details.append(buttonFor(item));
	}
}

function buttonFor(item: string): HTMLButtonElement {
	const button = document.createElement("button");
	button.type = "button";
	button.className = "apply";
	button.dataset.apply = item;
	button.textContent = "Apply the repair";
	return button;
}
