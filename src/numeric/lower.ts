import { distributionNamed } from "../distributions/index.js";
import { num } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type {
	Bound,
	Derivative,
	Dim,
	Expectation,
	Expr,
	Integral,
	Pdf,
	Shape,
	Sym,
	Table,
	Tabulate,
} from "../expr/tree.js";
import { freeIndices, visit } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { logOf } from "./positivity.js";
import type {
	Binder,
	DerivativeNode,
	EntryRule,
	Law,
	Lowered,
	Range,
	Scalar,
	TableArgument,
	ValueNode,
} from "./scalar.js";
import { tableVariable } from "./tables.js";

/** What names mean at a place in the tree. */
interface Scope {
	readonly indices: ReadonlyMap<string, Scalar>;
	readonly binders: readonly Binder[];
}

const one: Scalar = { op: "number", value: num(1).value };

/** Turns a typed tree into a tree of numbers, each entry of a vector or matrix computed by itself. */
export function lower(tree: Expr, context: Context): Lowered {
	return new Lowering(context).whole(tree);
}

/** Rows and columns; a number is 1 × 1, a column D × 1. */
function extents(shape: Shape): readonly [Dim, Dim] {
	return [shape[0] ?? 1, shape[1] ?? 1];
}

function plainBigint(_key: string, value: unknown): unknown {
	return typeof value === "bigint" ? value.toString() : value;
}

class Lowering {
	private readonly freeSlots = new Map<string, number>();
	private slots = 0;
	private binders = 0;

	constructor(private readonly context: Context) {}

	whole(tree: Expr): Lowered {
		const of = this.matrix(tree, { indices: new Map(), binders: [] });
		return { of, freeSlots: this.freeSlots, slots: this.slots };
	}

	private newSlot(): number {
		this.slots += 1;
		return this.slots - 1;
	}

	private slot(slot: number): Scalar {
		return { op: "slot", slot };
	}

	private matrix(e: Expr, scope: Scope): EntryRule {
		const [rows, columns] = extents(shapeOf(e));
		const rowSlot = this.newSlot();
		const columnSlot = this.newSlot();
		const entry = this.entry(
			e,
			this.slot(rowSlot),
			this.slot(columnSlot),
			scope,
		);
		return { rows, columns, rowSlot, columnSlot, entry };
	}

	/** A tree that is a number. */
	private number(e: Expr, scope: Scope): Scalar {
		return this.entry(e, one, one, scope);
	}

	private numbers(list: readonly Expr[], scope: Scope): Scalar[] {
		return list.map((e) => this.number(e, scope));
	}

	/** The entry of a tree at a row and a column, both 1 where the tree has only one. */
	private entry(e: Expr, row: Scalar, column: Scalar, scope: Scope): Scalar {
		const same = (x: Expr): Scalar => this.entry(x, row, column, scope);
		switch (e.kind) {
			case "num":
				return { op: "number", value: e.value };
			case "constant":
				return { op: "constant", name: e.name };
			case "size":
				return { op: "size", dim: e.name };
			case "index":
				return this.index(e.name, scope);
			case "symbol":
				return this.symbol(e, row, column, scope);
			case "add":
				return { op: "add", terms: e.terms.map(same) };
			case "mul":
				return {
					op: "mul",
					factors: e.factors.map((f) =>
						shapeOf(f).length === 0 ? this.number(f, scope) : same(f),
					),
				};
			case "matmul":
				return this.matmul(e.left, e.right, row, column, scope);
			case "pow":
				return {
					op: "pow",
					base: this.number(e.base, scope),
					exponent: this.number(e.exponent, scope),
				};
			case "apply":
				return this.apply(e.fn, this.number(e.argument, scope));
			case "transpose":
				return this.entry(e.of, column, row, scope);
			case "inverse":
				return { op: "inverse", of: this.matrix(e.of, scope), row, column };
			case "determinant":
				return {
					op: "determinant",
					of: this.matrix(e.of, scope),
					row: one,
					column: one,
				};
			case "trace": {
				const slot = this.slot(this.newSlot());
				return this.sumOver(
					slot,
					extents(shapeOf(e.of))[0],
					this.entry(e.of, slot, slot, scope),
				);
			}
			case "identity":
				return { op: "indicator", comparison: "=", left: row, right: column };
			case "diagonal":
				return {
					op: "mul",
					factors: [
						{ op: "indicator", comparison: "=", left: row, right: column },
						this.entry(e.of, row, one, scope),
					],
				};
			case "tabulate":
				return this.tabulate(e, row, scope);
			case "entry":
				return this.component(e.of, this.numbers(e.at, scope), scope);
			case "sum":
			case "product":
				return this.big(e, row, column, scope);
			case "indicator":
				return {
					op: "indicator",
					comparison: e.comparison,
					left: this.number(e.left, scope),
					right: this.number(e.right, scope),
				};
			case "pdf":
				return this.density(e, scope);
			case "expectation":
				return this.expectation(e, row, column, scope);
			case "integral":
				return this.integral(e, row, column, scope);
			case "derivative":
				return this.derivative(e, row, column, scope);
			case "table":
				return this.table(e, scope);
		}
	}

