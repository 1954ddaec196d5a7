import type { Link, Surface, SurfaceBig } from "../latex/surface.js";
import { densityLetter } from "./densityName.js";
import { densityCalls, variablesOf } from "./mentions.js";
import { isPlainName, keyOf } from "./names.js";
import type { State } from "./state.js";
import { mapSurface, surfaceChildren } from "./surfaceWalk.js";

/**
 * `\sum_i \log p(x_i; \theta) \geq \sum_i \sum_{z_i} Q_i(z_i) \log …` about unnamed densities, as its terms: it holds for any
 * number of points, one included, and any densities and values, so that it holds if and only if the terms do so. Null
 * unless every side is a sum of such sums over one index, which stands nowhere but at variables of densities and at q.
 */
export function forOnePoint(
	links: readonly Link[],
	written: readonly Surface[],
	{ context }: State,
): readonly Surface[] | null {
	if (context.model || context.family) return null;
	const sides = written.map(withSumsOfLogarithms);
	const [first] = sides;
	const big = first && firstBig(first);
	const index = big?.index.name;
	const areEqual = links
		.slice(1)
		.every((link) => link.relation?.kind === "equal");
	if (!big || !index || (big.operator === "product" && !areEqual)) return null;
	if (sides.length < 2 || context.symbols.has(index)) return null;
	const names = sides
		.flatMap(densityCalls)
		.flatMap(variablesOf)
		.map((m) => m.name)
		.filter((name) => name.subscripts.some((s) => isIndex(s, index)));
	const isUnnamed = names.every((name) => !context.symbols.has(keyOf(name)));
	const terms = sides.map((s) => termOf(s, big));
	const keys = new Set(names.map(keyOf));
	const isPoint = terms.every((t) => t && standsAtVariables(t, index, keys));
	return names.length > 0 && isUnnamed && isPoint
		? (terms as readonly Surface[])
		: null;
}

/** `\log \prod_i f_i` as Σ_i log f_i. */
function withSumsOfLogarithms(s: Surface): Surface {
	const inner = mapSurface(s, withSumsOfLogarithms);
	if (inner.kind !== "call" || inner.function.name !== "log") return inner;
	const [only, ...more] = inner.arguments;
	return only?.kind === "big" &&
		only.operator === "product" &&
		more.length === 0
		? { ...only, operator: "sum", body: { ...inner, arguments: [only.body] } }
		: inner;
}

/** Σ or Π over all of an index. */
function isOverPoints(s: Surface): s is SurfaceBig {
	return (
		s.kind === "big" &&
		(s.operator === "sum" || s.operator === "product") &&
		isPlainName(s.index) &&
		s.conditions.length === 0 &&
		(!s.lower || (s.lower.kind === "number" && s.lower.text === "1")) &&
		(!s.upper || isPlainName(s.upper))
	);
}

function firstBig(s: Surface): SurfaceBig | null {
	if (isOverPoints(s)) return s;
	const [part] = partsOf(s);
	return part ? firstBig(part) : null;
}

function partsOf(s: Surface): readonly Surface[] {
	if (s.kind === "sum") return s.terms.map((t) => t.term);
	return s.kind === "product" ? s.factors : [];
}

/** What a side is for one index: of a sum of sums, or a product of products, that of each. */
function termOf(s: Surface, big: SurfaceBig): Surface | null {
	if (isOverPoints(s))
		return s.index.name === big.index.name && s.operator === big.operator
			? { ...s.body, span: s.span }
			: null;
	if (s.kind !== big.operator) return null;
	const parts = partsOf(s).map((part) => termOf(part, big));
	if (parts.includes(null)) return null;
	let n = 0;
	return mapSurface(s, () => parts[n++] as Surface);
}

/** Whether an index stands only below these names and below densities, and nothing binds it anew. */
function standsAtVariables(
	s: Surface,
	index: string,
	keys: ReadonlySet<string>,
): boolean {
	if (isIndex(s, index)) return false;
	const isOwn =
		s.kind === "name" && (keys.has(keyOf(s)) || densityLetter(s) !== null);
	return surfaceChildren(s).every(
		(child) =>
			(isOwn && isIndex(child, index)) || standsAtVariables(child, index, keys),
	);
}

function isIndex(s: Surface, index: string): boolean {
	return isPlainName(s) && s.name === index;
}
