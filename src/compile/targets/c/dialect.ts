import type { FunctionName } from "../../../expr/tree.js";
import { Binding, comparisons, type Dialect } from "../infix.js";

/** C names of functions; those that are not the standard library's come from the runtime. */
export const functions: Readonly<Record<FunctionName, string>> = {
	log: "log",
	exp: "exp",
	abs: "fabs",
	gamma: "tgamma",
	lgamma: "log_gamma",
	digamma: "digamma",
	trigamma: "trigamma",
	step: "step",
	sigmoid: "sigmoid",
};

/** Values as C expressions of type double; sizes and indices are of type int64_t. */
export const doubles: Dialect = {
	named: {
		pi: "PI",
		eulerGamma: "0.5772156649015329",
		infinity: "INFINITY",
	},
	count: (name) => `(double)${name}`,
	whole: (digits) => (/[.e]/.test(digits) ? digits : `${digits}.0`),
	call: ({ fn }, argument) => `${functions[fn]}(${argument})`,
	root: (_, text) => `sqrt(${text})`,
	power: (_, text, exponent) => `pow(${text}, ${exponent})`,
	choice: ({ comparison }, left, right, then) => ({
		text: `${left} ${comparisons[comparison]} ${right} ? ${then} : 0.0`,
		binding: Binding.Conditional,
	}),
};

/** Subscripts as C expressions of type int64_t. */
export const positions: Dialect = {
	...doubles,
	count: (name) => name,
	whole: (digits) => digits,
	cast: (text) => `(int64_t)${text}`,
};
