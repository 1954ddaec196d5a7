import type { Block, Div } from "../sheet/sheet.js";
import type { Anchors } from "./anchors.js";
import { type Html, html, join } from "./html.js";
import type { Heading, Outline } from "./outline.js";
import type { Piece } from "./parts.js";
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
	/** The model as a graph, to stand once beside its statements. */
	readonly graph: Html | null;
	/** Exercises are numbered in their order. */
	readonly exercises: { count: number };
}

/** The sheet's blocks in order, passages framed and named. */
export function blocksMarkup(
	blocks: readonly Block[],
	setting: PassageSetting,
): Html {
	return join(blocks.map((block) => blockMarkup(block, setting)));
}

/** The same in pieces that a page may be cut between: blocks, and those of derivations one by one. */
export function blockPieces(
	blocks: readonly Block[],
	setting: PassageSetting,
): readonly Piece[] {
	return blocks.flatMap((block) => {
		const isDerivation =
			block.kind === "div" &&
			(block.div.name === "derivation" ||
				!Object.hasOwn(captions, block.div.name));
		if (!isDerivation)
			return [pieceOf(block.kind, blockMarkup(block, setting).text)];
		const { div, blocks: inner } = block;
		const heading = headingOf("derivation", div, setting);
		const above = heading && [{ markup: heading.text, leadsOn: true }];
		return [...(above ?? []), ...blockPieces(inner, setting)];
	});
}

function pieceOf(kind: Block["kind"], markup: string): Piece {
	return { markup, leadsOn: kind === "prose" };
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
	const caption = captionOf(kind, div, setting);
	if (div.title === null && kind === "derivation") {
		const id = div.id !== null && html` id="${setting.anchors.claim(div.id)}"`;
		return html`<div class="passage ${kind}"${id}>${blocksMarkup(blocks, setting)}</div>
`;
	}
	const heading = setting.outline.enterPassage(div.title ?? caption, div.id);
	return html`<section class="passage ${kind}" aria-labelledby="${heading.id}">
${titleMarkup(heading, div, caption)}
${contentOf(kind, blocks, setting)}</section>
`;
}

/** The heading of a derivation that has a title, where its blocks stand by themselves. */
function headingOf(
	kind: string,
	div: Div,
	setting: PassageSetting,
): Html | null {
	if (div.title === null) return null;
	const heading = setting.outline.enterPassage(div.title, div.id);
	return titleMarkup(heading, div, captionOf(kind, div, setting));
}

function titleMarkup(
	{ id, level }: Heading,
	{ title }: Div,
	caption: string,
): Html {
	const above =
		title !== null && html`<span class="caption">${caption}</span> `;
	return html`<h${level} id="${id}">${above}${title ?? caption}</h${level}>`;
}

function contentOf(
	kind: string,
	blocks: readonly Block[],
	setting: PassageSetting,
): Html {
	if (kind === "solution" && blocks.length === 0) return leftOpen;
	const content = blocksMarkup(blocks, setting);
	return kind === "model" ? withGraph(content, setting) : content;
}

/** In the place of a solution that is not shown; on paper there is room for one's own. */
const leftOpen = html`<p class="left-open">Left open in this copy.</p>
`;

/** The statements of the model and its graph, side by side where there is room. */
function withGraph(statements: Html, { graph }: PassageSetting): Html {
	if (graph === null) return statements;
	return html`<div class="two-views"><div>${statements}</div><figure class="plates">${graph}</figure></div>
`;
}

function captionOf(kind: string, div: Div, setting: PassageSetting): string {
	const word = captions[kind] ?? "";
	const name =
		kind === "exercise" ? `${word} ${++setting.exercises.count}` : word;
	const { points } = div.attributes;
	if (points === undefined) return name;
	return `${name} · ${points} ${points === "1" ? "point" : "points"}`;
}
