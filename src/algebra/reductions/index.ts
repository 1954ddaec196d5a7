import type { Atom, BoundIndex, Factor } from "../form.js";
import { kroneckerDelta, signSquared } from "./deltas.js";
import { logarithmOfFactorial } from "./factorials.js";
import { inverseCancels } from "./inverses.js";
import { oneHot } from "./oneHot.js";
import {
	absoluteSquare,
	expandPowers,
	mergeExponentials,
	mergeSymbolicPowers,
	primePowers,
} from "./powers.js";
import { productsOverLabels } from "./products.js";
import type { Reduction } from "./reduction.js";
import { sumOfPowers, totalProbability, unusedIndex } from "./totals.js";

/** A rule, and what a product must hold for it to apply: an atom of one of these kinds, or a sum around it. */
interface Listed {
	readonly reduce: Reduction;
	readonly about: number;
}

const kinds: readonly Atom["kind"][] = [
	"symbol",
	"hot",
	"size",
	"constant",
	"prime",
	"ix",
	"delta",
	"sign",
	"function",
	"poly",
	"power",
	"product",
	"maximum",
	"inverse",
	"determinant",
	"opaque",
];

/** One bit for each kind of atom, and one for sums: most products hold little, and most rules need not be asked. */
const bits = Object.fromEntries(kinds.map((kind, n) => [kind, 1 << n]));
const sums = 1 << kinds.length;

function on(...about: readonly Atom["kind"][]): number {
	return about.reduce((all, kind) => all | (bits[kind] as number), 0);
}

/** All rules, in the order in which they are tried. A new one is a function beside its kin and a line here. */
const reductions: readonly Listed[] = [
	{ reduce: primePowers, about: on("prime") },
	{ reduce: absoluteSquare, about: on("function") },
	{ reduce: kroneckerDelta, about: on("delta") },
	{ reduce: signSquared, about: on("sign") },
	{ reduce: oneHot, about: on("hot", "symbol") },
	{ reduce: mergeExponentials, about: on("function") },
	{ reduce: mergeSymbolicPowers, about: on("power") },
	{ reduce: expandPowers, about: on("poly") },
	{ reduce: productsOverLabels, about: on("product") },
	{ reduce: inverseCancels, about: on("inverse") },
	{ reduce: totalProbability, about: sums },
	{ reduce: logarithmOfFactorial, about: sums },
	{ reduce: sumOfPowers, about: sums },
	{ reduce: unusedIndex, about: sums },
];

/** The rules that a product of these factors under these sums may meet, in their order. */
export function reductionsFor(
	factors: readonly Factor[],
	bound: readonly BoundIndex[],
): readonly Reduction[] {
	let held = bound.length > 0 ? sums : 0;
	for (const f of factors) held |= bits[f.atom.kind] as number;
	const known = sorted.get(held);
	if (known) return known;
	const found = reductions.filter((r) => (r.about & held) !== 0);
	const chosen = found.map((r) => r.reduce);
	sorted.set(held, chosen);
	return chosen;
}

const sorted = new Map<number, readonly Reduction[]>();
