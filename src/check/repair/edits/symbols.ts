import { size } from "../../../expr/build.js";
import type { Context } from "../../../expr/context.js";
import { sameShape } from "../../../expr/shape.js";
import type { Expr, Sym } from "../../../expr/tree.js";
import { mapChildren, replaceSymbols } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import type { Scope } from "../place.js";
import { dimsOf, distinctNames, placements } from "../placements.js";
import { textOf } from "../tree.js";

/** One letter for another: x for m, σ for λ. */

export const anotherSymbol: Edit = {
	kind: "wrong symbol",
	cost: 1.3,
	candidates({ node, scope }, { symbols, claim }) {
		if (node.kind !== "symbol" || node.indices.some((i) => i.kind === "symbol"))
			return [];
		const found = new Map<string, Expr>();
		for (const other of symbols) {
			if (other.name === node.name || !sameShape(other.shape, node.shape))
				continue;
			for (const option of placed(other, node, scope, claim.context))
				found.set(textOf(option), option);
		}
		return [...found.values()];
	},
};

/** Another symbol at subscripts that fit: those of the symbol it replaces, or all that are in scope. */
function placed(
	other: Sym,
	instead: Sym,
	scope: Scope,
	context: Context,
): Sym[] {
	const wanted = dimsOf(other, context);
	if (wanted.join() === dimsOf(instead, context).join())
		return [{ ...other, indices: instead.indices }];
	return placements(other, scope, context);
}

/** Two symbols that stand in each other's place throughout a part of the formula. */
export const exchanged: Edit = {
	kind: "two symbols swapped",
	cost: 1.4,
	candidates({ node, standsAlone }, { symbols, claim }) {
		if (!standsAlone || node.kind === "symbol") return [];
		const text = textOf(node);
		const present = distinctNames(symbols).filter((s) =>
			text.includes(`"name":${JSON.stringify(s.name)}`),
		);
		return present.flatMap((a, n) =>
			present
				.slice(n + 1)
				.filter((b) => alike(a, b, claim.context))
				.map((b) => exchange(node, a.name, b.name)),
		);
	},
};

function alike(a: Sym, b: Sym, context: Context): boolean {
	const dims = (s: Sym) => context.symbols.get(s.name)?.dims.join();
	return sameShape(a.shape, b.shape) && dims(a) === dims(b);
}

function exchange(e: Expr, a: string, b: string): Expr {
	return replaceSymbols(e, (s) =>
		s.name === a ? { ...s, name: b } : s.name === b ? { ...s, name: a } : s,
	);
}

/** One size for another, or two sizes that stand in each other's place, as in N^K for K^N. */
export const anotherSize: Edit = {
	kind: "wrong size",
	cost: 1.3,
	candidates({ node, standsAlone }, { sizes }) {
		if (node.kind === "size") return sizes.map((name) => size(name));
		if (!standsAlone) return [];
		return sizes.flatMap((a, n) =>
			sizes.slice(n + 1).map((b) => exchangeSizes(node, a, b)),
		);
	},
};

function exchangeSizes(e: Expr, a: string, b: string): Expr {
	if (e.kind === "size")
		return size(e.name === a ? b : e.name === b ? a : e.name);
	if (e.kind === "sum" || e.kind === "product")
		return { ...e, body: exchangeSizes(e.body, a, b) };
	return mapChildren(e, (child) => exchangeSizes(child, a, b));
}
