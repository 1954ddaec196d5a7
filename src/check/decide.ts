import { sameTree } from "../expr/walk.js";
import type { Claim, Decision } from "./claim.js";
import { withoutNormaliser } from "./normaliser.js";
import { proveClaim } from "./symbolic.js";
import { type Testimony, testify } from "./witness.js";

/** Node evaluations a side may cost in one world where a proof stands already; the worlds that it excludes are the large ones. */
const workBesideProof = 40_000;

/** An inequality without a proof is attacked in more worlds, small and large scales among them (trap 14). */
const worldsAgainstBound = 48;

/** The same where no proof was found: more, for then the worlds are all there is. */
const workWithoutProof = 100_000;

/**
 * Decides a claim by both channels. Proved needs both; where they contradict each other the witness is believed, with a
 * loud note, for then one of them is wrong and a wrong step must not be called proved.
 */
export async function decide(claim: Claim, seed: string): Promise<Decision> {
	if (sameTree(claim.left, claim.right) && !claim.relation.varies)
		return decision(
			"proved",
			"both sides are the same expression",
			[],
			null,
			"says nothing: both sides are identical",
		);
	const proof = proveClaim(claim);
	const stripped = withoutNormaliser(claim);
	let testimony = await testify(
		stripped,
		seed,
		proof.proved ? workBesideProof : workWithoutProof,
		proof.proved,
	);
	if (testimony.deciding === 0 && !testimony.failure)
		testimony = await testify(stripped, seed, undefined, proof.proved);
	if (
		claim.relation.sense === "nonnegative" &&
		!proof.proved &&
		!testimony.failure
	)
		testimony = await testify(
			stripped,
			`${seed}/attack`,
			workWithoutProof,
			false,
			worldsAgainstBound,
		);
	if (testimony.failure) return refutation(testimony, proof.proved);
	if (testimony.deciding === 0)
		return decision(
			"unread",
			`no world decides: ${testimony.reason}`,
			[],
			null,
			null,
		);
	if (proof.proved)
		return decision("proved", reasonOf(proof.rules), proof.rules, null, null);
	const worlds = `${testimony.deciding} worlds agree`;
	return decision(
		"agrees",
		`${worlds}; no symbolic proof was found (${proof.obstacle})`,
		proof.rules,
		null,
		null,
	);
}

function reasonOf(rules: readonly string[]): string {
	return rules.length === 0
		? "the normal forms coincide"
		: rules.slice(0, 3).join(", ");
}

function refutation(testimony: Testimony, proved: boolean): Decision {
	const internal =
		"internal: the normal forms coincide although a world refutes; please report this step";
	const note = [testimony.note, proved ? internal : null]
		.filter(Boolean)
		.join("; ");
	return decision(
		"refuted",
		testimony.reason,
		[],
		testimony.failure,
		note || null,
	);
}

function decision(
	verdict: Decision["verdict"],
	reason: string,
	rules: readonly string[],
	failure: Decision["failure"],
	note: string | null,
): Decision {
	return { verdict, reason, rules, failure, note };
}
