import { isNumber } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type {
	Apply,
	Derivative,
	Dim,
	Expr,
	Maximum,
	Pow,
	Shape,
	Sym,
	Tabulate,
} from "../expr/tree.js";
import { Problem } from "../problem.js";
import { composedEntry, composedMatrix } from "./composition.js";
import { freeOf } from "./free.js";
import { inverted } from "./inverted.js";
import { evaluation, expectation, integral } from "./lowerBinders.js";
import { density } from "./lowerDensity.js";
import {
	type Lowering,
	type Multiple,
	minusOne,
	one,
	type Scope,
	slotNode,
} from "./lowering.js";
import { table } from "./lowerTable.js";
import { logOf } from "./positivity.js";
import type {
	DerivativeNode,
	EntryRule,
	Lowered,
	MaximumNode,
	Scalar,
	ValueNode,
} from "./scalar.js";

/** Turns a typed tree into a tree of numbers, each entry of a vector or matrix computed by itself. */
export function lower(tree: Expr, context: Context): Lowered {
	return new Lowerer(context).whole(tree);
}

/** Rows and columns; a number is 1 × 1, a column D × 1. */
function extents(shape: Shape): readonly [Dim, Dim] {
	return [shape[0] ?? 1, shape[1] ?? 1];
}

class Lowerer implements Lowering {
	private readonly freeSlots = new Map<string, number>();
	private slots = 0;
	private binders = 0;

	constructor(readonly context: Context) {}

	whole(tree: Expr): Lowered {
		const of = this.matrix(tree, { indices: new Map(), binders: [] });
		return { of, freeSlots: this.freeSlots, slots: this.slots };
	}

	newSlot(): number {
		this.slots += 1;
		return this.slots - 1;
	}

	newBinderId(): number {
		this.binders += 1;
		return this.binders - 1;
	}

	matrix(e: Expr, scope: Scope): EntryRule {
		const [rows, columns] = extents(shapeOf(e));
		const rowSlot = this.newSlot();
		const columnSlot = this.newSlot();
		const entry = this.entry(e, slotNode(rowSlot), slotNode(columnSlot), scope);
		return { rows, columns, rowSlot, columnSlot, entry };
	}

	/** A tree that is a number. */
	number(e: Expr, scope: Scope): Scalar {
		return this.entry(e, one, one, scope);
	}

	numbers(list: readonly Expr[], scope: Scope): Scalar[] {
		return list.map((e) => this.number(e, scope));
	}

	/** The entry of a tree at a row and a column, both 1 where the tree has only one. */
	entry(e: Expr, row: Scalar, column: Scalar, scope: Scope): Scalar {
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
				return composedEntry(this.symbol(e, row, column, scope));
			case "add":
				return sumOf(e.terms.map(same));
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
				return this.power(e, scope);
			case "apply":
				return (
					this.randomLogDeterminant(e, scope) ??
					this.apply(e.fn, this.number(e.argument, scope))
				);
			case "transpose":
				return this.entry(e.of, column, row, scope);
			case "inverse":
				return (
					this.randomInverse(e.of, row, column, scope) ?? {
						op: "inverse",
						of: this.matrix(e.of, scope),
						row,
						column,
					}
				);
			case "determinant":
				return (
					this.randomDeterminant(e.of, one, scope) ?? {
						op: "determinant",
						of: this.matrix(e.of, scope),
						row: one,
						column: one,
					}
				);
			case "trace": {
				const slot = slotNode(this.newSlot());
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
				return this.tabulate(e, row, column, scope);
			case "entry":
				return this.component(e.of, this.numbers(e.at, scope), scope);
			case "sum":
			case "product":
				return this.big(e, row, column, scope);
			case "maximum":
				return this.maximum(e, scope);
			case "indicator":
				return {
					op: "indicator",
					comparison: e.comparison,
					left: this.number(e.left, scope),
					right: this.number(e.right, scope),
				};
			case "pdf":
				return density(this, e, scope);
			case "expectation":
				return expectation(this, e, row, column, scope);
			case "integral":
				return integral(this, e, row, column, scope);
			case "derivative":
				return this.derivative(e, row, column, scope);
			case "evaluation":
				return evaluation(this, e, row, column, scope);
			case "table":
				return table(this, e, scope);
		}
	}

	/** The square of a sum over random variables is a product of two sums, so that it can be multiplied out. */
	private power(e: Pow, scope: Scope): Scalar {
		const ofRandom =
			e.base.kind === "determinant"
				? this.randomDeterminant(
						e.base.of,
						this.number(e.exponent, scope),
						scope,
					)
				: null;
		if (ofRandom) return ofRandom;
		const base = this.number(e.base, scope);
		const isSum = base.op === "sum" || base.op === "add";
		if (isSum && isNumber(e.exponent, 2) && freeOf(base).binders.size > 0)
			return { op: "mul", factors: [base, this.number(e.base, scope)] };
		return { op: "pow", base, exponent: this.number(e.exponent, scope) };
	}

