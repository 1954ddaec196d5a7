import type { Expr, Sym } from "../expr/tree.js";
import { type Evaluation, evaluate, type World } from "../numeric/index.js";
import type { Claim, Decision } from "./claim.js";
import { confirmFirst } from "./confirm.js";
import { at, floats, lookAlone } from "./look.js";
import {
	type Premises,
	type PremiseWorld,
	worldsWhere,
} from "./premiseWorlds.js";
import { isGeneral } from "./telling.js";

const workPerSide = 40_000;

/**
 * A conclusion about the variable of `expression = 0`, looked at where that variable is given the value of a root.
 * @returns null if no root was found in any world
 */
export async function atRoots(
	expression: Expr,
	by: Sym,
	claim: Claim,
	seed: string,
): Promise<Decision | null> {
	return underPremises(
		{ zeros: [expression], bounds: [] },
		claim,
		seed,
		by.name,
	);
}

/**
 * A conclusion looked at in worlds in which its premises hold: refuted where it fails in one, `agrees` where it holds in all
 * that were found.
 * @param moved the one symbol that the premises are solved for; null for any
 * @returns null if no world tells
 */
export async function underPremises(
	premises: Premises,
	claim: Claim,
	seed: string,
	moved: string | null = null,
): Promise<Decision | null> {
	if (claim.relation.varies) return null;
	const sides = [claim.left, claim.right];
	const found = worldsWhere(premises, sides, claim.context, seed, moved);
	let seen = 0;
	let tells = false;
	for (const place of found) {
		const outcome = holdsAt(place, claim);
		const refuted = outcome === false && (await refutation(place.world, claim));
		if (refuted) return refuted;
		if (!outcome) continue;
		seen += 1;
		tells ||= isGeneral(place.world, claim.context);
	}
	if (!tells) return null;
	return {
		verdict: "agrees",
		reason: `it holds at ${seen} roots of the premise that were found`,
		rules: [],
		failure: null,
		note: null,
	};
}

/** The conclusion refuted in a world, if it fails there in many digits as well. */
async function refutation(
	world: World,
	claim: Claim,
): Promise<Decision | null> {
	const reason = "it fails where the premise holds";
	const look = lookAlone(world, "fails", reason);
	const found = await confirmFirst(claim, [look]);
	return (
		found && {
			verdict: "refuted",
			reason,
			rules: [],
			failure: found.failure,
			note: null,
		}
	);
}

function sidesIn(world: World, { left, right, context }: Claim) {
	return {
		left: evaluate(left, world, context, workPerSide),
		right: evaluate(right, world, context, workPerSide),
	};
}

/** A root is known to some ten digits, so that only a clear difference counts, beside the usual size of the sides too. */
function holdsAt({ world, start }: PremiseWorld, claim: Claim): boolean | null {
	const { left, right } = sidesIn(world, claim);
	const usual = sidesIn(start, claim);
	if (left.status !== "ok" || right.status !== "ok") return null;
	let holds: boolean | null = true;
	for (let n = 0; n < left.values.length; n += 1) {
		const [a, b] = [at(left, left.values, n), at(right, right.values, n)];
		const pair = { left: a, right: b };
		const defect = claim.relation.defect(floats, pair, pair);
		const gap =
			claim.relation.sense === "zero" ? Math.abs(defect) : Math.max(0, -defect);
		const error = at(left, left.error, n) + at(right, right.error, n);
		const size = Math.abs(a) + Math.abs(b);
		const doubt = 1e-7 * (usualSize(usual.left, n) + usualSize(usual.right, n));
		if (gap > 1e-4 * size + doubt + 6 * error) return false;
		if (gap > 1e-7 * size + 1e-3 * doubt) holds = null;
	}
	return holds;
}

function usualSize(e: Evaluation, n: number): number {
	return e.status === "ok" ? at(e, e.scale, n) : 0;
}
