import {
	type Evaluation,
	evaluate,
	vary,
	type World,
} from "../numeric/index.js";
import type { PointSign } from "../relations/relation.js";
import type { Claim } from "./claim.js";
import { type Magnitude, magnitudes } from "./magnitude.js";

/** The plainest reason to refute. */
export const sidesDiffer = "the sides differ";

/** Whether the claim holds there; `undefined` where one side has no value, `open` where nothing is known. */
type Outcome = "holds" | "fails" | "undefined" | "open";

/** One look at a claim: a world, and another that differs in the free variable alone. */
export interface Look {
	readonly world: World;
	readonly other: World | null;
	readonly outcome: Outcome;
	readonly reason: string;
	/** Whether nothing is known because a side costs too much. */
	readonly isSpent: boolean;
}

/** What is found in a world that is compared with no other. */
export function lookAlone(
	world: World,
	outcome: Outcome,
	reason: string,
	isSpent = false,
): Look {
	return { world, other: null, outcome, reason, isSpent };
}

/** Whether the claim holds in one world, at every other value of the free variable. */
export function lookAt(
	claim: Claim,
	world: World,
	seed: string,
	limit: number | undefined,
): Look {
	return lookAmong(claim, world, othersOf(claim, world, seed), limit);
}

/** The worlds that differ from one in the free variable alone; null where the relation has none. */
export function othersOf(
	{ relation, free, context }: Claim,
	world: World,
	seed: string,
): readonly (World | null)[] {
	return relation.varies && free ? vary(world, free, context, seed) : [null];
}

/**
 * Whether the claim holds in one world and these others.
 * @param evaluateSide how a side is evaluated
 */
export function lookAmong(
	claim: Claim,
	world: World,
	others: readonly (World | null)[],
	limit: number | undefined,
	evaluateSide: typeof evaluate = evaluate,
): Look {
	const here = bothSides(claim, world, limit, evaluateSide);
	if (unknown(here)) return compare(claim, world, here, null);
	let held: Look | null = null;
	let undecided: Look | null = null;
	for (const other of others) {
		const look = compare(
			claim,
			world,
			here,
			other && {
				world: other,
				...bothSides(claim, other, limit, evaluateSide),
			},
		);
		if (look.outcome === "fails" || look.outcome === "undefined") return look;
		if (look.outcome === "holds") held = look;
		else undecided = look;
		if (look.isSpent) break;
	}
	if (held && !undecided) return held;
	return (
		undecided ?? lookAlone(world, "open", "the variable has one value only")
	);
}

/**
 * What has to vanish for the claim to hold in a world, beside another that differs in the free variable alone: a number for
 * each entry of the sides; null where a side has no value.
 */
export function defectsBetween(
	claim: Claim,
	world: World,
	other: World | null,
	limit: number,
	evaluateSide: typeof evaluate = evaluate,
): readonly number[] | null {
	const here = bothSides(claim, world, limit, evaluateSide);
	const there = other ? bothSides(claim, other, limit, evaluateSide) : here;
	const sides = [here.left, here.right, there.left, there.right];
	if (sides.some((side) => side.status !== "ok")) return null;
	const entries = Math.max(here.left.values.length, here.right.values.length);
	return Array.from({ length: entries }, (_, n) =>
		claim.relation.defect(floats, pick(here, n), pick(there, n)),
	);
}

interface Both {
	readonly left: Evaluation;
	readonly right: Evaluation;
}

function bothSides(
	{ left, right, context }: Claim,
	world: World,
	limit: number | undefined,
	evaluateSide: typeof evaluate = evaluate,
): Both {
	const first = evaluateSide(left, world, context, limit);
	// Where one side is not known there is nothing to compare the other with.
	const second =
		first.status === "undecided"
			? first
			: evaluateSide(right, world, context, limit);
	return { left: first, right: second };
}

/** A side that could not be computed closely enough. */
function unknown({ left, right }: Both): Evaluation | undefined {
	return [left, right].find((e) => e.status === "undecided");
}

function compare(
	claim: Claim,
	world: World,
	here: Both,
	other: (Both & { world: World }) | null,
): Look {
	const there = other ?? here;
	const look = (outcome: Outcome, reason = "", isSpent = false): Look => ({
		world,
		other: other?.world ?? null,
		outcome,
		reason,
		isSpent,
	});
	const states = [here.left, here.right, there.left, there.right].map(
		(e) => e.status,
	);
	const open = unknown(here) ?? unknown(there);
	if (open) return look("open", open.reason, open.isSpent);
	if (here.left.status !== here.right.status)
		return look(
			"undefined",
			"one side is undefined, or too large to be computed",
		);
	if (states.includes("undefined"))
		return look("open", "both sides are undefined");
	return look(...outcomeOf(claim, here, there));
}

