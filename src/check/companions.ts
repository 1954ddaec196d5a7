import type { Context } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import type { Assignment, Certificate } from "./certify.js";
import type { Decision } from "./claim.js";
import { parameterNamed, suggestUpdate } from "./closedForm.js";
import { spoken } from "./greek.js";
import type { Search } from "./memory.js";
import type { CheckedUpdate, Place, Repair } from "./result.js";

/** What is said of an update by itself, and of those that are missing beside it. */

/** The certificate of a parameter beside the optimum of its companions; null where that was not decided. */
export function ownCertificate(
	name: string,
	decision: Decision,
): Certificate | null {
	switch (decision.verdict) {
		case "proved":
			return {
				decision,
				text: `exact in this parameter: ${name} is that of the coordinate optimum, with its companions at theirs`,
			};
		case "agrees":
			return {
				decision,
				text: `${name} agrees with that of the coordinate optimum in every world, with its companions at theirs`,
			};
		case "refuted":
			return {
				decision,
				text: `${name} is not that of the coordinate optimum of the stated model`,
			};
		default:
			return null;
	}
}

/** A certificate of what holds, in words. */
export function issue(verdict: "proved" | "agrees", text: string): Certificate {
	const decision: Decision = {
		verdict,
		reason: text,
		rules: [],
		failure: null,
		note: null,
	};
	return { decision, text };
}

/** An update whose companions are not stated, with the closed form of the first that is missing. */
export async function withoutCompanions(
	context: Context,
	factor: Factor,
	place: Place,
	missing: readonly string[],
	own: readonly Assignment[],
	seed: string,
	search: Search,
): Promise<CheckedUpdate> {
	const repair = await search(
		closedFormOfMissing,
		context,
		factor,
		missing,
		own,
		seed,
	);
	const update = unreadUpdate(
		place,
		noUpdateFor(missing),
		"all parameters of the factor",
	);
	return { ...update, repair };
}

/** Which updates are missing, in words. */
export function noUpdateFor(missing: readonly string[]): string {
	return `no update is stated for ${missing.map(spoken).join(", ")} of the same factor`;
}

/** The closed form of the first parameter for which no update is stated; null if none is found. */
export async function closedFormOfMissing(
	context: Context,
	factor: Factor,
	missing: readonly string[],
	own: readonly Assignment[],
	seed: string,
): Promise<Repair | null> {
	const target = parameterNamed(factor, missing[0] as string);
	return target && suggestUpdate(context, factor, own, target, seed);
}

/** An update that is not decided. */
export function unreadUpdate(
	place: Place,
	message: string,
	expected: string | null,
): CheckedUpdate {
	const certificate = expected ? `${message}; expected ${expected}` : message;
	return {
		target: "",
		...place,
		verdict: "unread",
		certificate,
		counterexample: null,
		repair: null,
		note: null,
	};
}
