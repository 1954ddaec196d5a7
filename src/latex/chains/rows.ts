import { openBrackets } from "../tokens/pairs.js";
import type { ArrayToken, Token } from "../tokens/token.js";

/** A line of a display. */
export interface Row {
	/** Formulas side by side as the `&` set them: each the right and left half of a pair of columns. */
	readonly groups: readonly Group[];
	readonly tag: string | null;
}

export interface Group {
	readonly tokens: readonly Token[];
	/** Whether nothing stood left of the `&`: the line goes on from the one above. */
	readonly indented: boolean;
}

/** The lines of a display: rows of its environment, or what `\\` separates. Empty lines are left out. */
export function rowsOf(tokens: readonly Token[]): Row[] {
	return joinOpen(linesOf(tokens)).filter((row) =>
		row.groups.some((g) => visible(g.tokens).length > 0),
	);
}

function linesOf(tokens: readonly Token[]): Row[] {
	const array = onlyArray(tokens);
	if (array) return array.rows.flatMap((row, i) => rowOf(row, array, i));
	const lines = splitAtBreaks(tokens);
	if (lines.length > 1) return lines.flatMap(linesOf);
	return [{ groups: [{ tokens, indented: false }], tag: null }];
}

function visible(tokens: readonly Token[]): Token[] {
	return tokens.filter((t) => t.kind !== "space");
}

/** The array that is the whole display but for punctuation and a brace on its left. */
function onlyArray(tokens: readonly Token[]): ArrayToken | null {
	let inner = visible(tokens).filter((t) => t.kind !== "punctuation");
	const [first] = inner;
	const last = inner[inner.length - 1];
	if (
		inner.length === 3 &&
		first?.kind === "open" &&
		first.delimiter === "{" &&
		last?.kind === "close" &&
		last.delimiter === "." &&
		isSystem(inner[1])
	)
		inner = inner.slice(1, 2);
	const [only] = inner;
	return inner.length === 1 && only?.kind === "array" ? only : null;
}

/** Rows behind a brace are a system of equations, and not cases, where a first cell has or meets a relation. */
function isSystem(token: Token | undefined): boolean {
	return (
		token?.kind === "array" &&
		token.rows.some(
			([first = [], second = []]) =>
				beforeWords(first).some((t) => t.kind === "relation") ||
				visible(second)[0]?.kind === "relation",
		)
	);
}

function beforeWords(tokens: readonly Token[]): readonly Token[] {
	const words = tokens.findIndex((t) => t.kind === "text");
	return words < 0 ? tokens : tokens.slice(0, words);
}

function splitAtBreaks(tokens: readonly Token[]): Token[][] {
	const lines: Token[][] = [[]];
	for (const token of tokens) {
		if (token.kind === "break") lines.push([]);
		else lines[lines.length - 1]?.push(token);
	}
	return lines;
}

function rowOf(
	cells: readonly (readonly Token[])[],
	array: ArrayToken,
	i: number,
): Row[] {
	const filled = cells.filter((cell) => visible(cell).length > 0);
	const inner =
		filled.length === 1 ? onlyArray(filled[0] as readonly Token[]) : null;
	if (inner) return linesOf([inner]);
	return [
		{
			groups: merged(array.aligned ? pairs(cells) : singles(cells)),
			tag: array.tags[i] ?? null,
		},
	];
}

function pairs(cells: readonly (readonly Token[])[]): Group[] {
	const groups: Group[] = [];
	for (let i = 0; i < cells.length; i += 2) {
		const left = cells[i] as readonly Token[];
		groups.push({
			tokens: [...left, ...(cells[i + 1] ?? [])],
			indented: visible(left).length === 0,
		});
	}
	return groups;
}

function singles(cells: readonly (readonly Token[])[]): Group[] {
	return cells.map((tokens) => ({ tokens, indented: false }));
}

/** Columns that cut a formula at its relation or operator belong together: `a & = & b`. */
function merged(groups: readonly Group[]): Group[] {
	const result: Group[] = [];
	for (const group of groups) {
		const before = result[result.length - 1];
		const last = before && visible(before.tokens).at(-1);
		const first = visible(group.tokens)[0];
		if (
			before &&
			last &&
			first &&
			(links(last) ||
				endsInExtremum(before.tokens) ||
				(links(first) && !group.indented))
		)
			result[result.length - 1] = {
				...before,
				tokens: [...before.tokens, ...group.tokens],
			};
		else result.push(group);
	}
	return result;
}

/** `\\arg\\max_\\theta` at the end of a column wants what stands in the next one. */
function endsInExtremum(tokens: readonly Token[]): boolean {
	const last = visible(tokens).findLast((t) => t.kind !== "scripts");
	return last?.kind === "word" && /^(?:arg)?(?:max|min)$/.test(last.name);
}

function links(token: Token): boolean {
	return token.kind === "relation" || token.kind === "operator";
}

/** A line whose brackets are still open takes in the line below. */
function joinOpen(rows: readonly Row[]): Row[] {
	const result: Row[] = [];
	for (const row of rows) {
		const above = result[result.length - 1];
		if (above?.groups.some((g) => openBrackets(g.tokens) > 0))
			result[result.length - 1] = joined(above, row);
		else result.push(row);
	}
	return result;
}

function joined(above: Row, below: Row): Row {
	const at = above.groups.findIndex((g) => openBrackets(g.tokens) > 0);
	const groups = above.groups.map((group, i) =>
		i === at
			? {
					...group,
					tokens: [...group.tokens, ...below.groups.flatMap((g) => g.tokens)],
				}
			: group,
	);
	return { groups, tag: above.tag ?? below.tag };
}
