import { decide } from "../../../dist/check/decide.js";
import { proveClaim } from "../../../dist/check/symbolic.js";

/** What is said of a claim by both channels together, and by each alone. */
export async function verdictOf(claim, seed) {
	const { verdict, reason } = await decide(claim, seed);
	const symbolic = proveClaim(claim).proved;
	const witness =
		verdict === "refuted"
			? "differs"
			: verdict === "unread"
				? "nothing"
				: "equal";
	return { verdict, reason, symbolic, witness };
}
