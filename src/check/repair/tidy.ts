import type Fraction from "fraction.js";
import { index, mul, neg, num, one, pow } from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr } from "../../expr/tree.js";
import { freeIndices, mapChildren } from "../../expr/walk.js";
import { textOf, withIndex } from "./tree.js";

/** Products as one would write them, with as little as possible of what was there changed. */

/** e^exponent; a power of a power is written as one, a whole power of a product factor by factor. */
export function raised(e: Expr, exponent: Fraction | number): Expr {
	const by = num(exponent).value;
	const isShort = by.d === 1n && by.n <= 64n;
	if (e.kind === "num" && isShort && e.value.n !== 0n)
		return num(e.value.pow(by) ?? e.value);
	if (e.kind === "mul" && by.d === 1n && shapeOf(e).length === 0)
		return mul(...e.factors.map((f) => raised(f, by)));
	if (e.kind !== "pow" || e.exponent.kind !== "num") return pow(e, num(by));
	return pow(e.base, num(e.exponent.value.mul(by)));
}

/** by · e: numbers multiplied out, powers of what `by` mentions collected and left out where they cancel. */
export function scaled(e: Expr, by: Expr): Expr {
	let factors = factorsOf(e).flatMap((f) =>
		isTouched(f, by) ? opened(f) : [f],
	);
	for (const f of factorsOf(by)) factors = multiplied(factors, f);
	return mul(...factors);
}

function factorsOf(e: Expr): readonly Expr[] {
	return e.kind === "mul" ? e.factors : [e];
}

/** A product in a denominator that holds a number or a base that `by` is about to change. */
function isTouched(f: Expr, by: Expr): boolean {
	if (f.kind !== "pow" || f.base.kind !== "mul") return false;
	const wanted = new Set(
		factorsOf(by)
			.filter((b) => !isSign(b))
			.map(baseText),
	);
	return f.base.factors.some((inner) => wanted.has(baseText(inner)));
}

function isSign(e: Expr): boolean {
	return e.kind === "num" && e.value.equals(-1);
}

/** (a b)^{-1} as a^{-1} b^{-1}. */
export function opened(f: Expr): readonly Expr[] {
	if (f.kind !== "pow" || f.base.kind !== "mul" || f.exponent.kind !== "num")
		return [f];
	const { value } = f.exponent;
	return value.d === 1n
		? f.base.factors.map((inner) => raised(inner, value))
		: [f];
}

function multiplied(factors: readonly Expr[], by: Expr): Expr[] {
	if (by.kind === "num") return timesNumber(factors, by.value);
	const at = factors.findIndex((f) => baseText(f) === baseText(by));
	const own = factors[at];
	if (!own) return afterNumbers(factors, by);
	const product = power(own, by);
	return factors.flatMap((f, n) =>
		n === at ? (product ? [product] : []) : [f],
	);
}

/** The numbers among the factors and one more, as one in front. */
function timesNumber(factors: readonly Expr[], by: Fraction): Expr[] {
	const numbers = factors.flatMap((f) => (f.kind === "num" ? [f.value] : []));
	const product = numbers.reduce((a, b) => a.mul(b), by);
	return [num(product), ...factors.filter((f) => f.kind !== "num")];
}

function afterNumbers(factors: readonly Expr[], by: Expr): Expr[] {
	const [first, ...rest] = factors;
	return first?.kind === "num" ? [first, by, ...rest] : [by, ...factors];
}

/** The product of two powers of one base; null if they cancel. */
function power(a: Expr, b: Expr): Expr | null {
	const exponent = exponentOf(a).add(exponentOf(b));
	return exponent.n === 0n ? null : pow(baseOf(a), num(exponent));
}

function baseOf(e: Expr): Expr {
	return e.kind === "pow" && e.exponent.kind === "num" ? e.base : e;
}

function exponentOf(e: Expr): Fraction {
	return e.kind === "pow" && e.exponent.kind === "num"
		? e.exponent.value
		: one.value;
}

/** Identifies what a factor is a power of; all numbers are powers of one thing. */
function baseText(e: Expr): string {
	return e.kind === "num" ? "number" : textOf(baseOf(e));
}

/** −Σ f for Σ −f, and in every product the number first, then sizes, then what is a vector last; at any depth. */
export function inOrder(e: Expr): Expr {
	const inner = mapChildren(e, inOrder);
	if (inner.kind === "mul") return mul(...ordered(inner.factors));
	if (inner.kind !== "sum" || inner.body.kind !== "mul") return inner;
	const [first, ...rest] = inner.body.factors;
	if (first?.kind !== "num" || first.value.s > 0n) return inner;
	return neg({ ...inner, body: mul(num(first.value.neg()), ...rest) });
}

function ordered(factors: readonly Expr[]): Expr[] {
	const numbers = factors.flatMap((f) => (f.kind === "num" ? [f.value] : []));
	const others = factors.filter((f) => f.kind !== "num");
	const rank = (f: Expr) =>
		f.kind === "size" ? 0 : shapeOf(f).length > 0 ? 2 : 1;
	const product = numbers.reduce((a, b) => a.mul(b), one.value);
	return [num(product), ...others.sort((a, b) => rank(a) - rank(b))];
}

/** Copies of an index (`i#2`, `i1`) by its plain name, where nothing else has that name any more. */
export function withPlainIndices(
	e: Expr,
	taken: ReadonlySet<string> = new Set(),
): Expr {
	if (e.kind !== "sum" && e.kind !== "product" && e.kind !== "maximum")
		return mapChildren(e, (child) => withPlainIndices(child, taken));
	const plain = e.index.replace(/[#\d].*$/, "");
	const isFree = !taken.has(plain) && !freeIndices(e.body).has(plain);
	const isPlain = e.index === plain || e.index.includes("#");
	const copy = isPlain ? e.index : `${plain}#1`;
	const name = isFree ? plain : copy;
	const body = withIndex(e.body, e.index, index(name));
	const inside = new Set([...taken, name]);
	return { ...e, index: name, body: withPlainIndices(body, inside) };
}
