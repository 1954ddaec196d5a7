import { mul } from "../expr/build.js";
import type { FreeOf } from "../expr/context.js";
import type { Expr, Integral, Sym } from "../expr/tree.js";
import { mapChildren } from "../expr/walk.js";
import type { Claim } from "./claim.js";

/**
 * Where only the dependence on a variable counts, an integral over that variable, among others, is a constant and need not be
 * computed: the normaliser of q*(μ_k) under `+ const` and `∝`. It saves the witness the costliest quadratures.
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
	if (free.kind !== "variable") return false;
	let within = e.kind === "pow" ? e.base : e;
	while (within.kind === "integral") {
		if (isOver(within, free.symbol)) return true;
		within = within.body;
	}
	return false;
}

function isOver({ variable, except, only }: Integral, { name, indices }: Sym) {
	return (
		variable === name &&
		except === null &&
		(only === null || sameSubscripts(only, indices))
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
