import type { Problem } from "../../problem.js";
import type { Surface, SurfaceName, SurfaceRelation } from "../surface.js";
import type { Token } from "../tokens/token.js";
import type { Reader } from "./reader.js";
import { nextAfterComma } from "./scripts.js";

/** One index of a sum or product, outermost first. */
export interface Binder {
	readonly index: SurfaceName;
	readonly lower: Surface | null;
	readonly upper: Surface | null;
	readonly conditions: readonly SurfaceRelation[];
}

/** Reads what stands under a sum: `n : z_n = k`, `i=1`, `i`, `i,k`, `ik`, `j \ne i`, `i \in \{1,…,N\}`, `1 \le i < j \le N`. */
export function readBinders(
	r: Reader,
	under: readonly Token[],
	over: readonly Token[] | null,
): Binder[] {
	const uppers = over ? r.inside(over, readList) : [];
	const binders = merged(
		lines(under).flatMap((line) => r.inside(line, readLine)),
	);
	if (uppers.length > 1 && uppers.length !== binders.length)
		throw r.problem(
			"as many upper bounds as indices",
			"one bound for each index",
		);
	return binders.map((binder, i) => {
		const upper = uppers.length > 1 ? uppers[i] : uppers[0];
		return inheritLower({ ...binder, upper: upper ?? binder.upper }, binders);
	});
}

/** `\sum_{i,j=1}^N`: the bound that is written last counts for all that have none. */
function inheritLower(binder: Binder, all: readonly Binder[]): Binder {
	const last = all[all.length - 1];
	const shares =
		binder.lower === null &&
		binder.conditions.length === 0 &&
		last?.lower &&
		all.length > 1;
	return shares ? { ...binder, lower: last.lower } : binder;
}

function readList(r: Reader): Surface[] {
	const items = [r.grammar.sum(r)];
	while (nextAfterComma(r)) items.push(r.grammar.sum(r));
	return items;
}

/** The lines of a `\substack`, or all that is there. */
function lines(under: readonly Token[]): readonly (readonly Token[])[] {
	const visible = under.filter((t) => t.kind !== "space");
	const [only] = visible;
	return visible.length === 1 && only?.kind === "array"
		? only.rows.map((row) => row.flat())
		: [under];
}

function readLine(r: Reader): Binder[] {
	const binders: Binder[] = [];
	do binders.push(...readBinder(r));
	while (nextAfterComma(r));
	return binders;
}

/** A condition on an index that is already there (`i=1, i \ne j`) joins it. */
function merged(binders: readonly Binder[]): Binder[] {
	const result: Binder[] = [];
	for (const binder of binders) {
		const at = result.findIndex((b) => sameIndex(b.index, binder.index));
		const known = result[at];
		if (!known) result.push(binder);
		else
			result[at] = {
				...known,
				lower: known.lower ?? binder.lower,
				upper: known.upper ?? binder.upper,
				conditions: [...known.conditions, ...binder.conditions],
			};
	}
	return result;
}

function sameIndex(a: SurfaceName, b: SurfaceName): boolean {
	return (
		a.name === b.name &&
		a.style === b.style &&
		a.subscripts.length === 0 &&
		b.subscripts.length === 0
	);
}

function readBinder(r: Reader): Binder[] {
	const start = r.here().start;
	const sides: Surface[] = [];
	const relations: string[] = [];
	for (;;) {
		const set = relations[relations.length - 1] === "∈" ? numberSet(r) : null;
		if (set) return [withoutSome(r, between(r, sides.at(-1) as Surface, set))];
		sides.push(r.grammar.sum(r));
		const sign = relationAt(r, sides.length);
		if (!sign) break;
		relations.push(sign);
		r.next();
	}
	const [first, second, third] = sides as [Surface, Surface?, Surface?];
	if (!second) return bare(r, first);
	if (third && relations.join("") === "=:")
		return [between(r, first, { lower: second, upper: third })];
	if (third && sides.length === 3 && relations[0] === ":") {
		const relation = relations[1] as string;
		const condition = relationOf(r, second, relation, third, start);
		return [conditioned(r, first, condition)];
	}
	if (sides.length === 2)
		return [compared(r, first, relations[0] as string, second, start)];
	return betweenBounds(r, sides, relations, start);
}

/** The relation that stands here; a bar behind the index is read as the colon of `n : z_n = k`. */
function relationAt(r: Reader, sides: number): string | null {
	const token = r.peek();
	if (token?.kind === "relation") return token.relation;
	return token?.kind === "bar" && sides === 1 ? ":" : null;
}

