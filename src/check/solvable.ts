import { environment } from "../algebra/index.js";
import { lower } from "../algebra/lower.js";
import { raise } from "../algebra/raise.js";
import { logDensityOf } from "../elaborate/joint.js";
import { mul, num } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Bound, Expr, Factor } from "../expr/tree.js";

/** A part of 𝓛 in closed form. */
export interface ElboTerm {
	readonly name: string;
	readonly value: Expr;
}

/**
 * 𝓛 = Σ E_q[log p(·)] − Σ E_q[log q(·)], a term for each statement of the model and each factor of q, by the moments of
 * q; nothing is left of the expectations.
 * @throws NoNormalForm if a term has no closed form
 */
export function elboTerms(context: Context): ElboTerm[] {
	const { model, family } = context;
	if (!model || !family) return [];
	const over: Bound[] = family.factors.map((factor) => ({
		factor,
		only: null,
		except: null,
	}));
	const expected = (f: Factor): Expr => ({
		kind: "expectation",
		over,
		body: logDensityOf(f, {
			variable: f.variable,
			at: f.plates.length === 0 ? [] : null,
			except: null,
			value: null,
		}),
	});
	const terms = [
		...model.statements.map((s) => ({
			name: `E[log p(${s.variable})]`,
			value: expected(s),
		})),
		...family.factors.map((f) => ({
			name: `−E[log q(${f.variable})]`,
			value: mul(num(-1), expected(f)),
		})),
	];
	return terms.map(({ name, value }) => ({
		name,
		value: closedForm(context, value),
	}));
}

function closedForm(context: Context, value: Expr): Expr {
	const env = environment(context);
	return raise({ context, spellsMatrices: true }, lower(env, value));
}
