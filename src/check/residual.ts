import {
	BudgetSpent,
	environment,
	lower,
	NoNormalForm,
} from "../algebra/index.js";
import { raise } from "../algebra/raise.js";
import { minus } from "../algebra/ring.js";
import { logDensityOf } from "../elaborate/joint.js";
import { add, entry, num, sub, symbol } from "../expr/build.js";
import type { Context, Statement } from "../expr/context.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import { replaceSymbols, some, substituteIndices } from "../expr/walk.js";

/**
 * A term of 𝓛 that holds E_q[log N(y | f(w), …)], with the squares of the residuals kept whole: for an affine f
 *
 *     E_q (y − f(w))² = (y − f(E w))² + terms without y,
 *
 * while the closed form y² − 2 y f(E w) + … loses what the residuals are smaller than the data. Null where the normal forms
 * do not show this.
 *
 * @param statement of an observed variable
 */
export function aboutResiduals(
	context: Context,
	statement: Statement,
	term: Expr,
): Expr | null {
	const datum = context.symbols.get(statement.variable);
	const fitted = meanUnderFamily(statement, context);
	if (!datum || !fitted || statement.shape.length > 1) return null;
	let name = `${datum.name}_residual`;
	while (context.symbols.has(name)) name += "_";
	const symbols = new Map(context.symbols).set(name, { ...datum, name });
	const env = environment({ ...context, symbols });
	try {
		const kernel = raise(env, lower(env, residualTerm(statement, name, env)));
		const whole = replaceSymbols(kernel, (s) =>
			s.name === name ? residual(s, statement, fitted) : s,
		);
		const rest = raise(env, minus(lower(env, term), lower(env, whole)));
		return mentions(rest, datum.name) ? null : add(whole, rest);
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return null;
		throw error;
	}
}

function mentions(e: Expr, name: string): boolean {
	return some(e, (node) => node.kind === "symbol" && node.name === name);
}

/** E_q[log N(r | 0, …)] of residuals r. */
function residualTerm(
	statement: Statement,
	name: string,
	{ context }: { readonly context: Context },
): Expr {
	const [size] = statement.shape;
	const none: Expr =
		size === undefined
			? num(0)
			: { kind: "tabulate", index: "d", size, body: num(0) };
	const parameters = { ...statement.parameters, mean: none };
	const over = context.family?.factors ?? [];
	return {
		kind: "expectation",
		over: over.map((factor) => ({ factor, only: null, except: null })),
		body: logDensityOf(
			{ ...statement, variable: name, parameters },
			{
				variable: name,
				at: statement.plates.length === 0 ? [] : null,
				except: null,
				value: null,
			},
		),
	};
}

/** y − f(E w) in the place of a residual; a closed form has it entry by entry. */
function residual(
	{ indices }: Sym,
	{ variable, plates, shape }: Statement,
	fitted: Expr,
): Expr {
	const at = indices.slice(0, plates.length);
	const names = new Map(plates.map((p, n) => [p.index, at[n] as Expr]));
	const whole = sub(
		symbol(variable, at, shape),
		substituteIndices(fitted, names),
	);
	return shape.length === 0 ? whole : entry(whole, ...indices.slice(at.length));
}

/** The mean of a Normal law with every variable in it at its own mean; null where q does not say that by itself. */
function meanUnderFamily(
	{ distribution, parameters }: Statement,
	{ symbols, family }: Context,
): Expr | null {
	const { mean } = parameters;
	if (distribution !== "Normal" || !mean) return null;
	let isKnown = true;
	const fitted = replaceSymbols(mean, (s) => {
		if (symbols.get(s.name)?.role !== "latent") return s;
		const factor = family?.factors.find((f) => f.variable === s.name);
		const value = factor && meanOf(factor, s);
		if (!value) isKnown = false;
		return value ?? s;
	});
	return isKnown ? fitted : null;
}

function meanOf(
	{ distribution, parameters, plates }: Factor,
	{ indices }: Sym,
): Expr | null {
	const { mean } = parameters;
	if (distribution !== "Normal" || !mean || indices.length !== plates.length)
		return null;
	const names = new Map(plates.map((p, n) => [p.index, indices[n] as Expr]));
	return substituteIndices(mean, names);
}
