import type { FunctionName } from "../../../expr/tree.js";
import { Binding, type Dialect } from "../infix.js";

/** JavaScript names of functions; those that are not Math's own come from the runtime. */
const functions: Readonly<Record<FunctionName, string>> = {
	log: "Math.log",
	exp: "Math.exp",
	abs: "Math.abs",
	gamma: "gamma",
	lgamma: "logGamma",
	digamma: "digamma",
	trigamma: "trigamma",
	step: "step",
	sigmoid: "sigmoid",
};

/** Values as JavaScript expressions. */
export const javascript: Dialect = {
	named: {
		pi: "Math.PI",
		eulerGamma: "0.5772156649015329",
		infinity: "Infinity",
	},
	count: (name) => name,
	whole: (digits) => digits,
	call: ({ fn }, argument) => `${functions[fn]}(${argument})`,
	root: (_, text) => `Math.sqrt(${text})`,
	power: (_, text, exponent) => `Math.pow(${text}, ${exponent})`,
	choice: ({ comparison }, left, right, then) => {
		const strict = { "=": "===", "≠": "!==", "<": "<", "≤": "<=" } as const;
		const test = `${left} ${strict[comparison]} ${right}`;
		return { text: `${test} ? ${then} : 0`, binding: Binding.Conditional };
	},
};
