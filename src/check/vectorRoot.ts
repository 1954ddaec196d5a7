import { isDefinite } from "../algebra/definite.js";
import { differentiate } from "../algebra/derivative.js";
import {
	BudgetSpent,
	type Environment,
	freshIndex,
	NoNormalForm,
} from "../algebra/environment.js";
import { columnSlot, type Form, rowSlot } from "../algebra/form.js";
import { environment, isZero } from "../algebra/index.js";
import { entry } from "../algebra/lower.js";
import { mentions } from "../algebra/mentions.js";
import { scale, substitute } from "../algebra/ring.js";
import { emptyScope, indexValue } from "../algebra/scope.js";
import { transform } from "../algebra/transform.js";
import { sameTree } from "../expr/walk.js";
import type { Conclusion, Condition } from "./condition.js";

/**
 * Whether g(w) = 0 implies w = f for a vector w: g is affine in w with a slope that is positive or negative definite, so
 * that it has one root, and f is a root.
 */
export function followsForVector(
	{ expression, by, context }: Condition,
	{ left, right, relation }: Conclusion,
): boolean {
	const [size] = by.shape;
	if (relation !== "equal" || by.shape.length !== 1 || size === undefined)
		return false;
	if (!sameTree(left, by)) return false;
	const env = environment(context);
	try {
		const [row, column] = [freshIndex(env, size), freshIndex(env, size)];
		const plate = by.indices.map((i) => indexValue(i, emptyScope));
		const given = entry(env, expression, row, "1", emptyScope);
		const slope = differentiate(env, given, {
			name: by.name,
			ix: [...plate, column],
		});
		if (mentionsName(slope, by.name)) return false;
		const slots = new Map([
			[row, rowSlot],
			[column, columnSlot],
		]);
		const matrix = substitute(env, slope, slots);
		if (!isDefinite(env, matrix) && !isDefinite(env, scale(matrix, -1)))
			return false;
		const at = (component: string): Form =>
			entry(env, right, component, "1", emptyScope);
		return isZero(env, atRoot(env, given, by.name, plate, at));
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return false;
		throw error;
	}
}

function mentionsName(form: Form, name: string): boolean {
	return [...form.terms.values()].some((t) =>
		t.factors.some((f) => mentions(f, name)),
	);
}

/** The form with the entries of w replaced by those of f. */
function atRoot(
	env: Environment,
	form: Form,
	name: string,
	plate: readonly string[],
	value: (component: string) => Form,
): Form {
	return transform(env, form, ({ atom, exponent }) => {
		if (atom.kind !== "symbol" || atom.name !== name) return null;
		if (plate.some((p, i) => atom.ix[i] !== p)) return null;
		return env.functions.power(env, value(atom.ix.at(-1) as string), exponent);
	});
}
