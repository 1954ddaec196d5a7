import type { Environment } from "../environment.js";
import type { Form } from "../form.js";
import { minus, rational } from "../ring.js";
import { isZero } from "../zero.js";
import { comparisons } from "./comparison.js";
import { isRealEverywhere } from "./defined.js";
import { tangentOfExponential } from "./exponential.js";
import { absoluteValues, boundsOfDigamma } from "./functions.js";
import type { BoundRule } from "./gap.js";
import { atEachValue, greatestOfValues, isAttained } from "./greatest.js";
import { concavityOfLogarithm, tangentOfLogarithm } from "./logarithm.js";
import {
	determinantIsMonotone,
	hadamard,
	tangentOfLogDeterminant,
} from "./matrices.js";
import { meansOfTwo } from "./means.js";
import { positiveMultiple } from "./multiple.js";
import { isShownPositive } from "./positive.js";
import { tangentOfPower } from "./powers.js";
import {
	probabilityIsAtMostOne,
	sumIsAtLeastATerm,
	wholeNumbers,
} from "./probabilities.js";
import {
	curvatureOfSoftplus,
	logarithmsOfSums,
	tangentInTheSquare,
	tangentOfSoftplus,
} from "./softplus.js";
import { isSumOfSquares } from "./squares.js";
import { isTermwiseNonnegative } from "./termSign.js";
import { varianceIsNonnegative } from "./variance.js";

/** The facts that propose gaps, in the order in which they are tried. A new one is a function beside its kin and a line here. */
const rules: readonly BoundRule[] = [
	tangentOfLogarithm,
	concavityOfLogarithm,
	tangentOfExponential,
	tangentOfSoftplus,
	tangentInTheSquare,
	curvatureOfSoftplus,
	tangentOfPower,
	varianceIsNonnegative,
	meansOfTwo,
	hadamard,
	tangentOfLogDeterminant,
	determinantIsMonotone,
	probabilityIsAtMostOne,
	sumIsAtLeastATerm,
	greatestOfValues,
	logarithmsOfSums,
	absoluteValues,
	boundsOfDigamma,
	wholeNumbers,
];

/** How many facts may be combined, few before many. */
const depths = [0, 1, 2];

/** Forms that may be looked at for one depth. */
const mostForms = 80;

/** True only if the form is not negative wherever it is defined, by facts with names. False means "not shown". */
export function isNonnegative(env: Environment, form: Form): boolean {
	if (!isRealEverywhere(env, form)) return false;
	const failed = new Map<string, number>();
	return depths.some((depth) =>
		attempt(env, form, { left: mostForms, failed }, depth),
	);
}

/** True only if the form is positive wherever it is defined: by signs, or a positive number above what is not negative. */
export function isAboveZero(env: Environment, form: Form): boolean {
	if (!isRealEverywhere(env, form)) return false;
	const multiple = positiveMultiple(env, form);
	const forms = [form, ...(multiple ? [multiple] : [])];
	const compared = forms.flatMap((f) =>
		comparisons(env, f)
			.filter((c) => c.isStrict)
			.map((c) => c.form),
	);
	return [...forms, ...compared].some(
		(f) => isShownPositive(env, f) || isNumberAbove(env, f),
	);
}

function isNumberAbove(env: Environment, form: Form): boolean {
	const number = form.terms.get("")?.coefficient;
	return (
		number !== undefined &&
		number.s > 0n &&
		isNonnegative(env, minus(form, rational(number)))
	);
}

/** One search: the forms that it may still look at, and those that it gave up, with the depth. */
interface Search {
	left: number;
	readonly failed: Map<string, number>;
}

/** Facts that a failed attempt named are taken back. */
function attempt(
	env: Environment,
	form: Form,
	search: Search,
	depth: number,
): boolean {
	if ((search.failed.get(form.key) ?? -1) >= depth) return false;
	search.left -= 1;
	if (search.left < 0) return false;
	const before = [...env.rules];
	if (isShown(env, form, search, depth)) return true;
	search.failed.set(form.key, depth);
	env.rules.clear();
	for (const rule of before) env.rules.add(rule);
	return false;
}

function isShown(
	env: Environment,
	form: Form,
	search: Search,
	depth: number,
): boolean {
	if (!search.failed.has(form.key) && isShownAsItIs(env, form)) return true;
	if (byEachValue(env, form, search, depth)) return true;
	if (depth > 0 && bySomeFact(env, form, search, depth)) return true;
	if (depth > 0 && byComparison(env, form, search, depth)) return true;
	const multiple = positiveMultiple(env, form);
	return multiple !== null && attempt(env, multiple, search, depth);
}

/** By no further fact; what fails so is not tried again at a greater depth. */
function isShownAsItIs(env: Environment, form: Form): boolean {
	if (isTermwiseNonnegative(env, form)) return true;
	if (!isSumOfSquares(env, form)) return isZero(env, form);
	env.rules.add("a sum of squares is not negative");
	return true;
}

function byEachValue(
	env: Environment,
	form: Form,
	search: Search,
	depth: number,
): boolean {
	return atEachValue(env, form).some((at) => {
		if (!attempt(env, at, search, depth)) return false;
		env.rules.add(isAttained);
		return true;
	});
}

function bySomeFact(
	env: Environment,
	form: Form,
	search: Search,
	depth: number,
): boolean {
	for (const rule of rules)
		for (const gap of rule(env, form)) {
			if (gap.form.terms.size === 0) continue;
			if (!attempt(env, minus(form, gap.form), search, depth - 1)) continue;
			env.rules.add(gap.fact);
			return true;
		}
	return false;
}

/** Both sides through an increasing function: exp, log, or the square where both are not negative. */
function byComparison(
	env: Environment,
	form: Form,
	search: Search,
	depth: number,
): boolean {
	for (const { fact, form: other } of comparisons(env, form))
		if (attempt(env, other, search, depth - 1)) {
			env.rules.add(fact);
			return true;
		}
	return false;
}
