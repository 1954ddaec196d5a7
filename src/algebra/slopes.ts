import type { ValueType } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Derivative, Evaluation, Expr, Shape } from "../expr/tree.js";
import { withValue } from "./atValue.js";
import { differentiate } from "./derivative.js";
import { type Environment, NoNormalForm } from "./environment.js";
import type { Form } from "./form.js";
import type { Ix } from "./ix.js";
import { indexValue, type Scope, withBound } from "./scope.js";
import { settle } from "./settle.js";

/** Derivatives, and values at a point, whose bodies are lowered with the symbol free. */

/** The form of an entry of a tree: `entry` of lower.ts. */
type Lower = (
	env: Environment,
	e: Expr,
	row: Ix,
	column: Ix,
	scope: Scope,
) => Form;

/** ∂ body / ∂ by, twice for the second order; of a number by a vector the entry of its gradient or Hessian. */
export function derivative(
	env: Environment,
	e: Derivative,
	row: Ix,
	column: Ix,
	scope: Scope,
	entry: Lower,
): Form {
	const free = withFreeEntries(env, e.by.name);
	const plate = e.by.indices.map((i) => indexValue(i, scope));
	const gradient = shapeOf(e.body).length === 0;
	const own = gradient ? componentsOf(e.by.shape, row, column) : [];
	const body = gradient
		? entry(free, e.body, "1", "1", scope)
		: entry(free, e.body, row, column, scope);
	const by = { name: e.by.name, ix: [...plate, ...own] };
	let value = differentiate(free, body, by);
	if (e.order === 2) {
		const second =
			own.length === 1 ? { name: by.name, ix: [...plate, column] } : by;
		value = differentiate(free, value, second);
	}
	return settle(env, value);
}

/** The body with the value in place of the symbol, of which nothing but that it is real may have been used. */
export function evaluation(
	env: Environment,
	e: Evaluation,
	row: Ix,
	column: Ix,
	scope: Scope,
	entry: Lower,
): Form {
	const { name } = e.symbol;
	const real = withFreeEntries(env, name, "real");
	const body = entry(real, e.body, row, column, withBound(scope, [name]));
	return withValue(env, body, name, (ix) =>
		entry(env, e.value, ix[0] ?? "1", ix[1] ?? "1", scope),
	);
}

function componentsOf(shape: Shape, row: Ix, column: Ix): Ix[] {
	if (shape.length === 0) return [];
	return shape.length === 1 ? [row] : [row, column];
}

/** The environment under a derivative: entries of the variable are free, probabilities need not add up to 1. */
function withFreeEntries(
	env: Environment,
	name: string,
	meant?: ValueType,
): Environment {
	const info = env.context.symbols.get(name);
	if (!info) throw new NoNormalForm(`nothing is known of ${name}`);
	const type =
		meant ??
		(info.type === "simplex"
			? "positive"
			: info.type === "posdef" || info.type === "symmetric"
				? "real"
				: info.type);
	if (type === info.type) return env;
	const symbols = new Map(env.context.symbols).set(name, { ...info, type });
	return {
		...env,
		context: { ...env.context, symbols },
		simplex: info.type === "simplex" ? false : env.simplex,
	};
}