	private index(name: string, scope: Scope): Scalar {
		const bound = scope.indices.get(name);
		if (bound) return bound;
		const known = this.freeSlots.get(name);
		const slot = known ?? this.newSlot();
		this.freeSlots.set(name, slot);
		return slotNode(slot);
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

	/** c and M where a tree is a multiple c M of a composed matrix or of the inverse of one; else null. */
	multipleOfRandom(e: Expr, scope: Scope): Multiple | null {
		if (e.kind === "inverse") {
			const found = this.multipleOfRandom(e.of, scope);
			if (!found) return null;
			const by = found.by.map(
				(base): Scalar => ({ op: "pow", base, exponent: minusOne }),
			);
			return { by, of: inverted(found.of) };
		}
		if (e.kind === "mul") {
			const matrix = e.factors.find((f) => shapeOf(f).length === 2);
			const found = matrix ? this.multipleOfRandom(matrix, scope) : null;
			if (!found) return null;
			const numbers = e.factors.filter((f) => f !== matrix);
			return { ...found, by: [...this.numbers(numbers, scope), ...found.by] };
		}
		if (e.kind !== "symbol" || e.shape.length !== 2) return null;
		const at = this.numbers(e.indices, scope);
		const node = this.value(e.name, at, scope);
		const of = composedMatrix(this, node, e.shape[0] as Dim);
		return of && { by: [], of };
	}

	/** (c Λ)⁻¹ = c⁻¹ Λ⁻¹. */
	private randomInverse(
		e: Expr,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): Scalar | null {
		const found = this.multipleOfRandom(e, scope);
		if (!found) return null;
		const inverses = found.by.map(
			(base): Scalar => ({ op: "pow", base, exponent: minusOne }),
		);
		return { op: "mul", factors: [...inverses, found.of.inverse(row, column)] };
	}

	/** |c Λ|ᵉ = c^{D e} |Λ|ᵉ. */
	private randomDeterminant(
		of: Expr,
		exponent: Scalar,
		scope: Scope,
	): Scalar | null {
		const found = this.multipleOfRandom(of, scope);
		if (!found) return null;
		const rows: Scalar = { op: "size", dim: extents(shapeOf(of))[0] };
		const powers = found.by.map(
			(base): Scalar => ({
				op: "pow",
				base,
				exponent: { op: "mul", factors: [rows, exponent] },
			}),
		);
		return { op: "mul", factors: [...powers, found.of.determinant(exponent)] };
	}

	/** log|c Λ| = D log c + log|Λ|. */
	private randomLogDeterminant(
		{ fn, argument }: Apply,
		scope: Scope,
	): Scalar | null {
		if (fn !== "log" || argument.kind !== "determinant") return null;
		const found = this.multipleOfRandom(argument.of, scope);
		if (!found) return null;
		const rows: Scalar = {
			op: "size",
			dim: extents(shapeOf(argument.of))[0],
		};
		const logs = found.by.map(
			(c): Scalar => ({
				op: "mul",
				factors: [rows, logOf(c, this.context)],
			}),
		);
		return { op: "add", terms: [...logs, found.of.logDeterminant()] };
	}

	value(name: string, at: readonly Scalar[], scope: Scope): ValueNode {
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
		const at = inner === 1 ? one : slotNode(this.newSlot());
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
	private tabulate(
		e: Tabulate,
		row: Scalar,
		column: Scalar,
		scope: Scope,
	): Scalar {
		const inside = {
			...scope,
			indices: new Map(scope.indices).set(e.index, row),
		};
		return shapeOf(e.body).length === 0
			? this.number(e.body, inside)
			: this.entry(e.body, column, one, inside);
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
			indices: new Map(scope.indices).set(e.index, slotNode(slot)),
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

	private maximum(e: Maximum, scope: Scope): MaximumNode {
		const slot = this.newSlot();
		const indices = new Map(scope.indices).set(e.index, slotNode(slot));
		const body = this.number(e.body, { ...scope, indices });
		return { op: "maximum", slot, range: e.range, body };
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
}

/** A sum of numbers; 1 − x for a bound variable is a node of its own. */
function sumOf(terms: readonly Scalar[]): Scalar {
	const [first, second] = terms;
	const of = second && minusBound(second);
	const isComplement =
		terms.length === 2 &&
		first?.op === "number" &&
		first.value.equals(1) &&
		of !== null &&
		of !== undefined;
	return isComplement ? { op: "complement", of } : { op: "add", terms };
}

/** x of −x, if it is a bound variable. */
function minusBound(e: Scalar): ValueNode | null {
	if (e.op !== "mul" || e.factors.length !== 2) return null;
	const [sign, value] = e.factors;
	return sign?.op === "number" &&
		sign.value.equals(-1) &&
		value?.op === "value" &&
		value.binders.length > 0
		? value
		: null;
}
