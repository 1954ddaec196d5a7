import type { FunctionName } from "../expr/tree.js";
import type { Arithmetic } from "./arithmetic.js";
import { digamma, gamma, lgamma, trigamma } from "./special.js";

/** A function of one number in an arithmetic. */
export function functionOf<T>(
	A: Arithmetic<T>,
	name: FunctionName,
): (x: T) => T {
	switch (name) {
		case "log":
			return A.log;
		case "exp":
			return A.exp;
		case "abs":
			return A.abs;
		case "step":
			return (x) => stepOf(A, x);
		case "gamma":
			return (x) => gamma(A, x);
		case "lgamma":
			return (x) => lgamma(A, x);
		case "digamma":
			return (x) => digamma(A, x);
		case "trigamma":
			return (x) => trigamma(A, x);
		case "sigmoid":
			return (x) => A.div(A.one, A.add(A.one, A.exp(A.sub(A.zero, x))));
	}
}

function stepOf<T>(A: Arithmetic<T>, x: T): T {
	const value = A.toNumber(x);
	if (Number.isNaN(value)) return A.fromNumber(Number.NaN);
	return value >= 0 ? A.one : A.zero;
}
