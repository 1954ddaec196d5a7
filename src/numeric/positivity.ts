import Fraction from "fraction.js";
import type { Context } from "../expr/context.js";
import type { DensityNode, Scalar, ValueNode } from "./scalar.js";
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
			return positiveTypes.has(typeOf(e, context));
		case "complement":
			return typeOf(e.of, context) === "probability";
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

function typeOf({ name }: ValueNode, context: Context): string {
	return context.symbols.get(tableVariable(name, context))?.type ?? "";
}

/** log of a number, split over products, powers and densities wherever that is safe. */
export function logOf(e: Scalar, context: Context): Scalar {
	const again = (x: Scalar): Scalar => logOf(x, context);
	if (e.op === "density") return logDensity(e);
	if (e.op === "apply" && e.fn === "exp") return e.argument;
	if (isPositive(e, context)) {
		if (e.op === "mul") return { op: "add", terms: e.factors.map(again) };
		if (e.op === "product") return { ...e, op: "sum", body: again(e.body) };
		if (e.op === "pow")
			return { op: "mul", factors: [e.exponent, again(e.base)] };
	}
	return { op: "apply", fn: "log", argument: e };
}

const logs = new WeakMap<DensityNode, Scalar>();

/** The log of a density, undefined where that is 0. */
function logDensity(node: DensityNode): Scalar {
	const log = logOfValue(node);
	if (!node.within) return log;
	const within: Scalar = { op: "apply", fn: "log", argument: node.within };
	return { op: "add", terms: [log, within] };
}

/** The log of a density on its support, each of its terms read with the labels that the density mentions. */
export function logOfValue(node: DensityNode): Scalar {
	const known = logs.get(node);
	if (known) return known;
	const looks = node.labels.map(look);
	const made = looks.length === 0 ? node.log : withFactors(node.log, looks);
	logs.set(node, made);
	return made;
}

/** 1, having looked at a label: 1 to the power of it. */
function look(label: Scalar): Scalar {
	return { op: "pow", base: one, exponent: label };
}

const one: Scalar = { op: "number", value: new Fraction(1) };

/** A number times some factors, which go inside sums. */
function withFactors(e: Scalar, factors: readonly Scalar[]): Scalar {
	if (e.op === "add")
		return { op: "add", terms: e.terms.map((t) => withFactors(t, factors)) };
	if (e.op === "sum") return { ...e, body: withFactors(e.body, factors) };
	if (e.op !== "mul") return { op: "mul", factors: [...factors, e] };
	const at = e.factors.findIndex((f) => f.op === "add" || f.op === "sum");
	if (at < 0) return { op: "mul", factors: [...factors, ...e.factors] };
	return {
		op: "mul",
		factors: e.factors.map((f, i) => (i === at ? withFactors(f, factors) : f)),
	};
}