/** `n : z_n = k`: an index, and a condition on what it numbers. */
function conditioned(
	r: Reader,
	index: Surface,
	condition: SurfaceRelation,
): Binder {
	return {
		index: asIndex(r, index),
		lower: null,
		upper: null,
		conditions: [condition],
	};
}

function between(
	r: Reader,
	side: Surface,
	{ lower, upper }: { lower: Surface; upper: Surface },
): Binder {
	return { index: asIndex(r, side), lower, upper, conditions: [] };
}

/** `\{1,\dots,N\} \setminus \{i\}`: the values behind the sign are left out. */
function withoutSome(r: Reader, binder: Binder): Binder {
	if (!r.atOperator("∖")) return binder;
	r.next();
	const start = r.here().start;
	const left: Surface = binder.index;
	const values = r.atOpen(0, "{") ? r.within(readList) : [r.grammar.factor(r)];
	const conditions = values.map((value) =>
		relationOf(r, left, "≠", value, start),
	);
	return { ...binder, conditions };
}

/** `i`, `i k`: indices without bounds. */
function bare(r: Reader, side: Surface): Binder[] {
	const names = side.kind === "product" ? side.factors : [side];
	return names.map((name) => ({
		index: asIndex(r, name),
		lower: null,
		upper: null,
		conditions: [],
	}));
}

function compared(
	r: Reader,
	left: Surface,
	relation: string,
	right: Surface,
	start: number,
): Binder {
	const index = asIndex(r, left);
	if (relation === "=")
		return { index, lower: right, upper: listEnd(r), conditions: [] };
	const condition = relationOf(r, left, relation, right, start);
	return { index, lower: null, upper: null, conditions: [condition] };
}

/** The upper bound of `i = 1, \dots, N`, read from behind the 1; null if no dots follow. */
function listEnd(r: Reader): Surface | null {
	const [comma, dots, behind] = [r.peek(), r.peek(1), r.peek(2)];
	if (comma?.kind !== "punctuation" || behind?.kind !== "punctuation")
		return null;
	if (dots?.kind !== "sign" || dots.sign !== "dots") return null;
	for (let i = 0; i < 3; i++) r.next();
	return r.grammar.sum(r);
}

/** `a ≤ i ≤ b`, `a ≤ i < j ≤ b`. */
function betweenBounds(
	r: Reader,
	sides: readonly Surface[],
	relations: readonly string[],
	start: number,
): Binder[] {
	const increasing = relations.every((sign) => sign === "≤" || sign === "<");
	if (!increasing || relations.at(0) !== "≤" || relations.at(-1) !== "≤")
		throw unknownRange(r);
	const lower = sides[0] as Surface;
	const upper = sides[sides.length - 1] as Surface;
	const inner = sides.slice(1, -1);
	return inner.map((side, i) => {
		const before = inner[i - 1];
		const conditions = before
			? [relationOf(r, before, relations[i] as string, side, start)]
			: [];
		return { index: asIndex(r, side), lower, upper, conditions };
	});
}

function relationOf(
	r: Reader,
	left: Surface,
	relation: string,
	right: Surface,
	start: number,
): SurfaceRelation {
	return { kind: "relation", relation, left, right, span: r.since(start) };
}

function unknownRange(r: Reader): Problem {
	return r.problem(
		"this range of an index is not read",
		"i=1 with an upper bound, or a condition such as j \\ne i",
	);
}

function asIndex(r: Reader, surface: Surface): SurfaceName {
	if (surface.kind === "name") return surface;
	if (surface.kind === "primed" && surface.of.kind === "name")
		return {
			...surface.of,
			accents: [...surface.of.accents, ..."′".repeat(surface.count)],
			span: surface.span,
		};
	throw r.problem(
		"the index of a sum must be a letter",
		"a letter such as i",
		surface.span,
	);
}

/** `\{1,\dots,N\}` as bounds; null if something else stands here. */
export function numberSet(
	r: Reader,
): { lower: Surface; upper: Surface } | null {
	if (!r.atOpen(0, "{")) return null;
	const close = r.closingOf();
	const hasDots = r.tokens
		.slice(r.position, close)
		.some((t) => t.kind === "sign" && t.sign === "dots");
	if (!hasDots) return null;
	return r.within((inner) => {
		const items: Surface[] = [inner.grammar.sum(inner)];
		while (nextAfterComma(inner)) items.push(inner.grammar.sum(inner));
		const lower = items[0] as Surface;
		const upper = items[items.length - 1] as Surface;
		if (items.length < 3 || items[items.length - 2]?.kind !== "dots")
			throw inner.problem("this set is not read", "\\{1, \\dots, N\\}");
		return { lower, upper };
	});
}
