import type { Block, Div } from "../sheet/sheet.js";
import type { Anchors } from "./anchors.js";
import { type Html, html, join } from "./html.js";
import type { Outline } from "./outline.js";
import type { ProseRenderer } from "./prose.js";

/** What a passage is called on the page. A name that is not listed is a derivation like any other. */
const captions: Readonly<Record<string, string>> = {
	model: "Model",
	family: "Family",
	derivation: "Derivation",
	updates: "Updates",
	exercise: "Exercise",
	solution: "Solution",
	aside: "Aside, not checked",
};

/** What passages are made with. */
export interface PassageSetting {
	readonly anchors: Anchors;
	readonly outline: Outline;
	readonly prose: ProseRenderer;
	/** Markup of the display with this ordinal. */
	readonly display: (ordinal: number) => Html;
}

/** The sheet's blocks in order, passages framed and named. */
export function blocksMarkup(
	blocks: readonly Block[],
	setting: PassageSetting,
): Html {
	return join(blocks.map((block) => blockMarkup(block, setting)));
}

function blockMarkup(block: Block, setting: PassageSetting): Html {
	switch (block.kind) {
		case "prose":
			return setting.prose(block.tokens);
		case "display":
			return setting.display(block.display.ordinal);
		case "div":
			return passage(block.div, block.blocks, setting);
	}
}

function passage(
	div: Div,
	blocks: readonly Block[],
	setting: PassageSetting,
): Html {
	const kind = Object.hasOwn(captions, div.name) ? div.name : "derivation";
	const caption = captionOf(kind, div);
	if (div.title === null && kind === "derivation") {
		const id = div.id !== null && html` id="${setting.anchors.claim(div.id)}"`;
		return html`<div class="passage ${kind}"${id}>${blocksMarkup(blocks, setting)}</div>
`;
	}
	const heading = setting.outline.enterPassage(div.title ?? caption, div.id);
	const above =
		div.title !== null && html`<span class="caption">${caption}</span> `;
	return html`<section class="passage ${kind}" aria-labelledby="${heading.id}">
<h${heading.level} id="${heading.id}">${above}${div.title ?? caption}</h${heading.level}>
${blocksMarkup(blocks, setting)}</section>
`;
}

function captionOf(kind: string, div: Div): string {
	const name = captions[kind] ?? "";
	const { points } = div.attributes;
	if (points === undefined) return name;
	return `${name} · ${points} ${points === "1" ? "point" : "points"}`;
}
