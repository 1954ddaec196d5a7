import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isDensityCall } from "./densityName.js";
import { isPlainName, keyOf } from "./names.js";
import type { State } from "./state.js";
import { mapSurface, visitSurface } from "./surfaceWalk.js";

/**
 * Variables of unnamed densities that are numbered along a line: `y_{t-1}`, `y_{1:t}`. A stretch is cut where others of its name
 * begin and end, so that y_{1:t} beside y_{1:t−1} is both y_{1:t−1} and y_t. What is left are names of their own: no values are
 * known of t.
 */
export function withStretches(
	sides: readonly Surface[],
	{ context }: State,
): readonly Surface[] {
	const { model, family, symbols } = context;
	if (model || family) return sides;
	const found = new Map<string, Stretch[]>();
	for (const side of sides)
		visitVariables(side, (name) => {
			const stretch = stretchOf(name);
			if (stretch && !symbols.has(keyOf(name)))
				found.set(keyOf(name), [...(found.get(keyOf(name)) ?? []), stretch]);
		});
	const cuts = new Map<string, Cuts>();
	for (const [key, stretches] of found)
		if (stretches.some((s) => s.isWritten) && !isOneRange(stretches))
			cuts.set(key, cutsOf(stretches));
	return cuts.size === 0 ? sides : sides.map((side) => cutUp(side, cuts, []));
}

/** A place on the line: numbers come first, then those about a small letter, then those about a capital one. */
interface Place {
	readonly letter: string;
	readonly rank: 0 | 1 | 2;
	readonly offset: number;
}

/** From a place to another, both included. `isWritten` tells whether it is more than a plain subscript. */
interface Stretch {
	readonly from: Place;
	readonly to: Place;
	readonly isWritten: boolean;
}

/** `x_{1:N}` and nothing else of x is all of x. */
function isOneRange(stretches: readonly Stretch[]): boolean {
	const [first] = stretches;
	return (
		first !== undefined &&
		first.from.rank < first.to.rank &&
		first.to.offset === 0 &&
		stretches.every(
			({ from, to }) =>
				compare(from, first.from) === 0 && compare(to, first.to) === 0,
		)
	);
}

/** Where stretches of one name begin, in order; each goes on to the next. */
type Cuts = readonly Place[];

function stretchOf({ subscripts }: SurfaceName): Stretch | null {
	const [at, ...more] = subscripts;
	if (!at || more.length > 0) return null;
	if (at.kind !== "relation" || at.relation !== ":") {
		const place = placeOf(at);
		const isWritten = at.kind === "sum";
		return place && { from: place, to: place, isWritten };
	}
	const [from, to] = [placeOf(at.left), placeOf(at.right)];
	return from && to && { from, to, isWritten: true };
}

function placeOf(s: Surface): Place | null {
	if (s.kind === "number" && /^\d+$/.test(s.text))
		return { letter: "", rank: 0, offset: Number(s.text) };
	if (isPlainName(s) && /^[A-Za-z]$/.test(s.name))
		return { letter: s.name, rank: /[a-z]/.test(s.name) ? 1 : 2, offset: 0 };
	if (s.kind !== "sum" || s.terms.length !== 2) return null;
	const [first, second] = s.terms;
	const place = first && first.sign > 0 ? placeOf(first.term) : null;
	if (!place || !second || second.term.kind !== "number") return null;
	return { ...place, offset: second.sign * Number(second.term.text) };
}

/** @throws Problem for two letters of one kind, of which nobody knows which is greater */
function cutsOf(stretches: readonly Stretch[]): Cuts {
	const places = stretches.flatMap(({ from, to }) => [from, next(to)]);
	for (const rank of [1, 2]) {
		const letters = places.filter((p) => p.rank === rank);
		if (letters.some((p) => p.letter !== letters[0]?.letter))
			throw new Problem(
				"two letters that number one variable",
				null,
				"one of them, as in y_t and y_{t-1}",
			);
	}
	return places
		.sort(compare)
		.filter((p, i) => i === 0 || compare(p, places[i - 1] as Place) !== 0);
}

function compare(a: Place, b: Place): number {
	return a.rank - b.rank || a.offset - b.offset;
}

function next(place: Place): Place {
	return { ...place, offset: place.offset + 1 };
}

/** The surface with the variables of its densities cut up; those numbered by an index that a sum binds stay. */
function cutUp(
	s: Surface,
	cuts: ReadonlyMap<string, Cuts>,
	bound: readonly string[],
): Surface {
	const inside = s.kind === "big" ? [...bound, ...lettersOf(s.index)] : bound;
	const inner = mapSurface(s, (child) => cutUp(child, cuts, inside));
	const parts = (list: readonly Surface[]): readonly Surface[] =>
		list.flatMap((x): readonly Surface[] =>
			x.kind === "name" ? partsOf(x, cuts, inside) : [x],
		);
	if (isDensityCall(inner))
		return {
			...inner,
			arguments: parts(inner.arguments),
			given: parts(inner.given),
			parameters: parts(inner.parameters),
		};
	return inner.kind === "integral"
		? { ...inner, measures: parts(inner.measures) }
		: inner;
}

function lettersOf(name: SurfaceName): readonly string[] {
	return isPlainName(name) ? [name.name] : [];
}

function partsOf(
	name: SurfaceName,
	cuts: ReadonlyMap<string, Cuts>,
	bound: readonly string[],
): readonly SurfaceName[] {
	const own = cuts.get(keyOf(name));
	const stretch = stretchOf(name);
	if (!own || !stretch) return [name];
	const { from, to } = stretch;
	if (bound.includes(from.letter) || bound.includes(to.letter)) return [name];
	const begins = own.filter(
		(p) => compare(p, from) >= 0 && compare(p, to) <= 0,
	);
	return begins.map((p) => {
		const after = own.find((q) => compare(q, p) > 0) as Place;
		const last = { ...after, offset: after.offset - 1 };
		const text =
			compare(p, last) === 0 ? textOf(p) : `${textOf(p)}:${textOf(last)}`;
		return { ...name, subscripts: [named(text, name)] };
	});
}

function textOf({ letter, offset }: Place): string {
	if (letter === "") return `${offset}`;
	if (offset === 0) return letter;
	return `${letter}${offset > 0 ? "+" : "-"}${Math.abs(offset)}`;
}

function named(text: string, { span }: SurfaceName): SurfaceName {
	return {
		kind: "name",
		name: text,
		style: "plain",
		accents: [],
		subscripts: [],
		labels: [],
		span,
	};
}

/** Calls `f` for each name that stands as a variable of a density, or that is integrated over. */
function visitVariables(s: Surface, f: (name: SurfaceName) => void): void {
	visitSurface(s, (x) => {
		const variables = isDensityCall(x)
			? [...x.arguments, ...x.given, ...x.parameters]
			: x.kind === "integral"
				? x.measures
				: [];
		for (const variable of variables) if (variable.kind === "name") f(variable);
	});
}
