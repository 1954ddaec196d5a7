import type Fraction from "fraction.js";
import type { Dim, FunctionName } from "../expr/tree.js";
import {
	type FoldScalar,
	freeIndices,
	isFullRange,
	isNumber,
	isValue,
	keyOf,
	type MulScalar,
	number,
	one,
	replaceIndices,
	type Scalar,
	sizeOf,
	someScalar,
	type WhenScalar,
	zero,
} from "./scalar.js";

/**
 * Constructors that keep values small: units and zeros vanish, exact numbers are combined, equal factors become
 * powers, and what does not depend on an index leaves its sum. None of them changes a value.
 */

export function add(...terms: readonly Scalar[]): Scalar {
	const flat = terms.flatMap((t) => (t.kind === "add" ? t.terms : [t]));
	let constant = zero.value;
	const rest: Scalar[] = [];
	for (const term of flat) {
		if (isNumber(term)) constant = constant.add(term.value);
		else rest.push(term);
	}
	if (!constant.equals(0)) rest.push(number(constant));
	if (rest.length === 0) return zero;
	return rest.length === 1 ? (rest[0] as Scalar) : { kind: "add", terms: rest };
}

export function mul(...factors: readonly Scalar[]): Scalar {
	const flat = factors.flatMap((f) => (f.kind === "mul" ? f.factors : [f]));
	const guard = flat.find((f): f is WhenScalar => f.kind === "when");
	if (guard) {
		const others = flat.filter((f) => f !== guard);
		return when(guard, mul(guard.body, ...others));
	}
	let coefficient = one.value;
	const powers = new Map<string, { base: Scalar; exponent: Scalar }>();
	for (const factor of flat) {
		if (isNumber(factor)) coefficient = coefficient.mul(factor.value);
		else collectPower(factor, powers);
	}
	if (coefficient.equals(0)) return zero;
	const rest = [...powers.values()]
		.map(({ base, exponent }) => power(base, exponent))
		.filter((f) => !isValue(f, 1));
	return product(coefficient, rest);
}

function product(coefficient: Fraction, rest: readonly Scalar[]): Scalar {
	const factors = coefficient.equals(1) ? rest : [number(coefficient), ...rest];
	if (factors.length === 0) return one;
	if (factors.length === 1) return factors[0] as Scalar;
	const guarded = guardZeroWeight(factors);
	return guarded ?? { kind: "mul", factors };
}

function collectPower(
	factor: Scalar,
	powers: Map<string, { base: Scalar; exponent: Scalar }>,
): void {
	const base = factor.kind === "power" ? factor.base : factor;
	const exponent = factor.kind === "power" ? factor.exponent : one;
	const key = keyOf(base);
	const known = powers.get(key);
	powers.set(key, {
		base,
		exponent: known ? add(known.exponent, exponent) : exponent,
	});
}

/**
 * φ log φ is 0 at φ = 0, its limit: a product of a weight that may be 0 and a logarithm of something that may be 0 is
 * only computed where the weight is not 0.
 */
function guardZeroWeight(factors: readonly Scalar[]): Scalar | null {
	const weight = factors.find(mayBeZero);
	if (!weight) return null;
	const others = factors.filter((f) => f !== weight);
	if (!others.some(takesLogOfWeight)) return null;
	return {
		kind: "when",
		comparison: "≠",
		left: weight,
		right: zero,
		body: { kind: "mul", factors },
	};
}

function mayBeZero(s: Scalar): boolean {
	return (
		s.kind === "read" &&
		(s.type === "simplex" ||
			s.type === "probability" ||
			s.type === "nonnegative")
	);
}

function takesLogOfWeight(s: Scalar): boolean {
	return someScalar(
		s,
		(part) =>
			part.kind === "call" &&
			part.fn === "log" &&
			someScalar(part.argument, mayBeZero),
	);
}

export function power(base: Scalar, exponent: Scalar): Scalar {
	if (isValue(exponent, 1)) return base;
	if (isValue(exponent, 0)) return one;
	if (isValue(base, 1)) return one;
	if (isNumber(base) && isNumber(exponent) && exponent.value.d === 1n) {
		const exact = base.value.equals(0) ? null : base.value.pow(exponent.value);
		if (exact) return number(exact);
	}
	if (isNumber(exponent) && exponent.value.d === 1n) {
		if (base.kind === "mul")
			return mul(...base.factors.map((f) => power(f, exponent)));
		if (base.kind === "power" && isNumber(base.exponent))
			return wholePower(base.base, base.exponent.value, exponent.value);
	}
	return { kind: "power", base, exponent };
}

/** (b^p)^n for whole n; (b²)^½ is not b, but (b^½)² is, since b^½ is only defined for b ≥ 0. */
function wholePower(base: Scalar, inner: Fraction, outer: Fraction): Scalar {
	return power(base, number(inner.mul(outer)));
}

export function call(fn: FunctionName, argument: Scalar): Scalar {
	if (fn === "log") return log(argument);
	if (fn === "exp" && isValue(argument, 0)) return one;
	return { kind: "call", fn, argument };
}

/**
 * A logarithm. That of a product is taken factor by factor where a factor may overflow or vanish as a number though its
 * logarithm is moderate: exponentials, Γ, products over an index, powers whose exponent grows.
 */
