import type { ValueType } from "../expr/context.js";
import type { Dim, Shape } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { dimOf } from "./statement.js";

/** The set on the right of ∈: `ℝ`, `ℝ^D`, `ℝ_{>0}^D`, `ℝ^{D×D}`, `\{1, …, K\}`, `Δ^{K−1}`. */
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
	const type = numbersOf(s.kind === "power" ? s.base : s);
	if (type) return { shape: shapeOfSpace(s), type, labels: null };
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

/** The exponent of `ℝ^D` and `ℝ^{D×E}`. */
function shapeOfSpace(s: Surface): Shape {
	if (s.kind !== "power") return [];
	return s.exponent.kind === "product"
		? s.exponent.factors.map(dimOf)
		: [dimOf(s.exponent)];
}

/** What the numbers in `ℝ`, `ℝ_+`, `ℝ_{>0}`, `ℝ_{≥0}` are. */
function numbersOf(s: Surface): ValueType | null {
	if (s.kind !== "name" || s.name !== "R" || s.style !== "bb") return null;
	const [label, ...more] = s.labels;
	if (s.subscripts.length + more.length > 0) return null;
	if (label === undefined) return "real";
	if (label === "≥0") return "nonnegative";
	return ["+", "++", ">0"].includes(label) ? "positive" : null;
}

function lastOf(items: readonly Surface[], s: Surface): Surface {
	const last = items.at(-1);
	if (!last) throw new Problem("an empty set", s.span, "\\{1, …, K\\}");
	return last;
}
