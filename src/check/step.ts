import type { CompareStep } from "../elaborate/chain.js";
import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import { sameTree } from "../expr/walk.js";
import { carriedFrom, type Mistakes } from "./carried.js";
import { checkedStep, freedomsOf, given, type Setting } from "./checkedStep.js";
import type { Claim, Decision } from "./claim.js";
import { claimOf } from "./claimOf.js";
import { type Condition, follows } from "./condition.js";
import { orConfusable } from "./confusable.js";
import { decide } from "./decide.js";
import { decideExtremum } from "./extremum.js";
import { claimsOfEach, decideEach } from "./freedoms.js";
import type { Recall, Search } from "./memory.js";
import { namedRoot } from "./namedRoot.js";
import { atRoots } from "./numericRoot.js";
import { ifReachingOn, type Reaching } from "./reaching.js";
import type { CheckedStep, Repair } from "./result.js";
import { isSeenRoot } from "./root.js";
import { simplexNormal } from "./simplexNormal.js";
import { asUpdate, repairOfStatement } from "./statement.js";
import type { UpdateList } from "./updates.js";

/** Told of every step that was decided, with the claim that it was read as and the seed of its worlds. */
export type Observe = (step: CheckedStep, claim: Claim, seed: string) => void;

/** What a step is checked against besides its two sides. */
export interface Surroundings extends Setting {
	readonly seed: string;
	readonly observe: Observe;
	/** Asks a function of content alone. */
	readonly recall: Recall;
	/** Asks one that only helps. */
	readonly search: Search;
	/** Stationarity conditions in force in this passage. */
	readonly conditions: readonly Condition[];
	readonly claims: UpdateList;
	/** What was refuted above. */
	readonly mistakes: Mistakes;
}

/**
 * Decides a step between two neighbours; hands back the condition that it states, if it states one.
 * @param context that of the sheet so far, without what the step's own passage adds
 */
export async function checkCompare(
	step: CompareStep,
	context: Context,
	around: Surroundings,
): Promise<{ checked: CheckedStep; condition: Condition | null }> {
	const condition = conditionOf(step, around);
	if (condition)
		return {
			checked: given(step, around, "a condition, in force below"),
			condition,
		};
	if (step.relation === "define")
		return { checked: given(step, around, "a definition"), condition: null };
	if (step.left.extremum || step.right.extremum) {
		const { left, right } = step;
		const found = await around.recall(
			decideExtremum,
			{ expr: left.expr, extremum: left.extremum },
			{ expr: right.expr, extremum: right.extremum },
			step.context,
			around.seed,
		);
		return { checked: checkedStep(step, found, null, around), condition: null };
	}
	const claims = claimsOfEach(claimOf(step), step);
	const found = await decideEach(
		claims,
		async (c) =>
			(await consequence(step, c, around)) ??
			around.recall(decide, c, around.seed),
	);
	const { claim } = found;
	let { decision } = found;
	if (decision.verdict !== "proved" && claims.length === 1)
		decision =
			(await anotherReading(step, claim, decision, context, around)) ??
			orConfusable(step, claim, decision);
	if (decision.verdict === "unread" && step.reaching)
		return checkCompare(step.reaching.step, context, around);
	const reaching = await reachingOn(step, claim, decision, context, around);
	const carried = await carriedOn(
		claim,
		reaching ? withNote(decision, reaching.note) : decision,
		around,
	);
	const search = decision.verdict === "refuted" && !reaching;
	const repair = search
		? await repairOf(step, claim, around)
		: (reaching?.repair ?? null);
	const checked = checkedStep(step, carried, repair, around);
	around.observe(checked, claim, around.seed);
	return { checked, condition: null };
}

/** A refuted step that goes on faithfully from a refuted line says so; any other is kept for those that follow. */
async function carriedOn(
	claim: Claim,
	decision: Decision,
	{ mistakes, seed, place, search }: Surroundings,
): Promise<Decision> {
	if (decision.verdict !== "refuted") return decision;
	const line = await mistakes.sourceOf(claim, seed, search);
	mistakes.add(claim, place.line);
	if (line === null) return decision;
	return withNote(decision, carriedFrom(line));
}

function withNote(decision: Decision, more: string): Decision {
	const note = decision.note ? `${decision.note}; ${more}` : more;
	return { ...decision, note };
}

/** What is said of a refuted step that lacks nothing but brackets around what a sum was meant to reach over. */
async function reachingOn(
	{ reaching, alsoFree }: CompareStep,
	claim: Claim,
	{ verdict }: Decision,
	context: Context,
	around: Surroundings,
): Promise<Reaching | null> {
	if (verdict !== "refuted" || !reaching || around.hints === "where")
		return null;
	// What it comes to is looked at in one variable.
	if (alsoFree.length > 0) return null;
	const { step, sums } = reaching;
	const decided = async (c: Claim): Promise<Decision> => {
		const seed = `${around.seed}/reaching`;
		const decision = await around.recall(decide, c, seed);
		if (decision.verdict !== "refuted") return decision;
		return (
			(await anotherReading(step, c, decision, context, around)) ?? decision
		);
	};
	return ifReachingOn(claim, claimOf(step), sums, decided);
}

