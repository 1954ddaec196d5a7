import type { Update } from "../check/result.js";
import type { BigProduct, BigSum, Expr, Sym } from "../expr/tree.js";
import { children, sameTree } from "../expr/walk.js";

/**
 * Which instance of a parameter does an update read: the one on its own left side (`s_k` in the update of `m_k`), or
 * that of another one (`m_l`, l ≠ k)? Where both may be meant, both are true.
 */

type Binder = BigSum | BigProduct;

/** Whether the right side may name the parameter at the very indices of the left side. */
export function readsSameInstance(update: Update, name: string): boolean {
	const plates = plateIndices(update);
	return readings(update, name).some(
		({ read, binders }) =>
			!plates.some((own, axis) => differs(read.indices[axis], own, binders)),
	);
}

/** Whether the right side may name the parameter at other indices than those of the left side. */
export function readsAnotherInstance(update: Update, name: string): boolean {
	return readings(update, name).some(({ read }) =>
		plateIndices(update).some((own, axis) => {
			const at = read.indices[axis];
			return at !== undefined && !sameTree(at, own);
		}),
	);
}

/** The indices on the left that tell instances apart: not the one over which weights are normalised. */
export function plateIndices(update: Update): readonly Expr[] {
	const { indices } = update.target;
	return update.logWeights ? indices.slice(0, -1) : indices;
}

interface Reading {
	readonly read: Sym;
	readonly binders: readonly Binder[];
}

function readings(update: Update, name: string): readonly Reading[] {
	const found: Reading[] = [];
	const collect = (e: Expr, binders: readonly Binder[]): void => {
		if (e.kind === "symbol" && e.name === name)
			found.push({ read: e, binders });
		const inside =
			e.kind === "sum" || e.kind === "product" ? [...binders, e] : binders;
		for (const child of children(e)) collect(child, inside);
	};
	const tree = update.value ?? update.logWeights;
	if (tree) collect(tree, []);
	return found;
}

/** Whether a subscript can never be that of the left side: its sum leaves that value out. */
function differs(
	at: Expr | undefined,
	own: Expr,
	binders: readonly Binder[],
): boolean {
	if (at?.kind !== "index") return false;
	const binder = binders.find((b) => b.index === at.name);
	if (!binder) return false;
	return (
		binder.except.some((e) => sameTree(e, own)) ||
		excludedByFactor(binder, at, own) ||
		endsBefore(binder, own) ||
		startsAfter(binder, own)
	);
}

/** Σ_l 1[l ≠ k] … */
function excludedByFactor(binder: Binder, at: Expr, own: Expr): boolean {
	const factors =
		binder.body.kind === "mul" ? binder.body.factors : [binder.body];
	return factors.some(
		(f) =>
			f.kind === "indicator" &&
			(f.comparison === "≠" || f.comparison === "<") &&
			((sameTree(f.left, at) && sameTree(f.right, own)) ||
				(sameTree(f.right, at) && sameTree(f.left, own))),
	);
}

/** Σ_{l=1}^{k−1} … */
function endsBefore(binder: Binder, own: Expr): boolean {
	return shift(binder.upper, own) < 0;
}

/** Σ_{l=k+1}^{K} … */
function startsAfter(binder: Binder, own: Expr): boolean {
	return shift(binder.lower, own) > 0;
}

/** d of a bound written `own + d`, 0 for any other. */
function shift(bound: Expr, own: Expr): number {
	if (bound.kind !== "add" || bound.terms.length !== 2) return 0;
	const step = bound.terms.find((t) => t.kind === "num");
	const base = bound.terms.find((t) => t !== step);
	if (step?.kind !== "num" || !base || !sameTree(base, own)) return 0;
	return step.value.valueOf();
}
