import {
	decimals,
	doubleDoubles,
	evaluatePrecisely,
	type PreciseEvaluation,
	type Precision,
	type World,
} from "../numeric/index.js";
import type { PointSign } from "../relations/relation.js";
import type { Claim, Failure } from "./claim.js";
import type { Look } from "./look.js";
import { type Magnitude, magnitudes } from "./magnitude.js";
import { shownValue } from "./shown.js";

/** Digits that settle what thirty do not. */
const digits = 40;

interface Sides<V> {
	readonly left: PreciseEvaluation<V>;
	readonly right: PreciseEvaluation<V>;
}

/** A failure, none, or `open` where more digits may tell. */
type Finding = Failure | "none" | "open";

/** Precise operations a side may cost in one world: first little, so that a cheap world is found; then more. */
const [little, much] = [20_000, 600_000];

/** The part of these that is spent on decimals, in which each operation takes the longer. */
const inDecimals = 0.2;

/** The first of the looks whose failure holds in many digits as well, with the failure; null if none does. */
export async function confirmFirst(
	claim: Claim,
	looks: Iterable<Look>,
): Promise<{ look: Look; failure: Failure } | null> {
	const dear: Look[] = [];
	for (const look of looks) {
		const failure = await confirmed(claim, look, little);
		if (failure) return { look, failure };
		dear.push(look);
	}
	for (const look of dear) {
		const failure = await confirmed(claim, look, much);
		if (failure) return { look, failure };
	}
	return null;
}

/**
 * Thirty digits come first. What is lost among these, and what looks undefined and may only be out of the range of
 * doubles, is computed in decimals.
 */
async function confirmed(
	claim: Claim,
	look: Look,
	effort: number,
): Promise<Failure | null> {
	const quick =
		look.outcome === "undefined"
			? "open"
			: confirm(claim, look, doubleDoubles, effort);
	const found =
		quick === "open"
			? confirm(claim, look, await decimals(digits), effort * inDecimals)
			: quick;
	return typeof found === "object" ? found : null;
}

/** Whether a side has a value at all: a quadrature of what has none comes to something too, but not closely. */
function isSurelyFinite<V>(e: PreciseEvaluation<V>): boolean {
	return (
		e.status === "ok" &&
		e.values.every((v, i) => (e.error[i] ?? 0) <= 1e-3 * Math.abs(v))
	);
}

function confirm<V>(
	claim: Claim,
	{ world, other, outcome }: Look,
	precision: Precision<V>,
	effort: number,
): Finding {
	const here = sidesIn(claim, world, precision, effort);
	const failure: Failure = {
		world,
		other,
		left: shown(here.left),
		right: shown(here.right),
	};
	if (outcome === "undefined") {
		const sides = [here.left, here.right];
		return sides.some((e) => e.status === "undefined") &&
			sides.some(isSurelyFinite)
			? failure
			: "none";
	}
	const there = other ? sidesIn(claim, other, precision, effort) : here;
	const all = [here.left, here.right, there.left, there.right];
	if (all.some((e) => e.isSpent)) return "none";
	const isKnown =
		all.every((e) => e.status === "ok") &&
		[here.left, here.right].every((e) => hasDigits(e, precision));
	if (!isKnown) return "open";
	const found = compared(claim, here, there, precision);
	return found === "differs" ? failure : found;
}

function sidesIn<V>(
	{ left, right, context }: Claim,
	world: World,
	precision: Precision<V>,
	effort: number,
): Sides<V> {
	return {
		left: evaluatePrecisely(left, world, context, precision, effort),
		right: evaluatePrecisely(right, world, context, precision, effort),
	};
}

function shown(e: PreciseEvaluation<unknown>): string {
	return e.status === "undefined" ? "undefined" : shownValue(e.values);
}

/** What rounding may come to, by all that was added up. In forty digits it is far below all that is compared. */
function rounding({ numbers }: Precision<unknown>, scale: number): number {
	return numbers.digits < digits ? 10 ** (4 - numbers.digits) * scale : 0;
}