/** The decision for a step that follows from a condition in force; null if it does not. */
async function consequence(
	step: CompareStep,
	claim: Claim,
	around: Surroundings,
): Promise<Decision | null> {
	const { relation } = step;
	if (
		relation !== "equal" &&
		relation !== "proportional" &&
		relation !== "constant"
	)
		return null;
	const conclusion = {
		left: claim.left,
		right: claim.right,
		relation,
		free: claim.free,
	};
	const from = around.conditions.find(
		(c) =>
			concerns(claim.left, c.by) &&
			around.recall(follows, withRanges(c, step), conclusion),
	);
	const isSeen =
		from &&
		(relation !== "equal" ||
			(await around.recall(
				isSeenRoot,
				from.expression,
				claim.left,
				claim.right,
				step.context,
				around.seed,
			)));
	if (!from || !isSeen) return null;
	const found = proved(
		`follows from the condition of line ${from.line}`,
		"solve the stationarity condition",
	);
	const line = around.mistakes.lineWithin(from.from ?? from.line, from.line);
	if (line === null) return found;
	around.mistakes.conclude(claim, line);
	return { ...found, note: carriedFrom(line) };
}

/** What a step may mean besides the letter: an update, or equality up to the simplex. */
async function anotherReading(
	step: CompareStep,
	claim: Claim,
	decision: Decision,
	context: Context,
	around: Surroundings,
): Promise<Decision | null> {
	const { relation } = step;
	const certified =
		relation === "equal" ||
		relation === "proportional" ||
		relation === "constant"
			? await asUpdate(step, context, around.claims, around.seed, around.recall)
			: null;
	if (certified && certified.verdict !== "unread") return certified;
	if (decision.verdict !== "refuted") return null;
	const other =
		relation === "equal"
			? ((await rootOfCondition(claim, around)) ??
				(await around.recall(simplexNormal, claim, around.seed)))
			: null;
	// What fails by the letter may still be the optimum that was meant.
	return other ?? certified;
}

/** A step that names a root of a condition in force, where the algebra does not show that it is the only one. */
async function rootOfCondition(
	claim: Claim,
	around: Surroundings,
): Promise<Decision | null> {
	const { conditions, recall, seed } = around;
	for (const { expression, by } of conditions) {
		if (!sameTree(claim.left, by)) continue;
		const found =
			(await recall(namedRoot, expression, claim, seed)) ??
			(await recall(atRoots, expression, by, claim, seed));
		if (found) return found;
	}
	return null;
}

/** The condition read with the ranges of a step, and without its place: of where it stands nothing follows. */
function withRanges(condition: Condition, step: CompareStep): Condition {
	return { ...condition, context: step.context, line: 0 };
}

/** A decision that needs no witness beyond the algebra that made it. */
export function proved(reason: string, rule: string): Decision {
	return {
		verdict: "proved",
		reason,
		rules: [rule],
		failure: null,
		note: null,
	};
}

/** Whether a tree is about a variable: the symbol itself, or a power or the logarithm of it. */
export function concerns(left: Expr, by: Sym): boolean {
	const inner =
		left.kind === "pow"
			? left.base
			: left.kind === "apply" && left.fn === "log"
				? left.argument
				: left;
	return inner.kind === "symbol" && inner.name === by.name;
}

/** `… = 0` at the end of a chain that began with a derivative: a condition, not a claim. */
function conditionOf(
	step: CompareStep,
	around: Surroundings,
): Condition | null {
	if (!step.condition) return null;
	const { expression, by } = step.condition;
	const { line } = around.place;
	const from = Math.min(line, around.display.line);
	return { expression, by, context: step.context, line, from };
}

/**
 * A bare parameter of q on the left is compared with its optimum; all else with the left side as it stands. Right sheets
 * never load the search.
 */
async function repairOf(
	step: CompareStep,
	claim: Claim,
	around: Surroundings,
): Promise<Repair | null> {
	if (around.hints === "where") return null;
	const update = await repairOfStatement(
		step,
		around.claims,
		around.seed,
		around.search,
	);
	if (update) return update;
	return around.search(repairOfClaim, claim, freedomsOf(step), around.seed);
}

async function repairOfClaim(
	claim: Claim,
	alsoFree: CompareStep["alsoFree"],
	seed: string,
): Promise<Repair | null> {
	const { findRepair } = await import("./repair/index.js");
	return findRepair(claim, async (candidate) => {
		const claims = claimsOfEach(candidate, { alsoFree });
		return (await decideEach(claims, (c) => decide(c, seed))).decision;
	});
}
