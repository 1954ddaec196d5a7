import type { SurfaceRelationKind } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";

/** A side of a plain-text chain: its text, and the relation that stands before it. */
export interface PlainSide {
	readonly relation: {
		readonly kind: SurfaceRelationKind;
		readonly span: Span;
		readonly written: string;
	} | null;
	readonly text: string;
	/** Where the text stands in the block. */
	readonly span: Span;
}

/** Sides in a row; `continues` if the first has a relation and nothing before it. */
export interface PlainChain {
	readonly sides: PlainSide[];
	readonly continues: boolean;
	readonly remarks: { readonly text: string; readonly span: Span }[];
}

/** Relations by spelling; longer spellings first. */
const spellings: readonly (readonly [string, SurfaceRelationKind])[] = [
	["<=>", "iff"],
	["=>", "implies"],
	[":=", "define"],
	[">=", "atLeast"],
	["<=", "atMost"],
	["≥", "atLeast"],
	["≤", "atMost"],
	["∝", "proportional"],
	["propto", "proportional"],
	["~", "tilde"],
	["=", "equal"],
];

/**
 * Cuts a block into chains: a line is a row; a line that begins with a relation, or with + or − and has none, goes on
 * from the line above; an empty line ends a chain. What follows `#` is a remark.
 */
export function chainsOfLines(source: string): PlainChain[] {
	const chains: PlainChain[] = [];
	let open: PlainChain | null = null;
	let offset = 0;
	for (const line of source.split("\n")) {
		const { text, remark } = withoutRemark(line, offset);
		const sides = sidesOf(text, offset);
		if (sides.length === 0) open = remark ? open : null;
		else if (open && goesOn(sides)) extend(open, sides, source);
		else {
			open = {
				sides: [...sides],
				continues: sides[0]?.relation != null,
				remarks: [],
			};
			chains.push(open);
		}
		if (remark) open?.remarks.push(remark);
		offset += line.length + 1;
	}
	return chains;
}

function withoutRemark(line: string, offset: number) {
	const at = line.indexOf("#");
	if (at < 0) return { text: line, remark: null };
	const span = { start: offset + at, end: offset + line.trimEnd().length };
	return {
		text: line.slice(0, at),
		remark: { text: line.slice(at + 1).trim(), span },
	};
}

function goesOn([first, ...more]: readonly PlainSide[]): boolean {
	return (
		first?.relation != null ||
		(more.length === 0 && /^[+-]/.test(first?.text ?? ""))
	);
}

/** Adds sides to a chain; a line without a relation belongs to the last side. */
function extend(
	chain: PlainChain,
	sides: readonly PlainSide[],
	source: string,
): void {
	const [first] = sides;
	const last = chain.sides[chain.sides.length - 1];
	if (!first || first.relation || !last) {
		chain.sides.push(...sides);
		return;
	}
	const span = { start: last.span.start, end: first.span.end };
	const text = source
		.slice(span.start, span.end)
		.replace(/#[^\n]*|\n/g, (found) => " ".repeat(found.length));
	chain.sides[chain.sides.length - 1] = { ...last, text, span };
}

/** Splits a line at the relations outside of brackets. @throws Problem for a bracket that closes nothing. */
function sidesOf(line: string, offset: number): PlainSide[] {
	const sides: PlainSide[] = [];
	let relation: PlainSide["relation"] = null;
	let start = 0;
	let depth = 0;
	const close = (end: number) => {
		if (relation || line.slice(start, end).trim() !== "")
			sides.push(sideOf(line, start, end, offset, relation));
	};
	for (let i = 0; i < line.length; ) {
		depth += depthChange(line, i, offset, depth);
		const found = depth === 0 ? relationAt(line, i) : null;
		if (!found) {
			i++;
			continue;
		}
		const [written, kind] = found;
		if (relation || i > 0) close(i);
		start = i + written.length;
		const span = { start: offset + i, end: offset + start };
		relation = { kind, span, written };
		i = start;
	}
	close(line.length);
	return sides;
}

function sideOf(
	line: string,
	start: number,
	end: number,
	offset: number,
	relation: PlainSide["relation"],
): PlainSide {
	const raw = line.slice(start, end);
	const lead = raw.length - raw.trimStart().length;
	const text = raw.trim();
	const from = offset + start + (text === "" ? 0 : lead);
	return { relation, text, span: { start: from, end: from + text.length } };
}

function depthChange(
	line: string,
	at: number,
	offset: number,
	depth: number,
): number {
	const c = line[at] as string;
	if ("([{".includes(c)) return 1;
	if (!")]}".includes(c)) return 0;
	if (depth > 0) return -1;
	throw new Problem(
		`this ${c} closes nothing`,
		{ start: offset + at, end: offset + at + 1 },
		"a bracket that it closes",
	);
}

function relationAt(
	line: string,
	at: number,
): readonly [string, SurfaceRelationKind] | null {
	const found = spellings.find(([spelling]) => line.startsWith(spelling, at));
	if (!found) return null;
	const isWord = found[0] === "propto";
	const partOfWord =
		/\w/.test(line[at - 1] ?? "") || /\w/.test(line[at + 6] ?? "");
	return isWord && partOfWord ? null : found;
}
