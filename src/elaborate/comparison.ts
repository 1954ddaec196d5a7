import type { Surface, SurfaceRelation } from "../latex/surface.js";

export type Comparison = "=" | "≠" | "<" | "≤" | ">" | "≥";

const comparisons: readonly string[] = ["=", "≠", "<", "≤", ">", "≥"];

/** The comparison that a relation inside a formula makes, or null (`∼`, `∈`). */
export function comparisonOf(s: SurfaceRelation): Comparison | null {
	return comparisons.includes(s.relation) ? (s.relation as Comparison) : null;
}

export function isEquals(
	s: Surface,
): s is SurfaceRelation & { readonly relation: "=" } {
	return s.kind === "relation" && s.relation === "=";
}

/** `x ∼ law` under an expectation. */
export function isTilde(
	s: Surface,
): s is SurfaceRelation & { readonly relation: "~" } {
	return s.kind === "relation" && s.relation === "~";
}

/** The same comparison with its sides exchanged. */
export function flipped(c: Comparison): Comparison {
	const flips: Readonly<Record<Comparison, Comparison>> = {
		"=": "=",
		"≠": "≠",
		"<": ">",
		"≤": "≥",
		">": "<",
		"≥": "≤",
	};
	return flips[c];
}
