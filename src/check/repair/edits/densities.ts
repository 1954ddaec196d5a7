import { mul } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr, Pdf, Table } from "../../../expr/tree.js";
import type { Edit } from "../edit.js";
import { raised } from "../tidy.js";

/** N(m, 1/s²) for N(m, s²): the spread of a named density by its inverse. */
export const precision: Edit = {
	kind: "precision for variance",
	cost: 0.97,
	candidates: ({ node }) =>
		node.kind === "pdf" ? withOtherSpread(node, (e) => raised(e, -1)) : [],
};

/** N(m, s) for N(m, s²). */
export const deviation: Edit = {
	kind: "s for s² (a square or a root)",
	cost: 0.98,
	candidates: ({ node }) =>
		node.kind === "pdf"
			? [2, 0.5].flatMap((power) =>
					withOtherSpread(node, (e) => raised(e, power)),
				)
			: [],
};

/** The density with the scalar of each parameter but the mean changed: v, or the v of v I. */
function withOtherSpread(node: Pdf, change: (e: Expr) => Expr): Expr[] {
	return Object.entries(node.parameters).flatMap(([name, value]) => {
		const changed = name === "mean" ? null : changedScalar(value, change);
		return changed
			? [{ ...node, parameters: { ...node.parameters, [name]: changed } }]
			: [];
	});
}

function changedScalar(e: Expr, change: (e: Expr) => Expr): Expr | null {
	if (shapeOf(e).length === 0) return change(e);
	if (e.kind !== "mul") return null;
	const matrices = e.factors.filter((f) => shapeOf(f).length > 0);
	const scalars = e.factors.filter((f) => shapeOf(f).length === 0);
	return mul(change(mul(...scalars)), ...matrices);
}

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
