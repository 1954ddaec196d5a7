import { mul } from "../expr/build.js";
import type { FreeOf } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { mapChildren } from "../expr/walk.js";
import type { Claim } from "./claim.js";

/**
 * Where only the dependence on a variable counts, the integral over that variable is a constant and need not be computed:
 * the normaliser of q*(μ_k) under `+ const` and `∝`. It saves the witness the costliest quadratures.
 */
export function withoutNormaliser(claim: Claim): Claim {
	const { free, relation } = claim;
	if (!free || !relation.varies) return claim;
	return {
		...claim,
		left: strip(claim.left, free),
		right: strip(claim.right, free),
	};
}

function strip(e: Expr, free: FreeOf): Expr {
	if (e.kind === "mul")
		return mul(...e.factors.filter((f) => !isNormaliser(f, free)));
	if (e.kind === "apply" && e.fn === "log")
		return mapChildren(e, (child) => strip(child, free));
	return e;
}

function isNormaliser(e: Expr, free: FreeOf): boolean {
	const base = e.kind === "pow" ? e.base : e;
	if (
		base.kind !== "integral" ||
		free.kind !== "variable" ||
		base.variable !== free.symbol.name
	)
		return false;
	return (
		base.except === null &&
		(base.only === null || sameSubscripts(base.only, free.symbol.indices))
	);
}

function sameSubscripts(a: readonly Expr[], b: readonly Expr[]): boolean {
	return (
		a.length === b.length &&
		a.every(
			(x, i) =>
				x.kind === "index" && x.name === (b[i] as { name?: string }).name,
		)
	);
}
