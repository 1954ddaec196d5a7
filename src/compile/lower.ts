import type { Context } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type {
	BigProduct,
	BigSum,
	Dim,
	Expr,
	MatMul,
	Shape,
	Sym,
} from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { add, call, fold, foldOver, mul, power, when } from "./arithmetic.js";
import { type Matrix, number, one, type Scalar, sizeOf } from "./scalar.js";
import { scalarMultiple } from "./structured.js";

/** What the free and bound indices of a tree stand for. */
export type IndexValues = ReadonlyMap<string, Scalar>;

/**
 * One component of a tree as a value: a dot product becomes a sum over a hidden index, and so on.
 * `at` has one subscript for each axis of the tree's shape; a row `[1, D]` has two.
 * @throws Problem for what no closed form contains: expectations, integrals, densities, derivatives.
 */
export function lower(
	e: Expr,
	at: readonly Scalar[],
	indices: IndexValues,
	context: Context,
): Scalar {
	return new Lowering(context).component(e, at, indices);
}

class Lowering {
	constructor(private readonly context: Context) {}

	component(e: Expr, at: readonly Scalar[], indices: IndexValues): Scalar {
		switch (e.kind) {
			case "num":
				return number(e.value);
			case "constant":
				return { kind: "named", name: e.name };
			case "size":
				return sizeOf(e.name);
			case "index":
				return this.index(e.name, indices);
			case "symbol":
				return this.symbol(e, at, indices);
			case "add":
				return add(...e.terms.map((t) => this.component(t, at, indices)));
			case "mul":
				return mul(
					...e.factors.map((f) =>
						this.component(f, shapeOf(f).length === 0 ? [] : at, indices),
					),
				);
			case "matmul":
				return this.matrixProduct(e, at, indices);
			case "pow":
				return power(
					this.component(e.base, [], indices),
					this.component(e.exponent, [], indices),
				);
			case "apply":
				return call(e.fn, this.component(e.argument, [], indices));
			case "transpose":
				return this.transposed(e.of, at, indices);
			case "trace":
				return this.trace(e.of, indices);
			case "identity":
				return delta(at, one);
			case "diagonal":
				return delta(at, this.component(e.of, at.slice(0, 1), indices));
			case "tabulate": {
				const inside = new Map(indices).set(e.index, at[0] as Scalar);
				return this.component(e.body, at.slice(1), inside);
			}
			case "entry": {
				const subscripts = e.at.map((s) => this.component(s, [], indices));
				return this.component(e.of, subscripts, indices);
			}
			case "sum":
			case "product":
				return this.big(e, at, indices);
			case "indicator":
				return when(
					{
						kind: "when",
						comparison: e.comparison,
						left: this.component(e.left, [], indices),
						right: this.component(e.right, [], indices),
					},
					one,
				);
			case "inverse":
				return this.inverse(e.of, at, indices);
			case "determinant":
				return this.determinant(e.of, indices);
			default:
				throw new Problem(
					`an update cannot be compiled while it contains ${describe(e.kind)}`,
					null,
					"a closed form",
				);
		}
	}

	private index(name: string, indices: IndexValues): Scalar {
		const known = indices.get(name);
		if (known) return known;
		throw new Problem(
			`the index ${name} is neither summed over nor on the left side`,
			null,
			"an update whose indices all stand on its left side",
		);
	}

	private symbol(e: Sym, at: readonly Scalar[], indices: IndexValues): Scalar {
		const info = this.context.symbols.get(e.name);
		if (!info)
			throw new Problem(
				`${e.name} is not declared`,
				null,
				`a declaration of ${e.name}`,
			);
		const subscripts = e.indices.map((s) => this.component(s, [], indices));
		return {
			kind: "read",
			array: e.name,
			at: [...subscripts, ...at],
			type: info.type,
		};
	}

	/** The component in a row and a column of a tree seen as a matrix: a number is 1 × 1, a vector D × 1. */
	private cell(
		e: Expr,
		row: Scalar,
		column: Scalar,
		indices: IndexValues,
	): Scalar {
		const axes = shapeOf(e).length;
		return this.component(e, [row, column].slice(0, axes), indices);
	}

	private matrixProduct(
		e: MatMul,
		at: readonly Scalar[],
		indices: IndexValues,
	): Scalar {
		const [row, column] = placeInProduct(shapeOf(e), at);
		const inner = columnsOf(shapeOf(e.left));
		const term = (t: Scalar) =>
			mul(
				this.cell(e.left, row, t, indices),
				this.cell(e.right, t, column, indices),
			);
		return inner === 1 ? term(one) : sumOver(inner, term);
	}

