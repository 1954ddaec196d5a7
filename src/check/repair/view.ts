import { environment, NoNormalForm } from "../../algebra/index.js";
import { lower } from "../../algebra/lower.js";
import { isPositive } from "../../algebra/signs.js";
import { add, exp, log, mul } from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr } from "../../expr/tree.js";
import { relations } from "../../relations/index.js";
import type { Claim } from "../claim.js";
import {
	type Place,
	placesOf,
	placesOfLogarithm,
	type Scope,
} from "./place.js";
import { replaceAt } from "./tree.js";

/** How a right side is searched: as it stands, or, where it is a product with an exponential, through its logarithm. */
export interface View {
	/** The claim whose normal forms are compared. */
	readonly claim: Claim;
	/** Whether sides are compared by their logarithms, so that a term which is a logarithm is a factor as written. */
	readonly isLogarithmic: boolean;
	/** Places of the right side as written, with the summands of the claim that is compared. */
	places(scope: Scope): Place[];
	/** The side that is compared, from a right side as written. */
	compared(right: Expr): Expr;
	/** The right side as written with what adds a term to the side that is compared. */
	append(right: Expr, term: Expr): Expr;
	/** The same way to look at another right side. */
	after(right: Expr): View;
}

/** Views of a claim in which its residual may say something, the best first. */
export function viewsOf(claim: Claim): View[] {
	const logarithmic = hasExponential(claim) && isPositiveClaim(claim);
	return logarithmic
		? [asLogarithm(claim), asWritten(claim)]
		: [asWritten(claim)];
}

function asWritten(claim: Claim): View {
	return {
		claim,
		isLogarithmic: false,
		places: (scope) => placesOf(claim.right, scope),
		compared: (right) => right,
		append: (right, term) => add(right, term),
		after: (right) => asWritten({ ...claim, right }),
	};
}

function asLogarithm(claim: Claim): View {
	const { left, right, relation } = claim;
	return {
		claim: {
			...claim,
			left: log(left),
			right: log(right),
			relation:
				relation === relations.proportional ? relations.constant : relation,
		},
		isLogarithmic: true,
		places: (scope) => placesOfLogarithm(right, scope),
		compared: log,
		append: appendToExponent,
		after: (other) => asLogarithm({ ...claim, right: other }),
	};
}

/** A power of something else stands beside the exponential, all else in it. */
function appendToExponent(right: Expr, term: Expr): Expr {
	const factors = right.kind === "mul" ? right.factors : [right];
	const at = factors.findIndex(isExponential);
	const exponential = factors[at];
	if (exponential?.kind !== "apply") return mul(right, exp(term));
	const longer = exp(add(exponential.argument, term));
	return replaceAt(right, right.kind === "mul" ? [at] : [], longer);
}

function hasExponential({ right, relation }: Claim): boolean {
	if (relation !== relations.proportional && relation !== relations.equal)
		return false;
	return (right.kind === "mul" ? right.factors : [right]).some(isExponential);
}

function isExponential(e: Expr): boolean {
	return e.kind === "apply" && e.fn === "exp";
}

/** Whether both sides are positive numbers under the declared types. */
function isPositiveClaim({ left, right, context }: Claim): boolean {
	if (shapeOf(left).length > 0) return false;
	const env = environment(context);
	try {
		return [left, right].every((side) => isPositive(env, lower(env, side)));
	} catch (error) {
		if (error instanceof NoNormalForm) return false;
		throw error;
	}
}
