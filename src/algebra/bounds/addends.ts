import Fraction from "fraction.js";
import { add, mul, num } from "../../expr/build.js";
import type { Bound, Expr } from "../../expr/tree.js";
import { some } from "../../expr/walk.js";

/** A tree as a sum of rational multiples, expectations and differences taken apart by linearity. */
export interface Addend {
	readonly coefficient: Fraction;
	readonly tree: Expr;
}

export function addendsOf(
	e: Expr,
	coefficient: Fraction = new Fraction(1),
): readonly Addend[] {
	if (e.kind === "num")
		return [{ coefficient: coefficient.mul(e.value), tree: num(1) }];
	if (e.kind === "add")
		return e.terms.flatMap((t) => addendsOf(t, coefficient));
	if (e.kind === "mul") {
		const [number, rest] = withoutNumbers(e.factors);
		if (rest.length === 1)
			return addendsOf(rest[0] as Expr, coefficient.mul(number));
		return [{ coefficient: coefficient.mul(number), tree: mul(...rest) }];
	}
	if (e.kind === "expectation")
		return addendsOf(e.body, coefficient).map((a) => ({
			...a,
			tree: { ...e, body: a.tree },
		}));
	return [{ coefficient, tree: e }];
}

function withoutNumbers(
	factors: readonly Expr[],
): readonly [Fraction, readonly Expr[]] {
	let number = new Fraction(1);
	const rest: Expr[] = [];
	for (const f of factors)
		if (f.kind === "num") number = number.mul(f.value);
		else rest.push(f);
	return [number, rest];
}

export function sumOf(addends: readonly Addend[]): Expr {
	return add(...addends.map((a) => mul(num(a.coefficient), a.tree)));
}

/** Whether a tree mentions a variable that is bound here, at any subscript. */
export function mentionsBound(e: Expr, over: readonly Bound[]): boolean {
	return some(
		e,
		(x) =>
			x.kind === "symbol" && over.some((b) => b.factor.variable === x.name),
	);
}
