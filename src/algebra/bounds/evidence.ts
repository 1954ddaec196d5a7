import Fraction from "fraction.js";
import { index, log, sum, symbol } from "../../expr/build.js";
import type { Bound, Expr, Integral } from "../../expr/tree.js";
import { substituteIndices } from "../../expr/walk.js";
import type { Addend } from "./addends.js";
import type { TreeRule } from "./trees.js";

/**
 * log ∫ f(z) dz ≥ E_q[log f(z) − log q(z)] for f ≥ 0 and any density q of z: the evidence is at least the bound. Blei, Kucukelbir
 * and McAuliffe (2017), J. Amer. Statist. Assoc. 112, (12)–(14).
 */
export const evidenceAboveBound: TreeRule = (_env, addends, laws) => {
	const found = addends.find(
		(a) =>
			a.coefficient.s > 0n &&
			a.tree.kind === "apply" &&
			a.tree.fn === "log" &&
			a.tree.argument.kind === "integral",
	);
	if (found?.tree.kind !== "apply") return null;
	const integrals: Integral[] = [];
	let body = found.tree.argument;
	while (body.kind === "integral") {
		integrals.push(body);
		body = body.body;
	}
	const over = integrals.map((i) => lawFor(i, laws));
	if (over.includes(null) || !isDensityOrProduct(body)) return null;
	const bounds = over as readonly Bound[];
	const mean = (e: Expr): Expr => ({
		kind: "expectation",
		over: bounds,
		body: e,
	});
	return [
		...addends.filter((a) => a !== found),
		{ coefficient: found.coefficient, tree: mean(log(body)) },
		...bounds.map(
			(b): Addend => ({
				coefficient: found.coefficient.mul(new Fraction(-1)),
				tree: mean(logLaw(b)),
			}),
		),
	];
};

/** The law of just the variables that an integral is over. */
function lawFor(
	{ variable, only, except, plates, domain }: Integral,
	laws: readonly Bound[],
): Bound | null {
	if (only?.length || except || domain.kind === "unnamed") return null;
	const found = laws.find((b) => b.factor.variable === variable);
	return found && found.factor.plates.length === plates.length ? found : null;
}

/** Densities are not negative, nor are their products. */
function isDensityOrProduct(e: Expr): boolean {
	if (e.kind === "pdf") return true;
	if (e.kind === "mul") return e.factors.every(isDensityOrProduct);
	return e.kind === "product" && isDensityOrProduct(e.body);
}

/** log q(z), summed over the plates of z. */
function logLaw({ factor }: Bound): Expr {
	const names = factor.plates.map((p) => `${p.index}°`);
	const at = new Map(
		factor.plates.map((p, i) => [p.index, index(names[i] as string)]),
	);
	const parameters = Object.fromEntries(
		Object.entries(factor.parameters).map(([name, e]) => [
			name,
			substituteIndices(e, at),
		]),
	);
	const of = symbol(factor.variable, [...at.values()], factor.shape);
	const density: Expr = {
		kind: "pdf",
		distribution: factor.distribution,
		of,
		parameters,
	};
	return factor.plates.reduceRight<Expr>(
		(e, p, i) => sum(names[i] as string, p.size, e),
		log(density),
	);
}
