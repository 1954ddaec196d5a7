import { one, symbol } from "../../expr/build.js";
import type { Context } from "../../expr/context.js";
import type { Dim, Expectation, Expr, Sym, Table } from "../../expr/tree.js";
import { freeIndices, visit } from "../../expr/walk.js";
import type { Claim } from "../claim.js";
import type { Surroundings } from "./edit.js";
import type { Scope } from "./place.js";
import { textOf } from "./tree.js";

/** Free indices of a claim, with what they run over. */
export function scopeOf({ left, right, context }: Claim): Scope {
	const scope = new Map<string, Dim>();
	for (const name of [...freeIndices(left), ...freeIndices(right)]) {
		const range = context.ranges.get(name);
		if (range !== undefined) scope.set(name, range);
	}
	return scope;
}

/** What both sides of a claim mention; `right` is the right side as written. */
export function surroundingsOf(claim: Claim, right: Expr): Surroundings {
	const symbols = new Map<string, Sym>();
	const tables = new Map<string, Table>();
	const sizes = new Set<Dim>();
	for (const side of [claim.left, claim.right])
		visit(side, (node) => {
			if (node.kind === "symbol") {
				symbols.set(textOf(node), node);
				for (const dim of node.shape) sizes.add(dim);
			} else if (node.kind === "expectation")
				for (const s of parametersOf(node, claim.context))
					symbols.set(textOf(s), s);
			else if (node.kind === "table")
				for (const table of [node, ...marginals(node)])
					tables.set(textOf(table), table);
			else if (node.kind === "size") sizes.add(node.name);
			else if (node.kind === "sum") sizes.add(node.range);
		});
	return {
		claim,
		right,
		sizes: [...sizes].filter((dim) => typeof dim === "string"),
		symbols: [...symbols.values()],
		tables: [...tables.values()],
	};
}

/** The parameters of an expectation's laws, on which its value depends: an entry of each, and each as it stands. */
function parametersOf({ over }: Expectation, context: Context): Sym[] {
	const found: Sym[] = [];
	for (const { factor } of over)
		for (const parameter of Object.values(factor.parameters))
			visit(parameter, (e) => {
				if (e.kind !== "symbol") return;
				const dims = context.symbols.get(e.name)?.dims ?? [];
				const at = dims.map(() => one);
				found.push(symbol(e.name, at, []));
				if (e.shape.length > 0)
					found.push({ ...e, indices: at.slice(0, e.indices.length) });
			});
	return found;
}

/** p(x) and p(z) of p(x, z) and of p(x | z). */
function marginals(table: Table): Table[] {
	if (table.role !== "density") return [];
	const variables = [...table.of, ...table.given];
	return variables.map((variable) => ({ ...table, of: [variable], given: [] }));
}
