import { add, log, mul, neg } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr, Pdf, Sym, Table } from "../../../expr/tree.js";
import { mapChildren, some, visit } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import { raised } from "../tidy.js";
import { textOf } from "../tree.js";

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

/** p(z | x) for p(x, z), p(z) for p(x): another density of the same variables, or one turned round. */
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
				.flatMap((t) => [{ ...node, name: t.name }, t]),
		];
	},
};

/** p(x | z) for p(x | z) p(z): a likelihood without the prior. */
export const lostPrior: Edit = {
	kind: "missing factor",
	cost: 1.1,
	candidates({ node, linear }, { claim }) {
		if (node.kind !== "table" || node.role !== "density") return [];
		if (node.given.length === 0 || !linear) return [];
		const left = claim.left.kind === "table" ? claim.left : null;
		const given = left?.given.filter((s) => isAmong(s, node.given)) ?? [];
		const own = node.given.filter((s) => !isAmong(s, given));
		return [
			mul(node, { ...node, of: node.given, given: [] }),
			...(given.length > 0 && own.length > 0
				? [mul(node, { ...node, of: own, given })]
				: []),
		];
	},
};

function isAmong(s: Sym, list: readonly Sym[]): boolean {
	return list.some((t) => t.name === s.name);
}

/** − log p(x): a log density that no residual tells. */
export const lostLogDensity: Edit = {
	kind: "missing term",
	cost: 1.3,
	candidates({ node, parent, linear }, { tables, claim }) {
		if (!linear || parent !== null || shapeOf(node).length > 0) return [];
		if (!isLogarithmic(claim.left) && !isLogarithmic(node)) return [];
		return [...tables]
			.sort((a, b) => variablesIn(a) - variablesIn(b))
			.flatMap((t) => [add(node, neg(log(t))), add(node, log(t))]);
	},
};

function variablesIn(t: Table): number {
	return t.of.length + t.given.length;
}

function isLogarithmic(e: Expr): boolean {
	return some(e, (x) => x.kind === "apply" && x.fn === "log");
}

/** p(x | z, θ) for p(x | z): a variable that is given and was left out. */
export const lostCondition: Edit = {
	kind: "missing conditional",
	cost: 1.12,
	candidates({ node }, { tables }) {
		if (node.kind !== "table" || node.role !== "density") return [];
		const own = new Set([...node.of, ...node.given].map((s) => s.name));
		return variablesOf(tables, node.name)
			.filter((s) => !own.has(s.name))
			.map((s) => ({ ...node, given: [...node.given, s] }));
	},
};

/** Every variable of the densities of one name. */
function variablesOf(tables: readonly Table[], name: string): Sym[] {
	const all = tables
		.filter((t) => t.name === name && t.role === "density")
		.flatMap((t) => [...t.of, ...t.given]);
	return all.filter((s, n) => all.findIndex((t) => t.name === s.name) === n);
}

/** KL(p ‖ q) for KL(q ‖ p), and other densities that stand in each other's place. */
export const exchangedDensities: Edit = {
	kind: "two densities swapped",
	named: (_after, { node }) =>
		isDivergence(node)
			? "the arguments of KL swapped"
			: "two densities swapped",
	cost: 1.12,
	candidates({ node, standsAlone }) {
		if (!standsAlone && node.kind !== "integral") return [];
		const present = tablesIn(node);
		return present.flatMap((a, n) =>
			present
				.slice(n + 1)
				.filter((b) => a.name === b.name || variables(a) === variables(b))
				.map((b) => exchange(node, a, b)),
		);
	},
};

/** ∫ q (log q − log p): what KL spells out to. */
function isDivergence(e: Expr): boolean {
	if (e.kind !== "integral" && e.kind !== "expectation") return false;
	const factors = e.body.kind === "mul" ? e.body.factors : [e.body];
	return factors.some((f) => f.kind === "add" && f.terms.length === 2);
}

function tablesIn(e: Expr): Table[] {
	const found = new Map<string, Table>();
	visit(e, (x) => {
		if (x.kind === "table" && x.role === "density") found.set(textOf(x), x);
	});
	return [...found.values()];
}

function variables(t: Table): string {
	return t.of.map((s) => s.name).join();
}

function exchange(e: Expr, a: Table, b: Table): Expr {
	if (e.kind !== "table")
		return mapChildren(e, (child) => exchange(child, a, b));
	const text = textOf(e);
	return text === textOf(a) ? b : text === textOf(b) ? a : e;
}

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
