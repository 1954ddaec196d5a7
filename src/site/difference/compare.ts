import type { FormulaMark } from "../formula/marks.js";
import type { Part } from "./part.js";

/**
 * What must change in one formula to get another, as the smallest parts of the first: those that differ, and the places
 * where something is missing. `source` is what the first formula is written in.
 */
export function differences(
	from: Part,
	to: Part,
	kind: "differs" | "changed",
	source: string,
): readonly FormulaMark[] {
	return compare(from, to).map(({ start, end, isSigned = false }) => ({
		kind: start === end ? "missing" : kind,
		start: startOf(source, start, isSigned && start !== end),
		end,
	}));
}

interface Place {
	readonly start: number;
	readonly end: number;
	/** It is a term, and its sign is part of what differs. */
	readonly isSigned?: boolean;
}

function compare(a: Part, b: Part): readonly Place[] {
	if (a.key === b.key) return [];
	if (a.kind === "sum" || b.kind === "sum") return compareTerms(a, b);
	if (a.kind === "product" || b.kind === "product") return compareFactors(a, b);
	const alike =
		a.kind === b.kind && a.head === b.head && a.parts.length === b.parts.length;
	if (!alike) return [a.span];
	const inner = a.parts.flatMap((part, n) => {
		const other = b.parts[n];
		// What a sum's index is called says nothing.
		const isIndex = a.kind === "big" && n === 0;
		return other === undefined || isIndex ? [] : compare(part, other);
	});
	// Indices of a name are too small to point at one by one.
	return a.kind === "name" && inner.length > 0 ? [a.span] : inner;
}

function termsOf(part: Part): readonly Part[] {
	if (part.kind === "sum") return part.parts;
	return [
		{
			kind: "signed",
			head: "+",
			parts: [part],
			span: part.span,
			key: `signed<+>(${part.key})`,
		},
	];
}

/** Terms in any order: equal ones belong together, the others in turn, those of equal value but for the sign first. */
function compareTerms(a: Part, b: Part): readonly Place[] {
	const ours = termsOf(a);
	const theirs = termsOf(b);
	const pairs = new Map<Part, Part>();
	const left = [...theirs];
	const pairUp = (fits: (one: Part, other: Part) => boolean) => {
		for (const one of ours) {
			if (pairs.has(one)) continue;
			const at = left.findIndex((other) => fits(one, other));
			const other = left[at];
			if (other === undefined) continue;
			pairs.set(one, other);
			left.splice(at, 1);
		}
	};
	pairUp((one, other) => one.key === other.key);
	pairUp((one, other) => one.parts[0]?.key === other.parts[0]?.key);
	pairUp((one, other) => one.parts[0]?.kind === other.parts[0]?.kind);
	pairUp(() => true);
	const marks = ours.flatMap((one) => {
		const other = pairs.get(one);
		if (other === undefined) return [{ ...one.span, isSigned: true }];
		const [own, its] = [one.parts[0], other.parts[0]];
		if (own === undefined || its === undefined) return [];
		if (one.head === other.head) return compare(own, its);
		return [{ ...one.span, isSigned: true }];
	});
	const gaps = left.length > 0 ? [gapAfter(a.span.end)] : [];
	return [...marks, ...gaps];
}

function factorsOf(part: Part): readonly Part[] {
	return part.kind === "product" ? part.parts : [part];
}

/** Factors in their order: between those that are equal, the others belong together in turn. */
function compareFactors(a: Part, b: Part): readonly Place[] {
	const ours = factorsOf(a);
	const theirs = factorsOf(b);
	const marks: Place[] = [];
	let [i, j] = [0, 0];
	for (const [m, n] of [
		...commonFactors(ours, theirs),
		[ours.length, theirs.length] as const,
	]) {
		const own = ours.slice(i, m);
		const its = theirs.slice(j, n);
		for (const [k, factor] of own.entries()) {
			const other = its[k];
			marks.push(...(other ? compare(factor, other) : [factor.span]));
		}
		if (its.length > own.length)
			marks.push(gapAfter(ours[m]?.span.start ?? a.span.end));
		[i, j] = [m + 1, n + 1];
	}
	return marks;
}

/** The longest common subsequence, as pairs of positions. */
function commonFactors(
	a: readonly Part[],
	b: readonly Part[],
): readonly (readonly [number, number])[] {
	const length = a.map(() => b.map(() => 0));
	const at = (i: number, j: number) => length[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--) {
			const row = length[i];
			if (row === undefined) continue;
			row[j] =
				a[i]?.key === b[j]?.key
					? at(i + 1, j + 1) + 1
					: Math.max(at(i + 1, j), at(i, j + 1));
		}
	const pairs: [number, number][] = [];
	let [i, j] = [0, 0];
	while (i < a.length && j < b.length) {
		if (a[i]?.key === b[j]?.key) pairs.push([i++, j++]);
		else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
		else j += 1;
	}
	return pairs;
}

function gapAfter(offset: number): Place {
	return { start: offset, end: offset };
}

const font =
	/\\(?:math(?:bb|rm|bf|cal|sf|frak|scr|it)|boldsymbol|bm|operatorname\*?)\s*\{?\s*$/;

/** Where a part begins, with the font that its first letter is set in, and with the sign before it. */
function startOf(source: string, start: number, withSign: boolean): number {
	const begin = font.exec(source.slice(0, start))?.index ?? start;
	if (!withSign) return begin;
	return /[+-]\s*$/.exec(source.slice(0, begin))?.index ?? begin;
}
