import type { Expr, Table } from "../../../expr/tree.js";
import type { Edit } from "../edit.js";

/** Unnamed densities: what is given, and which density it is. */
export const conditioning: Edit = {
	kind: "conditional for joint or marginal",
	cost: 1.15,
	candidates({ node }, { tables }) {
		if (node.kind !== "table" || node.role !== "density") return [];
		const { of, given } = node;
		const turned: Expr[] =
			given.length > 0
				? [
						{ ...node, of: given, given: of },
						{ ...node, given: [] },
						{ ...node, of: [...of, ...given], given: [] },
					]
				: splits(node);
		return [
			...turned,
			...tables
				.filter((t) => t.name !== node.name)
				.map((t) => ({ ...node, name: t.name })),
		];
	},
};

/** p(a, b) as p(a | b), p(b | a), p(a) and p(b). */
function splits(node: Table): Expr[] {
	if (node.of.length !== 2) return [];
	return node.of.flatMap((variable, n) => {
		const other = node.of.filter((_, m) => m !== n);
		return [
			{ ...node, of: [variable], given: other },
			{ ...node, of: [variable], given: [] },
		];
	});
}
