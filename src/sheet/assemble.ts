import type { Token } from "markdown-it";
import type { DivHead } from "./div.js";
import { Formulas, isRole } from "./formulas.js";
import type { DisplayMeta } from "./mathBlock.js";
import type { InlineMeta } from "./mathInline.js";
import type { Note } from "./note.js";
import { ParagraphLocator } from "./paragraphPlace.js";
import {
	cutExcerpt,
	fileOffsets,
	positionAt,
	trimExcerpt,
} from "./position.js";
import {
	type Block,
	type Display,
	type Div,
	type InlineFormula,
	roles,
} from "./sheet.js";

/** What the tokens of a sheet amount to. */
export interface Assembly {
	readonly blocks: readonly Block[];
	readonly displays: readonly Display[];
	readonly inlines: readonly InlineFormula[];
	readonly heading: string | null;
	readonly notes: readonly Note[];
}

/** Puts blocks and formulas together from the parser's tokens. `text` is what was parsed, its lines begin at `starts`. */
export function assemble(
	tokens: readonly Token[],
	text: string,
	starts: readonly number[],
): Assembly {
	const assembler = new Assembler(text, starts);
	const blocks = assembler.readBlocks(tokens);
	const { displays, inlines } = assembler.formulas;
	return {
		blocks,
		displays,
		inlines,
		heading: assembler.heading,
		notes: assembler.notes,
	};
}

class Assembler {
	readonly formulas: Formulas;
	readonly notes: Note[] = [];
	/** The first heading, as written. */
	heading: string | null = null;
	readonly #starts: readonly number[];
	readonly #locator: ParagraphLocator;
	/** The div that is being read. */
	#div: Div | null = null;
	/** Text of the paragraph, behind its last display, that stands directly before the next token; else "". */
	#before = "";

	constructor(text: string, starts: readonly number[]) {
		this.#starts = starts;
		this.#locator = new ParagraphLocator(text, starts);
		this.formulas = new Formulas(starts);
	}

	/** Displays and divs that stand in no list or quote become blocks of their own, the rest runs of prose. */
	readBlocks(tokens: readonly Token[]): Block[] {
		const root: Block[] = [];
		const open = [root];
		for (const token of tokens) {
			this.#read(token);
			const blocks = open.at(-1) as Block[];
			const isClosing = token.type === "div_close";
			if (token.level > open.length - 1 - (isClosing ? 1 : 0))
				addProse(blocks, token);
			else if (isClosing) open.pop();
			else if (token.type === "div_open") {
				const inner: Block[] = [];
				blocks.push({ kind: "div", div: this.#div as Div, blocks: inner });
				open.push(inner);
			} else if (token.type === "math_block") {
				blocks.push({
					kind: "display",
					display: this.formulas.displays.at(-1) as Display,
				});
			} else addProse(blocks, token);
		}
		return root;
	}

	#read(token: Token): void {
		this.#locator.pass(token);
		if (token.type === "inline") {
			this.#readParagraph(token);
			return;
		}
		if (token.type === "math_block") this.#readDisplay(token);
		else if (token.type === "div_open") this.#openDiv(token);
		else if (token.type === "div_close") this.#div = this.#div?.parent ?? null;
		else if (token.type === "heading_close") this.heading ??= this.#before;
		if (token.type !== "paragraph_close") this.#before = "";
	}

	#openDiv(token: Token): void {
		const head = token.meta as DivHead;
		const [first, endLine] = token.map as [number, number];
		const start = this.#starts[first] as number;
		this.#div = {
			...head,
			parent: this.#div,
			...positionAt(this.#starts, start),
			endLine,
		};
		if (head.name === "" || isRole(head.name)) return;
		const text = `a div named \`${head.name}\` has no meaning here and is checked as a derivation`;
		this.notes.push({
			level: "warning",
			start,
			end: start,
			text,
			expected: roles.map((r) => `\`${r}\``).join(", "),
		});
	}

	#readDisplay(token: Token): void {
		const { excerpt, notation, id } = token.meta as DisplayMeta;
		const display = this.formulas.addDisplay(excerpt, this.#div, this.#before, {
			notation,
			id,
		});
		token.meta = { display: display.ordinal };
	}

	#readParagraph(token: Token): void {
		const { text, offsets } = this.#locator.locate(token);
		const toFile = fileOffsets({ text, offsets });
		let behindFormula = 0;
		let behindDisplay = 0;
		for (const child of token.children ?? []) {
			if (!child.type.startsWith("math_")) continue;
			const { outerStart, start, end, outerEnd } = child.meta as InlineMeta;
			if (child.type === "math_unclosed") {
				this.#noteUnclosed(toFile(start));
				continue;
			}
			const excerpt = trimExcerpt(cutExcerpt(text, toFile, start, end));
			if (child.type === "math_inline") {
				const formula = this.formulas.addInline(
					excerpt,
					this.#div,
					text.slice(behindFormula, outerStart),
				);
				child.meta = { inline: formula.ordinal };
			} else {
				const before = text.slice(behindDisplay, outerStart);
				const display = this.formulas.addDisplay(excerpt, this.#div, before, {
					notation: "latex",
					id: null,
				});
				child.meta = { display: display.ordinal };
				behindDisplay = outerEnd;
			}
			behindFormula = outerEnd;
		}
		this.#before = text.slice(behindDisplay);
	}

	#noteUnclosed(start: number): void {
		const text = "the display that `$$` opens here is not closed";
		this.notes.push({
			level: "error",
			start,
			end: start + 2,
			text,
			expected: "`$$` before the paragraph ends",
		});
	}
}

/** Adds a token to the run of prose at the end of `blocks`, or begins one. */
function addProse(blocks: Block[], token: Token): void {
	const last = blocks.at(-1);
	if (last?.kind === "prose") (last.tokens as Token[]).push(token);
	else blocks.push({ kind: "prose", tokens: [token] });
}
