import type { FunctionName } from "../../../expr/tree.js";
import { Binding, comparisons, type Dialect } from "../infix.js";

/** Names of functions; those that are not NumPy's come from the runtime. */
const functions: Readonly<Record<FunctionName, string>> = {
	log: "np.log",
	exp: "np.exp",
	abs: "np.abs",
	gamma: "gamma_function",
	lgamma: "log_gamma",
	digamma: "digamma",
	trigamma: "trigamma",
	step: "step",
	sigmoid: "sigmoid",
};

/** Values as Python expressions. */
export const python: Dialect = {
	named: { pi: "np.pi", eulerGamma: "np.euler_gamma", infinity: "np.inf" },
	count: (name) => name,
	whole: (digits) => digits,
	call: ({ fn }, argument) => `${functions[fn]}(${argument})`,
	root: (_, text) => `np.sqrt(${text})`,
	power: (_, text, exponent) => `np.power(${text}, ${exponent})`,
	choice: ({ comparison }, left, right, then) => ({
		text: `${then} if ${left} ${comparisons[comparison]} ${right} else 0.0`,
		binding: Binding.Conditional,
	}),
};
