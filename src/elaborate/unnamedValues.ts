import { valueInName, valueName, variableOfValue } from "../expr/valueName.js";
import type {
	Surface,
	SurfaceName,
	SurfaceRelation,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isEquals } from "./comparison.js";
import { type DensityCall, isDensityCall } from "./densityName.js";
import { keyWith } from "./lookup.js";
import { isPlainName, subscriptText } from "./names.js";
import { mapSurface, someSurface, surfaceChildren } from "./surfaceWalk.js";
import { openTuples } from "./variables.js";

/**
 * Values of unnamed variables. In `p(z = k \mid x)` the value is a symbol of its own, named `z=k`, that lies where z lies; so
 * p(z = j) and p(z = k) are values of one density. Under `\sum_k` it is z itself that is summed over.
 */

/** `\sum_k p(x \mid z = k) p(z = k)` with z for the value wherever the sum is over the values of z alone. */
export function withSummedValues(s: Surface): Surface {
	const inner = mapSurface(s, withSummedValues);
	if (inner.kind !== "big" || inner.operator !== "sum") return inner;
	if (inner.conditions.length > 0 || !isPlainName(inner.index)) return inner;
	const { name } = inner.index;
	const of = variableWith(inner.body, name);
	if (!of) return inner;
	const body = withoutValue(inner.body, name);
	const isLeft = someSurface(body, (x) => isPlainName(x) && x.name === name);
	return isLeft
		? inner
		: { ...inner, index: of, lower: null, upper: null, body };
}

/** The one variable that densities in a formula give the value; null if there is none, or several. */
function variableWith(s: Surface, value: string): SurfaceName | null {
	const found: SurfaceName[] = [];
	const collect = (x: Surface): void => {
		if (isDensityCall(x))
			for (const { left, right } of valuesIn(x))
				if (isPlainName(right) && right.name === value && left.kind === "name")
					found.push(left);
		for (const child of surfaceChildren(x)) collect(child);
	};
	collect(s);
	const [first] = found;
	const key = first && keyWith(first);
	return first && key && found.every((f) => keyWith(f) === key) ? first : null;
}

function withoutValue(s: Surface, value: string): Surface {
	const isOwn = isEquals(s) && isPlainName(s.right) && s.right.name === value;
	return isOwn ? s.left : mapSurface(s, (child) => withoutValue(child, value));
}

/** The `z = k` of a density. */
function valuesIn(call: DensityCall): readonly SurfaceRelation[] {
	return openTuples([
		...call.arguments,
		...call.given,
		...call.parameters,
	]).filter((s) => isEquals(s));
}

/** The names of the values that some densities give to unnamed variables. */
export function valueKeys(calls: readonly DensityCall[]): readonly string[] {
	return calls.flatMap(valuesIn).flatMap((s) => valueKey(s) ?? []);
}

/** `z=k`; null where the variable or its value is no plain text. */
export function valueKey({ left, right }: SurfaceRelation): string | null {
	const variable = left.kind === "name" ? keyWith(left) : null;
	const value = subscriptText(right);
	return variable === null || value === null
		? null
		: valueName(variable, value);
}

/**
 * Refuses two values of one variable in one density, and two numbers as values of one variable: how many values there are
 * decides about p(z = 0) + p(z = 1).
 * @throws Problem
 */
export function checkValues(calls: readonly DensityCall[]): void {
	for (const call of calls) checkOnce(call);
	const numbers = new Map<string, string>();
	for (const relation of calls.flatMap(valuesIn)) {
		const key = valueKey(relation);
		if (key === null || relation.right.kind !== "number") continue;
		const [variable, value] = [variableOfValue(key), valueInName(key)];
		const before = numbers.get(variable);
		if (before !== undefined && before !== value)
			throw new Problem(
				`two numbers as values of the unnamed \`${variable}\``,
				relation.span,
				"a model that says what values it has, or a letter such as k for any of them",
			);
		numbers.set(variable, value);
	}
}

function checkOnce(call: DensityCall): void {
	const values = valuesIn(call);
	const variables = values.map((s) => {
		const key = valueKey(s);
		return key === null ? undefined : variableOfValue(key);
	});
	const again = values.find((_, i) => variables.indexOf(variables[i]) < i);
	if (again)
		throw new Problem(
			"two values of one variable in one density",
			again.span,
			"each variable once",
		);
}
