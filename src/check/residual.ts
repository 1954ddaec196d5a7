import {
	BudgetSpent,
	environment,
	lower,
	NoNormalForm,
} from "../algebra/index.js";
import { raise } from "../algebra/raise.js";
import { minus } from "../algebra/ring.js";
import { logDensityOf } from "../elaborate/joint.js";
import { add, entry, index, num, sub, symbol } from "../expr/build.js";
import type { Context, Statement, SymbolInfo } from "../expr/context.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import { replaceSymbols, substituteIndices, visit } from "../expr/walk.js";

/** What a Normal statement compares: the variable and its mean, each where q expects it. */
export interface Residual {
	readonly statement: Statement;
	readonly value: Expr;
	readonly fitted: Expr;
}

/** What is compared by the statements whose residuals q says by itself, with their plates' indices. */
export function residualsOf(context: Context): readonly Residual[] {
	return (context.model?.statements ?? []).flatMap((statement) => {
		const { variable, plates, shape, distribution, parameters } = statement;
		if (distribution !== "Normal" || shape.length > 1) return [];
		const at = plates.map(({ index: name }) => index(name));
		const value = meanUnderFamily(symbol(variable, at, shape), context);
		const fitted = meanUnderFamily(parameters.mean, context);
		return value && fitted ? [{ statement, value, fitted }] : [];
	});
}

/**
 * A term of 𝓛 that holds E_q[log N(y | f(w), …)], with the squares of the residuals kept whole: for an affine f
 *
 *     E_q (y − f(w))² = (E y − f(E w))² + terms without E y,
 *
 * while the closed form y² − 2 y f(E w) + … loses what the residuals are smaller than y. Null where the normal forms do not
 * show this.
 */
export function aboutResiduals(
	context: Context,
	{ statement, value, fitted }: Residual,
	term: Expr,
): Expr | null {
	const variable = context.symbols.get(statement.variable);
	if (!variable) return null;
	let name = `${variable.name}_residual`;
	while (context.symbols.has(name)) name += "_";
	const residual: SymbolInfo = { ...variable, name, role: "datum" };
	const symbols = new Map(context.symbols).set(name, residual);
	const env = environment({ ...context, symbols });
	try {
		const writing = { context: env.context, spellsMatrices: true };
		const kernel = raise(
			writing,
			lower(env, residualTerm(statement, name, env)),
		);
		const whole = replaceSymbols(kernel, (s) =>
			s.name === name ? atPlace(sub(value, fitted), s, statement) : s,
		);
		const rest = raise(writing, minus(lower(env, term), lower(env, whole)));
		const own = symbolsIn(value);
		return [...symbolsIn(rest)].some((s) => own.has(s))
			? null
			: add(whole, rest);
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return null;
		throw error;
	}
}

/** Names of the symbols in a tree. */
export function symbolsIn(e: Expr): ReadonlySet<string> {
	const names = new Set<string>();
	visit(e, (node) => {
		if (node.kind === "symbol") names.add(node.name);
	});
	return names;
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

/** Residuals in the place of their symbol; a closed form has it entry by entry. */
function atPlace(
	residuals: Expr,
	{ indices }: Sym,
	{ plates, shape }: Statement,
): Expr {
	const at = indices.slice(0, plates.length);
	const names = new Map(plates.map((p, n) => [p.index, at[n] as Expr]));
	const whole = substituteIndices(residuals, names);
	return shape.length === 0 ? whole : entry(whole, ...indices.slice(at.length));
}

/** A tree with every variable in it at its own mean; null where q does not say that by itself. */
function meanUnderFamily(
	tree: Expr | undefined,
	{ symbols, family }: Context,
): Expr | null {
	let isKnown = tree !== undefined;
	const fitted =
		tree &&
		replaceSymbols(tree, (s) => {
			if (symbols.get(s.name)?.role !== "latent") return s;
			const factor = family?.factors.find((f) => f.variable === s.name);
			const value = factor && meanOf(factor, s);
			if (!value) isKnown = false;
			return value ?? s;
		});
	return isKnown && fitted ? fitted : null;
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
