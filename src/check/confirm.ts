import {
	bigNumbers,
	evaluatePrecisely,
	type PreciseEvaluation,
	type World,
} from "../numeric/index.js";
import type { PointSign } from "../relations/relation.js";
import type { Claim, Failure } from "./claim.js";
import { type Magnitude, magnitudes } from "./magnitude.js";
import { shownValue } from "./shown.js";
import type { Look } from "./witness.js";

/** Digits in which a failure is confirmed before it is reported. */
const digits = 40;

interface Precise {
	readonly left: PreciseEvaluation;
	readonly right: PreciseEvaluation;
}

/** Big-number operations a side may cost in one world: first little, so that a cheap world is found; then more. */
const efforts = [20_000, 600_000];

/** The first of the looks whose failure holds in many digits as well, with the failure; null if none does. */
export async function confirmFirst(
	claim: Claim,
	looks: readonly Look[],
): Promise<{ look: Look; failure: Failure } | null> {
	for (const effort of efforts)
		for (const look of looks) {
			const failure = await confirm(claim, look, effort);
			if (failure) return { look, failure };
		}
	return null;
}

async function confirm(
	claim: Claim,
	{ world, other, outcome }: Look,
	effort: number,
): Promise<Failure | null> {
	const here = await precisely(claim, world, effort);
	const there = other ? await precisely(claim, other, effort) : here;
	const failure: Failure = {
		world,
		other,
		left: shown(here.left),
		right: shown(here.right),
	};
	if (outcome === "undefined") {
		const states = [here.left.status, here.right.status];
		return states.includes("undefined") && states.includes("ok")
			? failure
			: null;
	}
	if (
		[here.left, here.right, there.left, there.right].some(
			(e) => e.status !== "ok",
		)
	)
		return null;
	return (await differs(claim, here, there)) ? failure : null;
}

async function precisely(
	{ left, right, context }: Claim,
	world: World,
	effort: number,
): Promise<Precise> {
	return {
		left: await evaluatePrecisely(left, world, context, digits, effort),
		right: await evaluatePrecisely(right, world, context, digits, effort),
	};
}

function shown(e: PreciseEvaluation): string {
	return e.status === "undefined" ? "undefined" : shownValue(e.values);
}

/** Whether some entry's defect, computed in big numbers, is beyond its error and all rounding. */
async function differs(
	claim: Claim,
	here: Precise,
	there: Precise,
): Promise<boolean> {
	const numbers = await bigNumbers(digits);
	const entries = Math.max(
		here.left.decimals.length,
		here.right.decimals.length,
	);
	const value = (e: PreciseEvaluation, n: number) =>
		numbers.read(e.decimals[at(e, n)] as string);
	const sides = ({ left, right }: Precise, n: number) => ({
		left: value(left, n),
		right: value(right, n),
	});
	for (let n = 0; n < entries; n++) {
		const defect = claim.relation.defect(
			numbers,
			sides(here, n),
			sides(there, n),
		);
		const { size, error } = claim.relation.defect(
			magnitudes,
			measured(here, n),
			measured(there, n),
		);
		const wrong = claim.relation.sense === "zero" ? defect.abs() : defect.neg();
		if (wrong.gt(1e-20 * size + 6 * error)) return true;
		const { admits } = claim.relation;
		if (admits && !admits(signOf(here.left, n), signOf(here.right, n)))
			return true;
	}
	return false;
}

/** 0 where the error could turn the sign. */
function signOf(e: PreciseEvaluation, n: number): PointSign {
	const value = e.values[at(e, n)] as number;
	const isClear = Math.abs(value) > 6 * (e.error[at(e, n)] as number);
	return isClear ? (Math.sign(value) as PointSign) : 0;
}

function at(e: PreciseEvaluation, n: number): number {
	return e.decimals.length === 1 ? 0 : n;
}

/** In forty digits what cancels on the way is far below the values themselves, so that these are the scale. */
function measured({ left, right }: Precise, n: number) {
	const of = (e: PreciseEvaluation): Magnitude => ({
		size: Math.abs(e.values[at(e, n)] as number),
		error: e.error[at(e, n)] as number,
	});
	return { left: of(left), right: of(right) };
}
