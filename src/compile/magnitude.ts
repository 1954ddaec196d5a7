import type { ValueType } from "../expr/context.js";
import { add, call, mul, power, when } from "./arithmetic.js";
import { isAboutReference } from "./places.js";
import type { Plan } from "./plan.js";
import { isNumber, number, one, type Scalar } from "./scalar.js";

/**
 * A bound on what is added up in a value: every sum becomes the sum of the sizes of its terms. Times the machine's ε it
 * bounds the rounding error of the value, cancellation included: (a − b) is as uncertain as |a| + |b| is large. What is
 * taken from a reference is not: any other place near would do as well.
 */
export function magnitude(s: Scalar, plan: Plan): Scalar {
	const of = (part: Scalar) => magnitude(part, plan);
	switch (s.kind) {
		case "number":
			return number(s.value.abs());
		case "named":
		case "size":
		case "index":
			return s;
		case "read":
			return hasSign(s.type) ? call("abs", s) : s;
		case "add":
			return isAboutReference(s, plan)
				? call("abs", s)
				: add(...s.terms.map(of));
		case "mul":
			return mul(...s.factors.map(of));
		case "power":
			return isWhole(s.exponent)
				? power(of(s.base), s.exponent)
				: call("abs", s);
		case "logdet":
			return add(one, call("abs", s));
		case "call":
			return s.fn === "exp" ? s : add(one, call("abs", s));
		case "fold":
			return s.op === "+" ? { ...s, body: of(s.body) } : call("abs", s);
		case "when":
			return when(s, of(s.body));
		default:
			return call("abs", s);
	}
}

/** Whether numbers of a type may be negative. */
function hasSign(type: ValueType): boolean {
	return ["real", "integer", "symmetric", "posdef"].includes(type);
}

/** Whether it is a whole number of at least 0, so that the power of a sum's size bounds that of the sum. */
function isWhole(exponent: Scalar): boolean {
	return (
		isNumber(exponent) &&
		exponent.value.d === 1n &&
		exponent.value.compare(0) >= 0
	);
}