function outcomeOf(claim: Claim, here: Both, there: Both): [Outcome, string] {
	let outcome: [Outcome, string] = ["holds", ""];
	const entries = Math.max(here.left.values.length, here.right.values.length);
	for (let n = 0; n < entries; n++) {
		const value = claim.relation.defect(floats, pick(here, n), pick(there, n));
		const size = claim.relation.defect(
			magnitudes,
			measure(here, n),
			measure(there, n),
		);
		const plain = claim.relation.defect(
			magnitudes,
			absolute(here, n),
			absolute(there, n),
		);
		const [verdict, reason] = judge(
			value,
			{ ...size, plain: plain.size },
			claim.relation.sense,
		);
		if (verdict === "fails") return [verdict, reason];
		if (verdict === "open") outcome = [verdict, reason];
		const { admits } = claim.relation;
		const left = signOfSide(here.left, n);
		const right = signOfSide(here.right, n);
		if (admits && left !== null && right !== null && !admits(left, right))
			return ["fails", "the factor between the sides is not positive"];
	}
	return outcome;
}

/** The sign of an entry; null where rounding, underflow or its own error could turn it. */
function signOfSide(e: Evaluation, n: number): PointSign | null {
	const value = at(e, e.values, n);
	const scale = at(e, e.scale, n);
	if (scale > 0 && scale < smallestSize) return null;
	const doubt = 1e-9 * scale + 6 * at(e, e.error, n);
	if (doubt > 0 && Math.abs(value) <= doubt) return null;
	return Math.sign(value) as PointSign;
}

/** The arithmetic of doubles that a relation's defect needs. */
export const floats = {
	sub: (a: number, b: number) => a - b,
	mul: (a: number, b: number) => a * b,
};

/** The n-th of a side's numbers; a side of one entry has it for all. */
export function at(e: Evaluation, list: readonly number[], n: number): number {
	return list[e.values.length === 1 ? 0 : n] as number;
}

function pick({ left, right }: Both, n: number) {
	return { left: at(left, left.values, n), right: at(right, right.values, n) };
}

function measure({ left, right }: Both, n: number) {
	const of = (e: Evaluation): Magnitude => ({
		size: at(e, e.scale, n),
		error: at(e, e.error, n),
	});
	return { left: of(left), right: of(right) };
}

/** The sizes of the sides themselves, whatever cancelled on the way to them. */
function absolute({ left, right }: Both, n: number) {
	const of = (e: Evaluation): Magnitude => ({
		size: Math.abs(at(e, e.values, n)),
		error: 0,
	});
	return { left: of(left), right: of(right) };
}

/** Below this, doubles have lost their digits to underflow. A size of exactly 0 is that of an empty sum. */
const smallestSize = 1e-250;

/** The part of a size that rounding may come to, some hundred times the precision of doubles. */
const rounding = 1e-13;

/**
 * Agreement within rounding and own error; a difference well beyond both; between them nothing is decided. The size counts
 * what cancelled on the way, which can be much more than the sides themselves: where rounding or quadrature could hide a
 * visible part of these, agreement says nothing.
 */
function judge(
	defect: number,
	{ size, error, plain }: Magnitude & { readonly plain: number },
	sense: "zero" | "nonnegative",
): [Outcome, string] {
	if (!Number.isFinite(defect)) return ["open", "a value overflows"];
	if (size > 0 && size < smallestSize)
		return ["open", "both sides are too small for the arithmetic"];
	const wrong = sense === "zero" ? Math.abs(defect) : Math.max(0, -defect);
	if (error > 1e-5 * size && wrong <= 6 * error + 1e-7 * size)
		return ["open", "the quadrature is not close enough"];
	// The digits of a bound that fails by little are looked at when it is confirmed: nothing needs to be equal there.
	const small = sense === "zero" || error > 0 ? 1e-9 : rounding;
	const tolerance = Math.min(small * size, small * plain + rounding * size);
	if (wrong > 10 * tolerance + 6 * error) return ["fails", sidesDiffer];
	if (wrong > tolerance + 4 * error)
		return ["open", "the difference is too small to judge"];
	return rounding * size + error > 1e-5 * Math.max(plain, Math.min(1, size))
		? ["open", "rounding or the quadrature could hide a difference"]
		: ["holds", ""];
}