function log(argument: Scalar): Scalar {
	if (isValue(argument, 1)) return zero;
	if (argument.kind === "call" && argument.fn === "exp")
		return argument.argument;
	if (argument.kind === "call" && argument.fn === "gamma")
		return call("lgamma", argument.argument);
	if (argument.kind === "power" && isPositive(argument.base))
		return mul(argument.exponent, log(argument.base));
	if (argument.kind === "fold" && argument.op === "*" && isPositive(argument))
		return fold({ ...argument, op: "+", body: log(argument.body) });
	if (argument.kind === "mul") return logOfProduct(argument);
	return { kind: "call", fn: "log", argument };
}

function logOfProduct(product: MulScalar): Scalar {
	const apart = product.factors.filter((f) => isPositive(f) && isRisky(f));
	if (apart.length === 0) return { kind: "call", fn: "log", argument: product };
	const rest = product.factors.filter((f) => !apart.includes(f));
	return add(log(mul(...rest)), ...apart.map(log));
}

/** Whether a positive value may be too large or too small for a number though its logarithm is not. */
function isRisky(s: Scalar): boolean {
	if (s.kind === "power" && !isNumber(s.exponent)) return true;
	return someScalar(
		s,
		(part) =>
			(part.kind === "call" && (part.fn === "exp" || part.fn === "gamma")) ||
			(part.kind === "fold" && part.op === "*"),
	);
}

/** Whether a value is positive by its form and the types of what it reads. */
function isPositive(s: Scalar): boolean {
	switch (s.kind) {
		case "number":
			return s.value.compare(0) > 0;
		case "named":
		case "size":
		case "index":
			return true;
		case "read":
			return s.type === "positive";
		case "call":
			return s.fn === "exp" || (s.fn === "gamma" && isPositive(s.argument));
		case "power":
			return isPositive(s.base);
		case "add":
			return s.terms.every(isPositive);
		case "mul":
			return s.factors.every(isPositive);
		case "fold":
			return isPositive(s.body);
		default:
			return false;
	}
}

/**
 * What a sum says about an index: terms that do not depend on it are left out, within common factors too. Weights along
 * the index that are normalised afterwards do not change by it.
 */
export function dependentPart(s: Scalar, index: string): Scalar {
	if (!freeIndices(s).has(index)) return zero;
	if (s.kind === "add")
		return add(...s.terms.map((term) => dependentPart(term, index)));
	if (s.kind !== "mul") return s;
	const inside = s.factors.filter((f) => freeIndices(f).has(index));
	const outside = s.factors.filter((f) => !inside.includes(f));
	const [only] = inside;
	return inside.length === 1 && only
		? mul(...outside, dependentPart(only, index))
		: s;
}

/** `body` under the comparison of another guard. */
export function when(guard: Omit<WhenScalar, "body">, body: Scalar): Scalar {
	if (isValue(body, 0)) return zero;
	if (guard.comparison === "=" && keyOf(guard.left) === keyOf(guard.right))
		return body;
	if (isNumber(guard.left) && isNumber(guard.right))
		return compareExact(guard) ? body : zero;
	if (body.kind === "when" && testKey(body) === testKey(guard)) return body;
	const { comparison, left, right } = guard;
	return { kind: "when", comparison, left, right, body };
}

function testKey(guard: Omit<WhenScalar, "body">): string {
	return `${keyOf(guard.left)}${guard.comparison}${keyOf(guard.right)}`;
}

function compareExact(guard: Omit<WhenScalar, "body">): boolean {
	if (!isNumber(guard.left) || !isNumber(guard.right)) return false;
	const order = guard.left.value.compare(guard.right.value);
	switch (guard.comparison) {
		case "=":
			return order === 0;
		case "≠":
			return order !== 0;
		case "<":
			return order < 0;
		case "≤":
			return order <= 0;
	}
}

/** The whole sum or product over an index. */
export function foldOver(
	op: "+" | "*",
	index: string,
	size: Dim,
	body: Scalar,
): Scalar {
	return fold({
		kind: "fold",
		op,
		index,
		size,
		lower: one,
		upper: sizeOf(size),
		except: [],
		body,
	});
}

/** A sum or product, with constants out of a sum and deltas contracted. */
export function fold(f: FoldScalar): Scalar {
	if (isValue(f.body, f.op === "+" ? 0 : 1)) return f.body;
	if (isFullRange(f)) {
		if (!freeIndices(f.body).has(f.index))
			return f.op === "+"
				? mul(sizeOf(f.size), f.body)
				: power(f.body, sizeOf(f.size));
		const contracted = f.op === "+" ? contract(f) : null;
		if (contracted) return contracted;
	}
	return f.op === "+" ? pullOut(f) : f;
}

/** Σ_l [l = k] f_l is f_k, where k runs over the same size. */
function contract(f: FoldScalar): Scalar | null {
	const { body } = f;
	if (body.kind !== "when" || body.comparison !== "=") return null;
	for (const [bound, other] of [
		[body.left, body.right],
		[body.right, body.left],
	] as const) {
		const isBound = bound.kind === "index" && bound.name === f.index;
		const sameSize = other.kind === "index" && other.size === f.size;
		if (isBound && sameSize)
			return replaceIndices(body.body, new Map([[f.index, other]]));
	}
	return null;
}

function pullOut(f: FoldScalar): Scalar {
	if (f.body.kind !== "mul") return f;
	const outside: Scalar[] = [];
	const inside: Scalar[] = [];
	for (const factor of f.body.factors)
		(freeIndices(factor).has(f.index) ? inside : outside).push(factor);
	if (outside.length === 0) return f;
	return mul(...outside, fold({ ...f, body: mul(...inside) }));
}
