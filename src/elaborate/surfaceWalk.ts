import type {
	Surface,
	SurfaceName,
	SurfaceRelation,
} from "../latex/surface.js";

/** Direct parts of a surface tree, subscripts and conditions included. */
export function surfaceChildren(s: Surface): readonly Surface[] {
	switch (s.kind) {
		case "number":
		case "dots":
			return [];
		case "name":
			return s.subscripts;
		case "sum":
			return s.terms.map((t) => t.term);
		case "product":
			return s.factors;
		case "fraction":
			return [s.numerator, s.denominator];
		case "power":
			return [s.base, s.exponent];
		case "transposed":
		case "primed":
			return [s.of];
		case "bars":
			return s.metric ? [s.of, s.metric] : [s.of];
		case "entry":
			return [s.of, ...s.at];
		case "call":
			return [s.function, ...s.arguments, ...s.given, ...s.parameters];
		case "expectation":
			return [
				...present(s.law),
				...s.arguments,
				...s.given,
				...(s.parameters ?? []),
			];
		case "big":
			return [
				s.index,
				...present(s.lower),
				...present(s.upper),
				...s.conditions,
				s.body,
			];
		case "integral":
			return [...s.measures, ...present(s.lower), ...present(s.upper), s.body];
		case "indicator":
			return [s.condition];
		case "derivative":
			return [s.by, s.of];
		case "evaluation":
			return [s.of, ...s.at];
		case "relation":
			return [s.left, s.right];
		case "tuple":
			return s.items;
		case "matrix":
			return s.rows.flat();
		case "cases":
			return s.rows.flatMap((row) => [row.value, ...present(row.condition)]);
		case "const":
			return present(s.variable);
	}
}

function present(s: Surface | null): readonly Surface[] {
	return s ? [s] : [];
}

/** Calls `f` for the surface and everything in it. */
export function visitSurface(s: Surface, f: (node: Surface) => void): void {
	f(s);
	for (const child of surfaceChildren(s)) visitSurface(child, f);
}

/** Whether the surface or something in it satisfies the test. */
export function someSurface(
	s: Surface,
	test: (node: Surface) => boolean,
): boolean {
	return (
		test(s) || surfaceChildren(s).some((child) => someSurface(child, test))
	);
}

/** The surface with `f` applied to each direct part; where only a name can stand, a name must come back. */
export function mapSurface(
	s: Surface,
	f: (child: Surface) => Surface,
): Surface {
	switch (s.kind) {
		case "name":
			return { ...s, subscripts: s.subscripts.map(f) };
		case "sum":
			return { ...s, terms: s.terms.map((t) => ({ ...t, term: f(t.term) })) };
		case "product":
			return { ...s, factors: s.factors.map(f) };
		case "fraction":
			return {
				...s,
				numerator: f(s.numerator),
				denominator: f(s.denominator),
			};
		case "power":
			return { ...s, base: f(s.base), exponent: f(s.exponent) };
		case "transposed":
		case "primed":
			return { ...s, of: f(s.of) };
		case "bars":
			return {
				...s,
				of: f(s.of),
				...(s.metric ? { metric: f(s.metric) } : {}),
			};
		case "entry":
			return { ...s, of: f(s.of), at: s.at.map(f) };
		case "call":
			return {
				...s,
				arguments: s.arguments.map(f),
				given: s.given.map(f),
				parameters: s.parameters.map(f),
			};
		case "tuple":
			return { ...s, items: s.items.map(f) };
		case "matrix":
			return { ...s, rows: s.rows.map((row) => row.map(f)) };
		case "expectation":
			return {
				...s,
				law: s.law && f(s.law),
				arguments: s.arguments.map(f),
				given: s.given.map(f),
				...(s.parameters ? { parameters: s.parameters.map(f) } : {}),
			};
		case "big":
			return {
				...s,
				index: asName(f(s.index), s.index),
				lower: s.lower && f(s.lower),
				upper: s.upper && f(s.upper),
				conditions: s.conditions.map((c) => asRelation(f(c), c)),
				body: f(s.body),
			};
		case "integral":
			return {
				...s,
				measures: s.measures.map(f),
				lower: s.lower && f(s.lower),
				upper: s.upper && f(s.upper),
				body: f(s.body),
			};
		case "indicator":
			return { ...s, condition: asRelation(f(s.condition), s.condition) };
		case "derivative":
			return { ...s, by: f(s.by), of: f(s.of) };
		case "evaluation":
			return { ...s, of: f(s.of), at: s.at.map((r) => asRelation(f(r), r)) };
		case "relation":
			return { ...s, left: f(s.left), right: f(s.right) };
		case "cases":
			return {
				...s,
				rows: s.rows.map((row) => ({
					value: f(row.value),
					condition:
						row.condition && asRelation(f(row.condition), row.condition),
				})),
			};
		case "const":
			return { ...s, variable: s.variable && f(s.variable) };
		default:
			return s;
	}
}

function asName(s: Surface, otherwise: SurfaceName): SurfaceName {
	return s.kind === "name" ? s : otherwise;
}

function asRelation(s: Surface, otherwise: SurfaceRelation): SurfaceRelation {
	return s.kind === "relation" ? s : otherwise;
}

/** The surface with other ones in place of letters, all at once. */
export function replaceLetters(
	s: Surface,
	letters: ReadonlyMap<string, Surface>,
): Surface {
	const by =
		s.kind === "name" &&
		s.subscripts.length + s.accents.length + s.labels.length === 0
			? letters.get(s.name)
			: undefined;
	if (by) return { ...by, span: s.span };
	return mapSurface(s, (child) => replaceLetters(child, letters));
}
