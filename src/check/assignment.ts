import Fraction from "fraction.js";
import type { CompareStep, ReadSide } from "../elaborate/chain.js";
import {
	add,
	apply,
	div,
	exp,
	isNumber,
	neg,
	num,
	one,
	pow,
	sub,
} from "../expr/build.js";
import type { Expr, Sym } from "../expr/tree.js";
import { freeIndices, sameTree, some } from "../expr/walk.js";
import { withNeededBindersOnly } from "./binders.js";
import type { Assignment } from "./certify.js";

/** What a step says, without its notation and places. */
export interface StatedStep extends Pick<CompareStep, "relation" | "context"> {
	readonly left: Pick<ReadSide, "expr">;
	readonly right: Pick<ReadSide, "expr">;
}

/** What is decided of a step, without its notation and places. */
export function statedStep({
	left,
	right,
	relation,
	context,
}: CompareStep): StatedStep {
	return {
		left: { expr: left.expr },
		right: { expr: right.expr },
		relation,
		context,
	};
}

/**
 * What an update says of one parameter of q: θ = f, θ² = f, 1/θ² = f, Θ⁻¹ = f, θ ∝ f, log θ = f + const. Null for any other
 * step.
 */
export function assignmentOf(step: StatedStep): Assignment | null {
	const { context } = step;
	const left = step.left.expr;
	const right = withNeededBindersOnly(step.right.expr);
	const odds = ofOdds(left, right);
	const isLog = !odds && left.kind === "apply" && left.fn === "log";
	const stated = odds ?? solvedFor(isLog ? left.argument : left, right);
	if (
		!stated ||
		context.symbols.get(stated.target.name)?.role !== "variational" ||
		mentionsTarget(stated.value, stated.target)
	)
		return null;
	const { target, value } = stated;
	const simplex =
		context.symbols.get(target.name)?.type === "simplex" &&
		target.shape.length === 0;
	if (!simplex)
		return isLog || step.relation === "proportional"
			? null
			: { ...stated, isLogWeights: false, whole: null };
	const isWhole =
		step.relation !== "proportional" && step.relation !== "constant";
	return {
		target,
		power: 1,
		value: isLog ? value : logarithm(value, target),
		isLogWeights: true,
		whole: isWhole ? (isLog ? exp(value) : value) : null,
	};
}

type Solved = Pick<Assignment, "target" | "power" | "value">;

/** ρ/(1 − ρ) = f, log ρ/(1 − ρ) = f or log ρ − log(1 − ρ) = f, solved for ρ; null for any other left side. */
function ofOdds(left: Expr, right: Expr): Solved | null {
	const ratio = oddsIn(left);
	if (ratio) {
		const value = div(right, add(one, right));
		return { target: ratio, power: 1, value };
	}
	const target =
		left.kind === "apply" && left.fn === "log"
			? oddsIn(left.argument)
			: left.kind === "add" && left.terms.length === 2
				? logOddsIn(left.terms)
				: null;
	return target && { target, power: 1, value: apply("sigmoid", right) };
}

function oddsIn(e: Expr): Sym | null {
	const [target, below, ...more] = e.kind === "mul" ? e.factors : [];
	const isOdds =
		target?.kind === "symbol" &&
		below?.kind === "pow" &&
		isNumber(below.exponent, -1) &&
		sameTree(below.base, sub(one, target)) &&
		more.length === 0;
	return isOdds ? target : null;
}

function logOddsIn([first, second]: readonly Expr[]): Sym | null {
	const target =
		first?.kind === "apply" && first.fn === "log" && first.argument;
	if (!second || !target || target.kind !== "symbol") return null;
	const other = neg(apply("log", sub(one, target)));
	return sameTree(second, other) ? target : null;
}

/** The equation solved for its parameter, or for the square of that. */
function solvedFor(left: Expr, right: Expr): Solved | null {
	if (left.kind === "inverse") {
		const value: Expr = { kind: "inverse", of: right };
		return left.of.kind === "symbol"
			? { target: left.of, power: 1, value }
			: null;
	}
	let target: Expr = left;
	let power = new Fraction(1);
	while (target.kind === "pow" && target.exponent.kind === "num") {
		power = power.mul(target.exponent.value);
		target = target.base;
	}
	if (target.kind !== "symbol" || power.n === 0n) return null;
	const whole = power.abs().equals(2) ? 2 : 1;
	const rest = new Fraction(whole).div(power);
	const value = rest.equals(1) ? right : pow(right, num(rest));
	return { target, power: whole, value };
}

function mentionsTarget(right: Expr, target: Sym): boolean {
	return some(
		right,
		(e) =>
			e.kind === "symbol" &&
			e.name === target.name &&
			JSON.stringify(e.indices, plain) ===
				JSON.stringify(target.indices, plain),
	);
}

function plain(_key: string, value: unknown): unknown {
	return typeof value === "bigint" ? value.toString() : value;
}

/** log of weights; factors that do not depend on the last index only rescale them and are left out. */
function logarithm(weights: Expr, target: Sym): Expr {
	if (weights.kind === "apply" && weights.fn === "exp") return weights.argument;
	const last = target.indices.at(-1);
	if (weights.kind !== "mul" || last?.kind !== "index")
		return apply("log", weights);
	const kept = weights.factors.filter((f) => freeIndices(f).has(last.name));
	const [only] = kept;
	return kept.length === 1 && only
		? logarithm(only, target)
		: apply("log", weights);
}
