import { NoNormalForm } from "../algebra/index.js";
import type { CompareStep } from "../elaborate/chain.js";
import type { Context } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import { Problem } from "../problem.js";
import { assignmentOf, statedStep } from "./assignment.js";
import { blockOf } from "./block.js";
import {
	certifyFactor,
	factorOfParameter,
	holds,
	parametersOf,
} from "./certify.js";
import type { Decision } from "./claim.js";
import { claimOf } from "./claimOf.js";
import type { Recall, Search } from "./memory.js";
import { ofOptimalFactor, optimalFactorOf } from "./optimalFactor.js";
import { atOwnOptimum, holdsAtOptimum, soleFactorOf } from "./ownOptimum.js";
import type { Repair } from "./result.js";
import type { UpdateList } from "./updates.js";

/**
 * A step in the prose whose left side is a bare parameter of q, read as a claim about the optimum: certified together
 * with the sheet's other statements about that factor. Null if it is no such step, or not the optimum.
 */
export async function asUpdate(
	step: CompareStep,
	context: Context,
	claims: UpdateList,
	seed: string,
	recall: Recall,
): Promise<Decision | null> {
	const assignment = assignmentOf(step);
	const factor =
		assignment && factorOfParameter(context, assignment.target.name);
	if (!assignment || !factor)
		return (
			(await memberOfFamily(step, seed, recall)) ??
			compositeUpdate(step, seed, recall)
		);
	try {
		const others = claims
			.assignmentsOf(context, factor)
			.filter((a) => a.target.name !== assignment.target.name);
		const own = [...others, assignment];
		const missing = parametersOf(context, factor).filter(
			(name) => !own.some((a) => a.target.name === name),
		);
		const joint =
			missing.length > 0
				? null
				: (await recall(certifyFactor, context, factor, own, seed)).decision;
		if (joint && holds(joint)) return asOptimum(joint);
		const decision = await recall(
			atOwnOptimum,
			context,
			factor,
			assignment,
			seed,
		);
		return asOptimum(
			decision ?? joint ?? openIn(context, factor, missing.join(", ")),
		);
	} catch (error) {
		if (error instanceof Problem || error instanceof NoNormalForm) return null;
		throw error;
	}
}

/** What is not known of one factor by itself whose optimum hangs together with that of others; null where it does not. */
function openIn(
	context: Context,
	factor: Factor,
	missing: string,
): Decision | null {
	if (blockOf(context, factor).length === 1) return null;
	return {
		verdict: "unread",
		reason: `factors of q that depend on each other have one optimum together, and nothing is stated of ${missing}; expected an updates block with all of them`,
		rules: [],
		failure: null,
		note: null,
	};
}

/**
 * The smallest edit under which a refuted step about parameters of one factor of q says what the optimum is; null if it is no
 * such step, or none is found.
 */
export async function repairOfStatement(
	step: CompareStep,
	claims: UpdateList,
	seed: string,
	search: Search,
): Promise<Repair | null> {
	const { context } = step;
	if (!context.family) return null;
	const assignment = assignmentOf(step);
	const factor = assignment
		? factorOfParameter(context, assignment.target.name)
		: soleFactorOf(context, step.left.expr);
	if (!factor) return null;
	const stated = statedStep(step);
	try {
		if (!assignment) {
			const { repairAtOptimum } = await import("./repairAtOptimum.js");
			return await search(repairAtOptimum, context, factor, stated, seed);
		}
		const own = claims.assignmentsOf(context, factor);
		const { repairOfUpdate } = await import("./updateRepair.js");
		const update = { assignment, step: stated };
		return await search(repairOfUpdate, context, factor, own, update, seed);
	} catch (error) {
		if (error instanceof Problem || error instanceof NoNormalForm) return null;
		throw error;
	}
}

/** A step that says of q* which member of the family it is. */
async function memberOfFamily(
	step: CompareStep,
	seed: string,
	recall: Recall,
): Promise<Decision | null> {
	const factor = optimalFactorOf(step.left.surface, step.context);
	if (!factor) return null;
	return asOptimum(await recall(ofOptimalFactor, factor, claimOf(step), seed));
}

/** A step that says of several parameters of one factor together what they are at the optimum. */
async function compositeUpdate(
	step: CompareStep,
	seed: string,
	recall: Recall,
): Promise<Decision | null> {
	if (step.relation !== "equal" || !step.context.family) return null;
	const { context, left, right } = step;
	const decision = await recall(
		holdsAtOptimum,
		context,
		left.expr,
		right.expr,
		seed,
	);
	return asOptimum(decision);
}

/** A decision that holds, or that cannot be reached, with the note of what was taken to be meant; null if it does not hold. */
function asOptimum(decision: Decision | null): Decision | null {
	if (!decision || decision.verdict === "refuted") return null;
	const note = "read as the update: the coordinate optimum of the model";
	return { ...decision, note };
}
