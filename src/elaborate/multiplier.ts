import type { SymbolInfo } from "../expr/context.js";
import type { Dim } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { isPlainName, keyOf, latexOfKey } from "./names.js";
import type { Scope } from "./scope.js";
import { someSurface } from "./surfaceWalk.js";

/**
 * The type of an undeclared name that somewhere in the passage multiplies a constraint, `λ (Σ_k π_k − 1)`: a Lagrange
 * multiplier, a real number for each value of its indices. Null for other names.
 */
export function impliedMultiplier(
	scope: Scope,
	s: SurfaceName,
): SymbolInfo | null {
	const key = keyOf(s);
	const { passage } = scope;
	const isMultiplier = passage.surfaces.some((surface) =>
		someSurface(surface, (node) => multiplies(node, key)),
	);
	const dims = s.subscripts.map((sub): Dim | null =>
		isPlainName(sub)
			? (scope.bound(sub.name)?.range ?? passage.rangeOf(sub.name))
			: null,
	);
	if (!isMultiplier || dims.includes(null)) return null;
	return {
		name: key,
		latex: latexOfKey(key),
		type: "real",
		dims: dims as Dim[],
		labels: null,
		role: "parameter",
		isMultiplier: true,
		line: 0,
	};
}

/** The multiplier that a letter names in this passage, where it named one of other indices in an earlier one; else null. */
export function renewedMultiplier(
	scope: Scope,
	s: SurfaceName,
	before: SymbolInfo,
): SymbolInfo | null {
	if (!before.isMultiplier) return null;
	const now = impliedMultiplier(scope, s);
	const isSame = now?.dims.join() === before.dims.join();
	return isSame ? null : now;
}

/** Whether a product has the name and a constraint as its factors. */
function multiplies(s: Surface, key: string): boolean {
	return (
		s.kind === "product" &&
		s.factors.some((f) => f.kind === "name" && keyOf(f) === key) &&
		s.factors.some(isConstraint)
	);
}

/** `Σ_k π_k − 1`, or with the signs the other way about. */
function isConstraint(s: Surface): boolean {
	if (s.kind !== "sum" || s.terms.length !== 2) return false;
	const total = s.terms.find((t) => t.term.kind === "big");
	const one = s.terms.find(
		(t) => t.term.kind === "number" && t.term.text === "1",
	);
	return total !== undefined && one !== undefined && total.sign !== one.sign;
}
