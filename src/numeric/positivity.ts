import type { Context } from "../expr/context.js";
import type { Scalar } from "./scalar.js";
import { tableVariable } from "./tables.js";

const positiveTypes = new Set(["positive", "probability", "simplex"]);

/**
 * Whether a number is positive in every world, whatever its parts. Where it is, log turns products into sums for sure;
 * where it is not, the logarithm is taken of the number itself, so that log((−1)(−2)) stays apart from log −1 + log −2.
 */
export function isPositive(e: Scalar, context: Context): boolean {
	const positive = (x: Scalar): boolean => isPositive(x, context);
	switch (e.op) {
		case "number":
			return e.value.compare(0) > 0;
		case "constant":
		case "size":
		case "density":
			return true;
		case "value":
			return positiveTypes.has(
				context.symbols.get(tableVariable(e.name, context))?.type ?? "",
			);
		case "add":
			return e.terms.every(positive);
		case "mul":
			return e.factors.every(positive);
		case "pow":
			return positive(e.base);
		case "apply":
			return e.fn === "exp" || e.fn === "sigmoid";
		case "product":
			return positive(e.body);
		case "table":
			return e.role === "density";
		default:
			return false;
	}
}

/** log of a number, split over products, powers and densities wherever that is safe. */
export function logOf(e: Scalar, context: Context): Scalar {
	const again = (x: Scalar): Scalar => logOf(x, context);
	if (e.op === "density") return e.log;
	if (e.op === "apply" && e.fn === "exp") return e.argument;
	if (isPositive(e, context)) {
		if (e.op === "mul") return { op: "add", terms: e.factors.map(again) };
		if (e.op === "product") return { ...e, op: "sum", body: again(e.body) };
		if (e.op === "pow")
			return { op: "mul", factors: [e.exponent, again(e.base)] };
	}
	return { op: "apply", fn: "log", argument: e };
}
