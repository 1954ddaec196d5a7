import type { Claim, Failure } from "./claim.js";
import { heard } from "./decide.js";
import { withoutNormaliser } from "./normaliser.js";
import { proveClaim } from "./symbolic.js";

/** What each channel says of a claim by itself. `open`: not shown, or no world decides. */
export interface ByChannel {
	readonly symbolic: "equal" | "open";
	readonly witness: "holds" | "fails" | "open";
	/** Where it fails, if it does. */
	readonly failure: Failure | null;
}

/**
 * Asks each channel alone. The witness does not hear whether there is a proof, so it looks as closely as where there is
 * none; `equal` beside `fails` is a contradiction, which is a fault of ours.
 */
export async function byChannel(
	claim: Claim,
	seed: string,
): Promise<ByChannel> {
	const { failure, deciding } = await heard(
		withoutNormaliser(claim),
		seed,
		false,
	);
	const passed = deciding > 0 ? "holds" : "open";
	return {
		symbolic: proveClaim(claim).proved ? "equal" : "open",
		witness: failure ? "fails" : passed,
		failure,
	};
}
