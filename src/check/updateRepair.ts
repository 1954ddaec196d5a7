import { div, exp, mul, pow } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { toLatex } from "../expr/print/latex.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import { constant } from "../relations/constant.js";
import { equal } from "../relations/equal.js";
import { proportional } from "../relations/proportional.js";
import type { StatedStep } from "./assignment.js";
import { type Assignment, certifyFactor, parametersOf } from "./certify.js";
import type { Claim } from "./claim.js";
import {
	certifiedClosedForm,
	closedForm,
	parameterNamed,
} from "./closedForm.js";
import { decide } from "./decide.js";
import { findRepair } from "./repair/index.js";
import { scaled } from "./repair/tidy.js";
import { repairAtOptimum } from "./repairAtOptimum.js";
import type { Repair } from "./result.js";

/** A stated update: how it was read, and the step in which it stands. */
export interface StatedUpdate {
	readonly assignment: Assignment;
	readonly step: StatedStep;
}

/**
 * The smallest edit of a refuted update that makes it the optimum: its right side is compared with the closed form that
 * holds, which is certified first. Null if there is no closed form, or no edit.
 */
export async function repairOfUpdate(
	context: Context,
	factor: Factor,
	all: readonly Assignment[],
	stated: StatedUpdate,
	seed: string,
): Promise<Repair | null> {
	const { assignment, step } = stated;
	const { target, whole } = assignment;
	const others = all.filter((a) => a.target.name !== target.name);
	if (whole) {
		const loose = [...others, { ...assignment, whole: null }];
		const { decision } = await certifyFactor(context, factor, loose, seed);
		if (decision.verdict === "proved") return writeProportional(step);
	}
	return (
		(await besideClosedForm(context, factor, others, stated, seed)) ??
		repairAtOptimum(context, factor, step, seed)
	);
}

/** The smallest edit that makes an update the closed form that holds beside what is stated of the others. */
async function besideClosedForm(
	context: Context,
	factor: Factor,
	others: readonly Assignment[],
	{ assignment, step }: StatedUpdate,
	seed: string,
): Promise<Repair | null> {
	const { target } = assignment;
	const optimum = await certifiedClosedForm(
		context,
		factor,
		others,
		target,
		seed,
	);
	if (!optimum) return null;
	const companions = await companionsOf(context, factor, assignment);
	for (const left of spellings(optimum, assignment, companions)) {
		const claim = claimAgainst(left, step, assignment);
		const repair = await findRepair(claim, (c) => decide(c, seed));
		if (repair) return repair;
	}
	return lostCompanion(optimum, { assignment, step }, companions, seed);
}

/** Another number of the same factor of q, with its own update. */
interface Companion {
	readonly symbol: Sym;
	readonly optimum: Assignment;
}

async function companionsOf(
	context: Context,
	factor: Factor,
	{ target, isLogWeights }: Assignment,
): Promise<Companion[]> {
	const found: Companion[] = [];
	for (const name of isLogWeights ? [] : parametersOf(context, factor)) {
		const symbol = parameterNamed(factor, name);
		if (name === target.name || !symbol || symbol.shape.length > 0) continue;
		const optimum = await closedForm(context, symbol);
		if (optimum && !optimum.isLogWeights) found.push({ symbol, optimum });
	}
	return found;
}

/** Σ φ x for m = s² Σ φ x: the new value of a companion left out. */
async function lostCompanion(
	optimum: Assignment,
	{ assignment, step }: StatedUpdate,
	companions: readonly Companion[],
	seed: string,
): Promise<Repair | null> {
	const left = powered(optimum, assignment.power);
	for (const { symbol, optimum: own } of companions) {
		const right = mul(own.value, step.right.expr);
		const claim = {
			left,
			right,
			relation: equal,
			free: null,
			context: step.context,
		};
		if ((await decide(claim, seed)).verdict !== "proved") continue;
		const factor = pow(symbol, own.power);
		const latex = toLatex(scaled(step.right.expr, factor), step.context);
		return { latex, kind: "missing factor" };
	}
	return null;
}

/** The same with the left side before it, as it stands in a block of updates. */
export function asUpdate({ latex, kind }: Repair, step: StatedStep): Repair {
	const left = toLatex(step.left.expr, step.context);
	const sign = step.relation === "proportional" ? "\\propto" : "=";
	const isRelation = latex.startsWith("\\propto");
	return {
		latex: isRelation ? `${left} ${latex}` : `${left} ${sign} ${latex}`,
		kind,
	};
}

/** φ_ik = f where f does not add up to 1: the same with ∝, or with a constant beside a logarithm. */
function writeProportional({ left, right, context }: StatedStep): Repair {
	const latex = toLatex(right.expr, context);
	return left.expr.kind === "apply"
		? { latex: `${latex} + \\text{const}`, kind: "write + const" }
		: { latex: `\\propto ${latex}`, kind: "write ∝" };
}

/** The optimum as the stated power of the parameter; then through the new values of its companions, as in m = s² Σ …. */
function spellings(
	optimum: Assignment,
	{ power, isLogWeights }: Assignment,
	companions: readonly Companion[],
): Expr[] {
	if (isLogWeights) return [optimum.value];
	const value = powered(optimum, power);
	return [
		value,
		...companions.map(({ symbol, optimum: own }) =>
			mul(div(pow(symbol, own.power), own.value), value),
		),
	];
}

function powered({ value, power }: Assignment, wanted: number): Expr {
	return power === wanted ? value : pow(value, wanted / power);
}

/** Optimum = f, or for weights optimum ∝ f in the last index. */
function claimAgainst(
	left: Expr,
	step: StatedStep,
	{ target, isLogWeights }: Assignment,
): Claim {
	const { context } = step;
	const right = step.right.expr;
	const last = target.indices.at(-1);
	if (!isLogWeights || last?.kind !== "index")
		return { left, right, relation: equal, free: null, context };
	const isLog = step.left.expr.kind === "apply";
	return {
		left: isLog ? left : exp(left),
		right,
		relation: isLog ? constant : proportional,
		free: { kind: "index", name: last.name },
		context,
	};
}
