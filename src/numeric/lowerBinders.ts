import type {
	Bound,
	Dim,
	Evaluation,
	Expectation,
	Expr,
	Integral,
	Shape,
} from "../expr/tree.js";
import { type Chart, posdefChart, simplexChart } from "./charts.js";
import { big, composition } from "./composition.js";
import { type Lowering, one, type Scope, slotNode } from "./lowering.js";
import type { Binder, Law, Range, Scalar } from "./scalar.js";
import { tableVariable } from "./tables.js";

function newBinder(
	to: Lowering,
	variable: string,
	plates: readonly { readonly size: Dim }[],
	shape: Shape,
	bound: {
		readonly only: readonly Expr[] | null;
		readonly except: readonly Expr[] | null;
	},
	scope: Scope,
): Binder {
	return {
		id: to.newBinderId(),
		variable,
		plates: plates.map((p) => p.size),
		shape,
		only: bound.only && to.numbers(bound.only, scope),
		except: bound.except && to.numbers(bound.except, scope),
		composition: null,
	};
}

/** An expectation: each law sees the variables of those before it. */
export function expectation(
	to: Lowering,
	e: Expectation,
	row: Scalar,
	column: Scalar,
	scope: Scope,
): Scalar {
	const laws: Law[] = [];
	let inside = scope;
	for (const bound of e.over) {
		const law = lawOf(to, bound, scope, inside);
		laws.push(law);
		inside = { ...inside, binders: [law.binder, ...inside.binders] };
	}
	return {
		op: "expectation",
		laws,
		body: to.entry(e.body, row, column, inside),
	};
}

/** A body in which a symbol has a value of its own. */
export function evaluation(
	to: Lowering,
	{ symbol, value, body }: Evaluation,
	row: Scalar,
	column: Scalar,
	scope: Scope,
): Scalar {
	const whole = { only: null, except: null };
	const binder = newBinder(to, symbol.name, [], symbol.shape, whole, scope);
	const inside = { ...scope, binders: [binder, ...scope.binders] };
	return {
		op: "evaluation",
		binder,
		value: to.matrix(value, scope),
		body: to.entry(body, row, column, inside),
	};
}

function lawOf(to: Lowering, bound: Bound, outside: Scope, inside: Scope): Law {
	const { factor } = bound;
	const plateSlots = factor.plates.map(() => to.newSlot());
	const indices = new Map(inside.indices);
	factor.plates.forEach((p, i) => {
		indices.set(p.index, slotNode(plateSlots[i] as number));
	});
	const parameters = Object.entries(factor.parameters).map(
		([name, tree]) => [name, to.matrix(tree, { ...inside, indices })] as const,
	);
	const binder = newBinder(
		to,
		factor.variable,
		factor.plates,
		factor.shape,
		bound,
		outside,
	);
	return {
		binder: {
			...binder,
			composition: composition(to, factor, binder, inside),
		},
		distribution: factor.distribution,
		plateSlots,
		parameters: Object.fromEntries(parameters),
		labels: factor.labels,
	};
}

/** An integral or a sum over the values of a variable. */
export function integral(
	to: Lowering,
	e: Integral,
	row: Scalar,
	column: Scalar,
	scope: Scope,
): Scalar {
	const shape = "shape" in e.domain ? e.domain.shape : [];
	const bare = newBinder(to, e.variable, e.plates, shape, e, scope);
	const chart = chartOf(to, e, bare);
	const binder = { ...bare, composition: chart?.compose ?? null };
	const body = to.entry(e.body, row, column, {
		...scope,
		binders: [binder, ...scope.binders],
	});
	return {
		op: "integral",
		binder,
		range: range(to, e),
		body: chart
			? { op: "mul", factors: [volume(to, e, bare, chart), body] }
			: body,
	};
}

function chartOf(
	to: Lowering,
	{ domain }: Integral,
	binder: Binder,
): Chart | null {
	if (domain.kind !== "simplex" && domain.kind !== "posdef") return null;
	const dim = domain.shape[0] ?? 1;
	return domain.kind === "simplex"
		? simplexChart(to, binder, dim)
		: posdefChart(to, binder, dim);
}

/** The volume of a cell: of the one instance, or over all plates. */
function volume(
	to: Lowering,
	e: Integral,
	binder: Binder,
	chart: Chart,
): Scalar {
	const over = (plates: readonly Scalar[]): Scalar => {
		const plate = e.plates[plates.length];
		if (!plate) return chart.logVolume(plates);
		const size: Scalar = { op: "size", dim: plate.size };
		return big(to, "sum")(one, size, (at) => over([...plates, at]));
	};
	const log = binder.only ? chart.logVolume(binder.only) : over([]);
	return { op: "density", log, labels: [] };
}

function range(to: Lowering, { domain, variable }: Integral): Range {
	switch (domain.kind) {
		case "labels":
			return { kind: "labels", size: domain.size };
		case "counts":
			return { kind: "counts", upTo: domain.upTo };
		case "unnamed":
			return {
				kind: "unnamed",
				variable: tableVariable(variable, to.context),
			};
		default:
			return { kind: domain.kind };
	}
}
