import type { ValueType } from "../expr/context.js";
import type { Dim, Shape } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { dimOf } from "./statement.js";

/** The set on the right of ∈: `ℝ`, `ℝ^D`, `ℝ^{D×D}`, `\{1, …, K\}`, `Δ^{K−1}`. */
export interface Space {
	readonly shape: Shape;
	readonly type: ValueType;
	readonly labels: Dim | null;
}

export function readSpace(s: Surface): Space {
	if (s.kind === "tuple")
		return { shape: [], type: "label", labels: dimOf(lastOf(s.items, s)) };
	const weights = weightsOf(s);
	if (weights !== null)
		return { shape: [weights], type: "simplex", labels: null };
	if (isReals(s)) return real([]);
	if (s.kind === "power" && isReals(s.base)) {
		const dims =
			s.exponent.kind === "product"
				? s.exponent.factors.map(dimOf)
				: [dimOf(s.exponent)];
		return real(dims);
	}
	throw new Problem(
		"this is no space",
		s.span,
		"\\mathbb R, \\mathbb R^D or \\{1, …, K\\}",
	);
}

/** The K of `Δ^{K−1}` and `Δ_K`. */
function weightsOf(s: Surface): Dim | null {
	const isSimplex = (name: Surface) =>
		name.kind === "name" && name.name === "Delta";
	if (isSimplex(s) && s.kind === "name" && s.subscripts[0])
		return dimOf(s.subscripts[0]);
	if (s.kind !== "power" || !isSimplex(s.base)) return null;
	const [size, one] = s.exponent.kind === "sum" ? s.exponent.terms : [];
	const isLess = one?.sign === -1 && one.term.kind === "number";
	return size && isLess && one.term.kind === "number" && one.term.text === "1"
		? dimOf(size.term)
		: null;
}

function real(shape: Shape): Space {
	return { shape, type: "real", labels: null };
}

function isReals(s: Surface): boolean {
	return (
		s.kind === "name" &&
		s.name === "R" &&
		s.style === "bb" &&
		s.subscripts.length === 0
	);
}

function lastOf(items: readonly Surface[], s: Surface): Surface {
	const last = items.at(-1);
	if (!last) throw new Problem("an empty set", s.span, "\\{1, …, K\\}");
	return last;
}
