import { index } from "../../expr/build.js";
import type { Context } from "../../expr/context.js";
import type { Expr, Sym } from "../../expr/tree.js";
import type { Scope } from "./place.js";

/** Placements of one symbol that are tried at a place. */
const mostPlacements = 4;

/** What the subscripts of a symbol run over. */
export function dimsOf(s: Sym, context: Context): readonly (string | number)[] {
	return context.symbols.get(s.name)?.dims.slice(0, s.indices.length) ?? [];
}

/** A symbol at every choice of indices in scope that fits its axes. */
export function placements(s: Sym, scope: Scope, context: Context): Sym[] {
	let options: Expr[][] = [[]];
	for (const dim of dimsOf(s, context)) {
		const names = [...scope]
			.filter(([, range]) => range === dim)
			.map(([name]) => index(name));
		options = options.flatMap((list) => names.map((name) => [...list, name]));
	}
	return options.slice(0, mostPlacements).map((indices) => ({ ...s, indices }));
}

/** One symbol of each name. */
export function distinctNames(symbols: readonly Sym[]): Sym[] {
	return symbols.filter(
		(s, n) => symbols.findIndex((t) => t.name === s.name) === n,
	);
}
