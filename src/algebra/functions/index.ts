import Fraction from "fraction.js";
import { functionAtom } from "../atoms.js";
import type { Environment, FunctionTable } from "../environment.js";
import type { Form } from "../form.js";
import { determinant, inverseEntry } from "../matrixFunctions.js";
import { maximum } from "../maximum.js";
import { overOneHotCases } from "../oneHot.js";
import { atomForm, plus, scale, unit } from "../ring.js";
import { absolute, stepOf } from "./absolute.js";
import { bigProduct } from "./bigProduct.js";
import { exponential } from "./exponential.js";
import { recurrence } from "./gamma.js";
import { logarithm } from "./logarithm.js";
import { power } from "./power.js";
import { symbolicPower } from "./symbolicPower.js";

/** Powers, logarithms, exponentials, products and inverses of forms, under what the declared types allow. */

function apply(env: Environment, name: string, argument: Form): Form {
	if (name === "log") return logarithm(env, argument);
	if (name === "exp") return exponential(env, argument);
	const cases = overOneHotCases(env, argument, (f) => apply(env, name, f));
	if (cases) return cases;
	const known = knownForm(env, name, argument);
	return known ?? atomForm(env, functionAtom(name, argument));
}

/** What a function of an argument comes to; null where it stays as it is. */
function knownForm(
	env: Environment,
	name: string,
	argument: Form,
): Form | null {
	switch (name) {
		case "sigmoid": {
			const e = exponential(env, scale(argument, -1));
			return power(env, plus(unit, e), new Fraction(-1));
		}
		case "abs":
			return absolute(env, argument);
		case "step":
			return stepOf(env, argument);
		default:
			return recurrence(env, name, argument);
	}
}

/** The functions that ring.ts rebuilds atoms with. */
export const functionTable: FunctionTable = {
	apply,
	power,
	symbolicPower,
	bigProduct,
	maximum,
	inverseEntry,
	determinant,
};
