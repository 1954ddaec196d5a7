import type { Claim } from "../../../src/check/claim.js";
import type { Verdict } from "../../../src/check/result.js";

export function verdictOf(
	claim: Claim,
	seed: string,
): Promise<{
	readonly verdict: Verdict;
	readonly reason: string;
	readonly symbolic: boolean;
	readonly witness: "differs" | "nothing" | "equal";
}>;