	private index(name: string, scope: Scope): Scalar {
		const bound = scope.indices.get(name);
		if (bound) return bound;
		const known = this.freeSlots.get(name);
		const slot = known ?? this.newSlot();
		this.freeSlots.set(name, slot);
		return this.slot(slot);
	}

	private symbol(e: Sym, row: Scalar, column: Scalar, scope: Scope): ValueNode {
		if (e.shape.length > 2)
			throw new Problem(
				`\`${e.name}\` has more than two axes here`,
				null,
				"subscripts",
			);
		const rest =
			e.shape.length === 0 ? [] : e.shape.length === 1 ? [row] : [row, column];
		return this.value(
			e.name,
			[...this.numbers(e.indices, scope), ...rest],
			scope,
		);
	}

	private value(name: string, at: readonly Scalar[], scope: Scope): ValueNode {
		return {
			op: "value",
			name,
			at,
			binders: scope.binders.filter((b) => b.variable === name),
		};
	}

	private sumOver(slot: Scalar, range: Dim, body: Scalar): Scalar {
		if (slot.op !== "slot") throw new Error("a sum needs a slot");
		return {
			op: "sum",
			slot: slot.slot,
			lower: one,
			upper: { op: "size", dim: range },
			except: [],
			body,
		};
	}

	private matmul(
		left: Expr,
		right: Expr,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): Scalar {
		const [, inner] = extents(shapeOf(left));
		const at = inner === 1 ? one : this.slot(this.newSlot());
		const body: Scalar = {
			op: "mul",
			factors: [
				this.entry(left, row, at, scope),
				this.entry(right, at, column, scope),
			],
		};
		return inner === 1 ? body : this.sumOver(at, inner, body);
	}

	private apply(
		fn: Extract<Expr, { kind: "apply" }>["fn"],
		argument: Scalar,
	): Scalar {
		return fn === "log"
			? logOf(argument, this.context)
			: { op: "apply", fn, argument };
	}

	/** The index stands for the row in the body. */
	private tabulate(e: Tabulate, row: Scalar, scope: Scope): Scalar {
		return this.number(e.body, {
			...scope,
			indices: new Map(scope.indices).set(e.index, row),
		});
	}

	private component(of: Expr, at: readonly Scalar[], scope: Scope): Scalar {
		const [first = one, second] = at;
		if (second) return this.entry(of, first, second, scope);
		return shapeOf(of)[0] === 1
			? this.entry(of, one, first, scope)
			: this.entry(of, first, one, scope);
	}

	private big(
		e: Extract<Expr, { kind: "sum" | "product" }>,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): Scalar {
		const slot = this.newSlot();
		const inside = {
			...scope,
			indices: new Map(scope.indices).set(e.index, this.slot(slot)),
		};
		return {
			op: e.kind,
			slot,
			lower: this.number(e.lower, scope),
			upper: this.number(e.upper, scope),
			except: this.numbers(e.except, scope),
			body: this.entry(e.body, row, column, inside),
		};
	}

	/**
	 * A density that mentions a label is one term of it, its constants included: E_q[log p(x_i | c_i)] is
	 * Σ_k φ_ik log p(x_i | k) also where φ is free and need not add up to 1.
	 */
	private density(e: Pdf, scope: Scope): Scalar {
		const log = distributionNamed(e.distribution).logDensity(
			e.of,
			e.parameters,
		);
		const labels = this.labelsOf(e).map((c) => this.number(c, scope));
		return { op: "density", log: this.number(log, scope), labels };
	}