/** Whether the six digits that are shown are left of each entry, whatever cancelled on the way to it. */
function hasDigits(
	{ values, scale }: PreciseEvaluation<unknown>,
	precision: Precision<unknown>,
): boolean {
	return values.every(
		(value, n) =>
			Math.abs(value) >= 1e7 * rounding(precision, scale[n] as number),
	);
}

/** Whether some entry's defect is beyond its error and all rounding. */
function compared<V>(
	claim: Claim,
	here: Sides<V>,
	there: Sides<V>,
	precision: Precision<V>,
): "differs" | "none" | "open" {
	const { numbers } = precision;
	const { defect, sense, admits } = claim.relation;
	const entries = Math.max(here.left.precise.length, here.right.precise.length);
	let found: "none" | "open" = "none";
	const all = [here.left, here.right, there.left, there.right];
	for (let n = 0; n < entries; n++) {
		if (all.some((e) => isTiny(precision, e, n))) continue;
		const mayUnderflow =
			numbers.digits < digits &&
			all.some((e) => isNought(precision, e, n)) &&
			(admits !== undefined || all.some((e) => isSmall(e, n)));
		if (mayUnderflow) {
			found = "open";
			continue;
		}
		const value = defect(numbers, precise(here, n), precise(there, n));
		const wrong =
			sense === "zero"
				? numbers.abs(value)
				: numbers.sub(numbers.fromNumber(0), value);
		const { size, error } = defect(
			magnitudes,
			measured(here, n),
			measured(there, n),
		);
		const lost = rounding(
			precision,
			defect(magnitudes, scaled(here, n), scaled(there, n)).size,
		);
		if (numbers.exceeds(wrong, 1e-20 * size + 6 * error + lost))
			return "differs";
		if (admits && !admits(signOf(here.left, n), signOf(here.right, n)))
			return "differs";
		if (lost > 1e-21 * size) found = "open";
	}
	return found;
}

/** Not 0, but too small for its size to be known as a double. */
function isTiny<V>(
	precision: Precision<V>,
	e: PreciseEvaluation<V>,
	n: number,
): boolean {
	return Math.abs(at(e.values, n)) < smallestSize && !isNought(precision, e, n);
}

/** Exactly 0, which is what becomes of 10^{−400} unless exponents do not end. */
function isNought<V>(
	{ numbers }: Precision<V>,
	{ precise }: PreciseEvaluation<V>,
	n: number,
): boolean {
	return !numbers.exceeds(numbers.abs(at(precise, n)), 0);
}

/** So small that a 0 beside it may well be smaller still. */
function isSmall({ values }: PreciseEvaluation<unknown>, n: number): boolean {
	const size = Math.abs(at(values, n));
	return size > 0 && size < 1e-100;
}

const smallestSize = 1e-250;

/** 0 where the error could turn the sign. */
function signOf(e: PreciseEvaluation<unknown>, n: number): PointSign {
	const value = at(e.values, n);
	const isClear = Math.abs(value) > 6 * at(e.error, n);
	return isClear ? (Math.sign(value) as PointSign) : 0;
}

function at<T>(list: readonly T[], n: number): T {
	return list[list.length === 1 ? 0 : n] as T;
}

function precise<V>({ left, right }: Sides<V>, n: number) {
	return { left: at(left.precise, n), right: at(right.precise, n) };
}

/** The sides themselves and their errors: in many digits what cancels on the way is far below the values. */
function measured({ left, right }: Sides<unknown>, n: number) {
	const of = (e: PreciseEvaluation<unknown>): Magnitude => ({
		size: Math.abs(at(e.values, n)),
		error: at(e.error, n),
	});
	return { left: of(left), right: of(right) };
}

/** All that was added up on the way. */
function scaled({ left, right }: Sides<unknown>, n: number) {
	const of = (e: PreciseEvaluation<unknown>): Magnitude => ({
		size: at(e.scale, n),
		error: 0,
	});
	return { left: of(left), right: of(right) };
}
