import type { Surface, SurfaceName } from "../latex/surface.js";
import { mapSurface, someSurface, surfaceChildren } from "./surfaceWalk.js";

/**
 * A variable of integration may have any name: `\int p(x \mid z') p(z')\, dz'` and `\mathbb E_{p(\tilde z)}[f(\tilde z)]` say
 * the same of z. Primes, tildes and hats come off a bound variable where the plain name does not stand beside it.
 */
export function withPlainBinders(s: Surface): Surface {
	const inner = mapSurface(s, withPlainBinders);
	switch (inner.kind) {
		case "integral":
			return inner.measures.reduce(
				(tree, measure) => plain(tree, measure),
				inner as Surface,
			);
		case "expectation":
			return inner.law
				? namesIn(inner.law).reduce(plain, inner as Surface)
				: inner;
		case "big":
			return isArgument(inner.index, inner.body)
				? plain(inner, inner.index)
				: inner;
		default:
			return inner;
	}
}

/** The tree with the marks taken off a bound name, unless the plain name stands in it too. */
function plain(tree: Surface, bound: Surface): Surface {
	const marked = markedName(bound);
	if (!marked) return tree;
	const base: SurfaceName = { ...marked, accents: [] };
	if (stands(base, tree)) return tree;
	return renamed(tree, marked, base);
}

/** What an expectation draws: the arguments of its density, or what stands before ∼. */
function namesIn(law: Surface): readonly Surface[] {
	if (law.kind === "call") return law.arguments;
	return law.kind === "relation" && law.relation === "~" ? [law.left] : [];
}

/** Whether a letter is bound as an argument of a density or function, and not as an index. */
function isArgument(index: SurfaceName, body: Surface): boolean {
	return someSurface(
		body,
		(s) =>
			s.kind === "call" &&
			[...s.arguments, ...s.given].some((a) => isName(a, index)),
	);
}

/** A name with a prime or an accent, primes counted among the accents; null for any other. */
function markedName(s: Surface): SurfaceName | null {
	const name = s.kind === "primed" ? s.of : s;
	if (name.kind !== "name") return null;
	const primes = s.kind === "primed" ? Array(s.count).fill("′") : [];
	const accents = [...name.accents, ...primes];
	return accents.length > 0 ? { ...name, accents } : null;
}

function isName(s: Surface, name: SurfaceName): boolean {
	const found = markedName(s) ?? (s.kind === "name" ? s : null);
	return found !== null && spelled(found) === spelled(name);
}

/** Whether a name stands somewhere; the z of z′ is another one. */
function stands(name: SurfaceName, s: Surface): boolean {
	if (isName(s, name)) return true;
	const parts =
		s.kind === "primed" && s.of.kind === "name"
			? s.of.subscripts
			: surfaceChildren(s);
	return parts.some((part) => stands(name, part));
}

/** A name but for its place. */
function spelled({ name, style, accents, subscripts, labels }: SurfaceName) {
	return JSON.stringify([name, style, accents, subscripts, labels], (key, v) =>
		key === "span" ? undefined : v,
	);
}

function renamed(s: Surface, from: SurfaceName, to: SurfaceName): Surface {
	if (isName(s, from)) return { ...to, span: s.span };
	return mapSurface(s, (child) => renamed(child, from, to));
}
