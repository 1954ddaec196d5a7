import Fraction from "fraction.js";
import { type Environment, freshIndex } from "../algebra/environment.js";
import type { Form, Factor as FormFactor, Term } from "../algebra/form.js";
import { environment, NoNormalForm } from "../algebra/index.js";
import { entry } from "../algebra/lower.js";
import { mentions } from "../algebra/mentions.js";
import { raise, raiseVector } from "../algebra/raise.js";
import { collect, plus, product, scale, times } from "../algebra/ring.js";
import { emptyScope } from "../algebra/scope.js";
import { pow } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { toLatex } from "../expr/print/latex.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import { children, freeIndices } from "../expr/walk.js";
import type { Assignment } from "./certify.js";
import { certifyFactor } from "./certify.js";
import { withPlainIndices } from "./repair/tidy.js";
import type { Repair } from "./result.js";
import { solveFor } from "./solve.js";
import { boundGradient, isStationary } from "./stationary.js";

/**
 * The closed form that would hold in the place of a refuted or missing update, certified like any other before it is
 * shown; null if none is found.
 */
export async function suggestUpdate(
	context: Context,
	factor: Factor,
	stated: readonly Assignment[],
	target: Sym,
	seed: string,
): Promise<Repair | null> {
	const found = await certifiedClosedForm(
		context,
		factor,
		stated,
		target,
		seed,
	);
	if (!found) return null;
	const left = found.power === 1 ? target : pow(target, found.power);
	const value = withPlainIndices(found.value, freeIndices(target));
	const right = toLatex(value, context);
	const latex = found.isLogWeights
		? `${toLatex(target, context)} \\propto \\exp\\left(${right}\\right)`
		: `${toLatex(left, context)} = ${right}`;
	return { latex, kind: "the closed form that holds" };
}

/** The update of a parameter that was found by solving ∂𝓛/∂θ = 0, if it is certified beside what is stated of others. */
export async function certifiedClosedForm(
	context: Context,
	factor: Factor,
	stated: readonly Assignment[],
	target: Sym,
	seed: string,
): Promise<Assignment | null> {
	const found = await closedForm(context, target);
	if (!found) return null;
	const others = stated.filter((a) => a.target.name !== target.name);
	const all = [...others, found];
	return (await isCertified(context, factor, all, found, seed)) ? found : null;
}

/** A parameter as the factor's law mentions it. */
export function parameterNamed(factor: Factor, name: string): Sym | null {
	for (const parameter of Object.values(factor.parameters)) {
		const found = symbolIn(parameter, name);
		if (found) return found;
	}
	return null;
}

function symbolIn(e: Expr, name: string): Sym | null {
	if (e.kind === "symbol" && e.name === name) return e;
	for (const child of children(e)) {
		const found = symbolIn(child, name);
		if (found) return found;
	}
	return null;
}

async function isCertified(
	context: Context,
	factor: Factor,
	all: readonly Assignment[],
	found: Assignment,
	seed: string,
): Promise<boolean> {
	if (isStationary(context, factor, all, found, seed)) return true;
	const { decision } = await certifyFactor(context, factor, all, seed);
	return decision.verdict === "proved";
}

/** Solves ∂𝓛/∂θ = 0 for θ, θ² or log θ by nerdamer, every part without θ standing as a letter; not certified yet. */
export async function closedForm(
	context: Context,
	target: Sym,
): Promise<Assignment | null> {
	const env = environment(context);
	try {
		const size = target.shape[0];
		if (target.shape.length > 1) return null;
		const row = size === undefined ? "1" : freshIndex(env, size);
		const gradient = entry(
			env,
			boundGradient(context, target),
			row,
			"1",
			emptyScope,
		);
		const equation = polynomial(env, gradient, target.name);
		return equation && (await solved(env, equation, target, row));
	} catch (error) {
		if (error instanceof NoNormalForm) return null;
		throw error;
	}
}

/** Σ coefficient · unknown^power = 0, where the unknown is θ^step or log θ. */
interface Equation {
	readonly isLog: boolean;
	readonly step: number;
	readonly coefficients: ReadonlyMap<number, Form>;
}

function polynomial(
	env: Environment,
	form: Form,
	name: string,
): Equation | null {
	const parts = new Map<number, Form[]>();
	let isLog: boolean | null = null;
	for (const term of form.terms.values()) {
		const moving = term.factors.filter((f) => mentions(f, name));
		const [only] = moving;
		if (moving.length > 1) return null;
		if (only) {
			const log = only.atom.kind === "function" && only.atom.name === "log";
			if (!log && only.atom.kind !== "symbol") return null;
			if (isLog !== null && isLog !== log) return null;
			isLog = log;
		}
		const power = only ? Number(only.exponent.valueOf()) : 0;
		if (!Number.isInteger(power)) return null;
		parts.set(power, [...(parts.get(power) ?? []), without(env, term, only)]);
	}
	if (isLog === null) return null;
	const least = Math.min(...parts.keys());
	const powers = [...parts.keys()].map((p) => p - least);
	const step = powers.reduce(gcd, 0) || 1;
	const coefficients = new Map(
		[...parts].map(([p, forms]) => [(p - least) / step, plus(...forms)]),
	);
	return { isLog, step, coefficients };
}

function gcd(a: number, b: number): number {
	return b === 0 ? a : gcd(b, a % b);
}

function without(
	env: Environment,
	term: Term,
	gone: FormFactor | undefined,
): Form {
	const kept = term.factors.filter((f) => f !== gone);
	return product(env, term.coefficient, kept, term.bound);
}

async function solved(
	env: Environment,
	{ isLog, step, coefficients }: Equation,
	target: Sym,
	row: string,
): Promise<Assignment | null> {
	const letters = new Map(
		[...coefficients].map(([power, form]) => [`a${power}`, form]),
	);
	const sum = [...coefficients.keys()]
		.map((power) => `a${power}*u^${power}`)
		.join("+");
	const root = await solveFor(sum, "u", (letter) => letters.get(letter), {
		add: (a, b) => plus(a, b),
		negate: (a) => scale(a, -1),
		multiply: (a, b) => times(env, a, b),
		power: (a, n) => env.functions.power(env, a, new Fraction(n)),
	});
	if (!root) return null;
	const kept = isLog ? varyingOver(root, target) : root;
	const value: Expr =
		row === "1" ? raise(env, kept) : raiseVector(env, kept, row);
	return {
		target,
		power: isLog ? 1 : step,
		value,
		isLogWeights: isLog,
		whole: null,
	};
}

/** The terms of log weights that differ between the values of the last subscript; the others only rescale. */
function varyingOver(form: Form, target: Sym): Form {
	const last = target.indices.at(-1);
	if (last?.kind !== "index") return form;
	return collect(
		[...form.terms.values()].filter((t) =>
			t.factors.some((f) => f.atom.variables.has(last.name)),
		),
	);
}
