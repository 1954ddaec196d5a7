import { byChannel } from "../../../dist/check/channels.js";
import { decide } from "../../../dist/check/decide.js";

const witnessSays = { holds: "equal", fails: "differs", open: "nothing" };

/** What is said of a claim by both channels together, and by each alone. */
export async function verdictOf(claim, seed) {
	const { verdict, reason } = await decide(claim, seed);
	const { symbolic, witness, failure } = await byChannel(claim, seed);
	return {
		verdict,
		reason,
		symbolic: symbolic === "equal",
		witness: witnessSays[witness],
		failure,
	};
}
