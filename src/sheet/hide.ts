import type { Token } from "markdown-it";
import { readSheet } from "./read.js";
import type { Block } from "./sheet.js";

/** First and last line, from 1. */
type Lines = readonly [first: number, last: number];

/**
 * The sheet with every solution emptied: nothing of its text is left, line numbers stay the same, and an empty `solution`
 * div says that something stood there. What is made of this text cannot tell what the solution said.
 */
export function withoutSolutions(text: string, path: string): string {
	const sheet = readSheet(text, path);
	const lines = sheet.text.split("\n");
	for (const [first, last] of solutionsIn(sheet.blocks, lines)) {
		const margin = /^[\s>]*/.exec(lines[first - 1] ?? "")?.[0] ?? "";
		for (let n = first; n <= last; n++) lines[n - 1] = margin.trimEnd();
		lines[first - 1] = `${margin}::: solution`;
		if (last > first) lines[last - 1] = `${margin}:::`;
	}
	return lines.join("\n");
}

function solutionsIn(
	blocks: readonly Block[],
	lines: readonly string[],
): readonly Lines[] {
	return blocks.flatMap((block) => solutionsInBlock(block, lines));
}

function solutionsInBlock(
	block: Block,
	lines: readonly string[],
): readonly Lines[] {
	if (block.kind === "display") return [];
	if (block.kind === "prose") return solutionsInProse(block.tokens, lines);
	const { name, line, endLine } = block.div;
	return isSolution(name, lines[line - 1])
		? [[line, endLine]]
		: solutionsIn(block.blocks, lines);
}

/** Divs inside of lists and quotes are left among the tokens. */
function solutionsInProse(
	tokens: readonly Token[],
	lines: readonly string[],
): readonly Lines[] {
	return tokens.flatMap((token): readonly Lines[] => {
		if (token.type !== "div_open" || token.map === null) return [];
		const [first, end] = token.map;
		const name = String(token.meta?.name ?? "");
		return isSolution(name, lines[first]) ? [[first + 1, end]] : [];
	});
}

/** By its name, or by a class among others: `::: {.box .solution}`. */
function isSolution(name: string, opening = ""): boolean {
	return (
		/^solutions?$/i.test(name) || /[{\s]\.solutions?(?=[\s}.])/i.test(opening)
	);
}
