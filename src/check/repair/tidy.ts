import type Fraction from "fraction.js";
import { mul, num, one, pow } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import { textOf } from "./tree.js";

/** e^exponent; a power of a power is written as one. */
export function raised(e: Expr, exponent: Fraction | number): Expr {
	const by = num(exponent).value;
	if (e.kind === "num" && by.d === 1n) return num(e.value.pow(by) ?? e.value);
	if (e.kind !== "pow" || e.exponent.kind !== "num") return pow(e, num(by));
	return pow(e.base, num(e.exponent.value.mul(by)));
}

/** The product as one would write it: numbers multiplied out, powers of one thing collected, what cancels left out. */
export function scaled(e: Expr, by: Expr): Expr {
	const factors = [...factorsOf(by), ...factorsOf(e)];
	let coefficient = one.value;
	const powers = new Map<string, { base: Expr; exponent: Fraction }>();
	const others: Expr[] = [];
	for (const factor of factors) {
		if (factor.kind === "num") coefficient = coefficient.mul(factor.value);
		else if (isScalarPower(factor)) collect(powers, factor);
		else others.push(factor);
	}
	const collected = [...powers.values()]
		.filter(({ exponent }) => exponent.n !== 0n)
		.map(({ base, exponent }) => pow(base, num(exponent)));
	return mul(num(coefficient), ...collected, ...others);
}

function factorsOf(e: Expr): readonly Expr[] {
	return e.kind === "mul" ? e.factors : [e];
}

/** A symbol, a size or a constant, perhaps to a power. */
function isScalarPower(e: Expr): boolean {
	const base = e.kind === "pow" && e.exponent.kind === "num" ? e.base : e;
	if (base.kind === "symbol") return base.shape.length === 0;
	return base.kind === "size" || base.kind === "constant";
}

function collect(
	powers: Map<string, { base: Expr; exponent: Fraction }>,
	factor: Expr,
): void {
	const base = factor.kind === "pow" ? factor.base : factor;
	const exponent =
		factor.kind === "pow" && factor.exponent.kind === "num"
			? factor.exponent.value
			: one.value;
	const key = textOf(base);
	const before = powers.get(key);
	powers.set(key, {
		base,
		exponent: before ? before.exponent.add(exponent) : exponent,
	});
}