	private transposed(
		of: Expr,
		at: readonly Scalar[],
		indices: IndexValues,
	): Scalar {
		const [row, column] = placeInProduct(transposedShape(shapeOf(of)), at);
		return this.cell(of, column, row, indices);
	}

	private trace(of: Expr, indices: IndexValues): Scalar {
		const [size] = shapeOf(of);
		if (size === undefined) return this.component(of, [], indices);
		return sumOver(size, (t) => this.cell(of, t, t, indices));
	}

	private big(
		e: BigSum | BigProduct,
		at: readonly Scalar[],
		indices: IndexValues,
	): Scalar {
		const name = freshName(e.index);
		const bound: Scalar = { kind: "index", name, size: e.range };
		const outer = (x: Expr) => this.component(x, [], indices);
		return fold({
			kind: "fold",
			op: e.kind === "sum" ? "+" : "*",
			index: name,
			size: e.range,
			lower: outer(e.lower),
			upper: outer(e.upper),
			except: e.except.map(outer),
			body: this.component(e.body, at, new Map(indices).set(e.index, bound)),
		});
	}

	private inverse(
		of: Expr,
		at: readonly Scalar[],
		indices: IndexValues,
	): Scalar {
		const shape = shapeOf(of);
		if (shape.length === 0)
			return power(this.component(of, [], indices), number(-1));
		const diagonal = this.diagonalEntry(of, at[0] as Scalar, indices);
		return diagonal
			? delta(at, power(diagonal, number(-1)))
			: { kind: "inverse", of: this.matrix(of, indices), at };
	}

	private determinant(of: Expr, indices: IndexValues): Scalar {
		const [size] = shapeOf(of);
		if (size === undefined) return this.component(of, [], indices);
		return isDiagonal(of)
			? foldRange(
					"*",
					size,
					(t) => this.diagonalEntry(of, t, indices) as Scalar,
				)
			: call("exp", { kind: "logdet", of: this.matrix(of, indices) });
	}

	/** A matrix by its entries. */
	private matrix(of: Expr, indices: IndexValues): Matrix {
		const [size = 1] = shapeOf(of);
		const [row, column] = [freshName("r"), freshName("c")];
		const at = [row, column].map(
			(name): Scalar => ({ kind: "index", name, size }),
		);
		return { size, row, column, entry: this.component(of, at, indices) };
	}

	/** The entry at (t, t) of a matrix that is diagonal by its form, else null. */
	private diagonalEntry(
		of: Expr,
		t: Scalar,
		indices: IndexValues,
	): Scalar | null {
		if (!isDiagonal(of)) return null;
		const { scale, matrix } = scalarMultiple(of);
		const factor = mul(...scale.map((f) => this.component(f, [], indices)));
		if (matrix.kind === "identity") return factor;
		return matrix.kind === "diagonal"
			? mul(factor, this.component(matrix.of, [t], indices))
			: null;
	}
}

function isDiagonal(e: Expr): boolean {
	const { kind } = scalarMultiple(e).matrix;
	return kind === "identity" || kind === "diagonal";
}

/** `value` on the diagonal, 0 elsewhere. */
function delta(at: readonly Scalar[], value: Scalar): Scalar {
	const [left, right] = at as readonly [Scalar, Scalar];
	return when({ kind: "when", comparison: "=", left, right }, value);
}

function sumOver(size: Dim, term: (t: Scalar) => Scalar): Scalar {
	return foldRange("+", size, term);
}

function foldRange(
	op: "+" | "*",
	size: Dim,
	term: (t: Scalar) => Scalar,
): Scalar {
	const base = typeof size === "string" ? size.toLowerCase() : "d";
	const name = freshName(base);
	return foldOver(op, name, size, term({ kind: "index", name, size }));
}

function columnsOf(shape: Shape): Dim {
	return shape[1] ?? 1;
}

function transposedShape(shape: Shape): Shape {
	const rows = shape[0] ?? 1;
	const columns = columnsOf(shape);
	if (rows === 1) return columns === 1 ? [] : [columns];
	return [columns, rows];
}

/** Row and column that a component of a product has, whose shape leaves out axes of length one. */
function placeInProduct(
	shape: Shape,
	at: readonly Scalar[],
): readonly [Scalar, Scalar] {
	return shape.length === 2
		? [at[0] as Scalar, at[1] as Scalar]
		: [at[0] ?? one, one];
}

function describe(kind: Expr["kind"]): string {
	const names: Partial<Record<Expr["kind"], string>> = {
		expectation: "an expectation",
		integral: "an integral",
		pdf: "a density",
		derivative: "a derivative",
		table: "an unnamed density",
	};
	return names[kind] ?? kind;
}
