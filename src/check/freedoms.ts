import type { CompareStep } from "../elaborate/chain.js";
import type { Claim, Decision } from "./claim.js";

/**
 * A constant, or a factor of proportionality, in several variables is one that is free of each of them whatever the others
 * are: p(z, θ | x) ∝ p(x, z, θ) says so of z and of θ.
 */
export function claimsOfEach(
	claim: Claim,
	{ alsoFree }: Pick<CompareStep, "alsoFree">,
): readonly Claim[] {
	return [claim, ...alsoFree.map((free) => ({ ...claim, free }))];
}

/** What was found of several claims, and the claim that says it: the first that fails, else that is undecided, else agrees. */
export interface Decided {
	readonly claim: Claim;
	readonly decision: Decision;
}

const worstFirst: readonly Decision["verdict"][] = [
	"refuted",
	"unread",
	"agrees",
];

/** Decides each claim until one is refuted. */
export async function decideEach(
	claims: readonly Claim[],
	decideOne: (claim: Claim) => Promise<Decision>,
): Promise<Decided> {
	const found: Decided[] = [];
	for (const claim of claims) {
		const decision = await decideOne(claim);
		found.push({ claim, decision });
		if (decision.verdict === "refuted") break;
	}
	const worst = worstFirst
		.map((verdict) => found.find((f) => f.decision.verdict === verdict))
		.find((f) => f !== undefined);
	return worst ?? (found[0] as Decided);
}