	/** The labels that a density mentions by subscripts from outside of it. */
	private labelsOf(e: Pdf): readonly Sym[] {
		const found = new Map<string, Sym>();
		for (const part of [e.of, ...Object.values(e.parameters)]) {
			const outside = freeIndices(part);
			visit(part, (x) => {
				if (x.kind !== "symbol" || !this.isLabel(x)) return;
				if ([...freeIndices(x)].every((name) => outside.has(name)))
					found.set(JSON.stringify(x, plainBigint), x);
			});
		}
		return [...found.values()];
	}

	private isLabel({ name }: Sym): boolean {
		const variable = tableVariable(name, this.context);
		return this.context.symbols.get(variable)?.type === "label";
	}

	private newBinder(
		variable: string,
		plates: readonly { readonly size: Dim }[],
		shape: Shape,
		bound: {
			readonly only: readonly Expr[] | null;
			readonly except: readonly Expr[] | null;
		},
		scope: Scope,
	): Binder {
		this.binders += 1;
		return {
			id: this.binders - 1,
			variable,
			plates: plates.map((p) => p.size),
			shape,
			only: bound.only && this.numbers(bound.only, scope),
			except: bound.except && this.numbers(bound.except, scope),
		};
	}

	private expectation(
		e: Expectation,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): Scalar {
		const laws: Law[] = [];
		let inside = scope;
		for (const bound of e.over) {
			const law = this.law(bound, scope, inside);
			laws.push(law);
			inside = { ...inside, binders: [law.binder, ...inside.binders] };
		}
		return {
			op: "expectation",
			laws,
			body: this.entry(e.body, row, column, inside),
		};
	}

	private law(bound: Bound, outside: Scope, inside: Scope): Law {
		const { factor } = bound;
		const plateSlots = factor.plates.map(() => this.newSlot());
		const indices = new Map(inside.indices);
		factor.plates.forEach((p, i) => {
			indices.set(p.index, this.slot(plateSlots[i] as number));
		});
		const parameters = Object.entries(factor.parameters).map(
			([name, tree]) =>
				[name, this.matrix(tree, { ...inside, indices })] as const,
		);
		return {
			binder: this.newBinder(
				factor.variable,
				factor.plates,
				factor.shape,
				bound,
				outside,
			),
			distribution: factor.distribution,
			plateSlots,
			parameters: Object.fromEntries(parameters),
			labels: factor.labels,
		};
	}

	private integral(
		e: Integral,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): Scalar {
		const shape = "shape" in e.domain ? e.domain.shape : [];
		const binder = this.newBinder(e.variable, e.plates, shape, e, scope);
		const body = this.entry(e.body, row, column, {
			...scope,
			binders: [binder, ...scope.binders],
		});
		return { op: "integral", binder, range: this.range(e), body };
	}

	private range({ domain, variable }: Integral): Range {
		switch (domain.kind) {
			case "labels":
				return { kind: "labels", size: domain.size };
			case "counts":
				return { kind: "counts", upTo: domain.upTo };
			case "unnamed":
				return {
					kind: "unnamed",
					variable: tableVariable(variable, this.context),
				};
			default:
				return { kind: domain.kind };
		}
	}

	/** A number differentiated by a vector is its gradient, twice its Hessian; a vector by a number goes by entries. */
	private derivative(
		e: Derivative,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): DerivativeNode {
		const byNumber = e.by.shape.length === 0;
		const body = byNumber
			? this.entry(e.body, row, column, scope)
			: this.number(e.body, scope);
		const first: DerivativeNode = {
			op: "derivative",
			body,
			by: this.symbol(e.by, row, column, scope),
		};
		if (e.order === 1) return first;
		return {
			op: "derivative",
			body: first,
			by: this.symbol(e.by, column, row, scope),
		};
	}

	private table(e: Table, scope: Scope): Scalar {
		const read = (s: Sym): TableArgument => this.tableArgument(s, scope);
		return {
			op: "table",
			name: e.name,
			role: e.role,
			of: e.of.map(read),
			given: e.given.map(read),
		};
	}

	private tableArgument(s: Sym, scope: Scope): TableArgument {
		const variable = tableVariable(s.name, this.context);
		const axes = this.context.symbols.get(variable)?.dims ?? [];
		const freeSlots = axes.slice(s.indices.length).map(() => this.newSlot());
		const at = [
			...this.numbers(s.indices, scope),
			...freeSlots.map((slot) => this.slot(slot)),
		];
		return { variable, value: this.value(s.name, at, scope), axes, freeSlots };
	}
}
