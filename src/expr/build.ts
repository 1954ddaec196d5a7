import Fraction from "fraction.js";
import type {
	Dim,
	Expr,
	FunctionName,
	Index,
	Num,
	Shape,
	SizeOf,
	Sym,
} from "./tree.js";

/** Constructors: small conveniences that keep the invariants of tree.ts; they do no algebra beyond units and nesting. */

export function num(value: number | string | bigint | Fraction): Num {
	return {
		kind: "num",
		value: value instanceof Fraction ? value : new Fraction(value),
	};
}

export const zero: Num = num(0);
export const one: Num = num(1);
export const two: Num = num(2);
export const pi: Expr = { kind: "constant", name: "pi" };

export function index(name: string): Index {
	return { kind: "index", name };
}

export function size(dim: Dim): SizeOf | Num {
	return typeof dim === "number" ? num(dim) : { kind: "size", name: dim };
}

export function symbol(
	name: string,
	indices: readonly Expr[] = [],
	shape: Shape = [],
): Sym {
	return { kind: "symbol", name, indices, shape };
}

/** Sum, flattened; of one term the term, of none 0. */
export function add(...terms: readonly Expr[]): Expr {
	const flat = terms
		.flatMap((t) => (t.kind === "add" ? t.terms : [t]))
		.filter((t) => !isNumber(t, 0));
	if (flat.length === 0) return terms[0] ?? zero;
	return flat.length === 1 ? (flat[0] as Expr) : { kind: "add", terms: flat };
}

/** Product, flattened, units dropped; of one factor the factor, of none 1. */
export function mul(...factors: readonly Expr[]): Expr {
	const flat = factors
		.flatMap((f) => (f.kind === "mul" ? f.factors : [f]))
		.filter((f) => !isNumber(f, 1));
	if (flat.length === 0) return one;
	return flat.length === 1 ? (flat[0] as Expr) : { kind: "mul", factors: flat };
}

export function neg(e: Expr): Expr {
	return e.kind === "num" ? num(e.value.neg()) : mul(num(-1), e);
}

export function sub(a: Expr, b: Expr): Expr {
	return add(a, neg(b));
}

export function pow(base: Expr, exponent: Expr | number): Expr {
	const e = typeof exponent === "number" ? num(exponent) : exponent;
	return isNumber(e, 1) ? base : { kind: "pow", base, exponent: e };
}

export function div(a: Expr, b: Expr): Expr {
	return mul(a, pow(b, -1));
}

export function apply(fn: FunctionName, argument: Expr): Expr {
	return { kind: "apply", fn, argument };
}

export const log = (e: Expr): Expr => apply("log", e);
export const exp = (e: Expr): Expr => apply("exp", e);

export function transpose(of: Expr): Expr {
	return of.kind === "transpose" ? of.of : { kind: "transpose", of };
}

export function matmul(left: Expr, right: Expr): Expr {
	return { kind: "matmul", left, right };
}

/** aᵀ b for two columns. */
export function dot(a: Expr, b: Expr): Expr {
	return matmul(transpose(a), b);
}

/** Σ_{index=1}^{range} body. */
export function sum(
	indexName: string,
	range: Dim,
	body: Expr,
	except: readonly Expr[] = [],
): Expr {
	return {
		kind: "sum",
		index: indexName,
		range,
		lower: one,
		upper: size(range),
		except,
		body,
	};
}

/** Π_{index=1}^{range} body. */
export function product(
	indexName: string,
	range: Dim,
	body: Expr,
	except: readonly Expr[] = [],
): Expr {
	return {
		kind: "product",
		index: indexName,
		range,
		lower: one,
		upper: size(range),
		except,
		body,
	};
}

export function entry(of: Expr, ...at: readonly Expr[]): Expr {
	return { kind: "entry", of, at };
}

export function determinant(of: Expr): Expr {
	return { kind: "determinant", of };
}

export function isNumber(e: Expr, value?: number): e is Num {
	return e.kind === "num" && (value === undefined || e.value.equals(value));
}
