import { sameTree } from "../expr/walk.js";
import { mostWork, needsQuadrature } from "../numeric/index.js";
import { attack } from "./attack.js";
import type { Claim, Decision } from "./claim.js";
import { differenceInDigits } from "./digits.js";
import { equalityAt } from "./equality.js";
import { spoken } from "./greek.js";
import { sidesDiffer } from "./look.js";
import { withoutNormaliser } from "./normaliser.js";
import { type Proof, proveClaim } from "./symbolic.js";
import { mentionsCounts } from "./telling.js";
import { type Testimony, testify } from "./witness.js";

/** Node evaluations a side may cost in one world before a proof is tried: most wrong steps fail in a small one. */
const effortAtAGlance = 4_000;

/** Work that a proof may cost of what a world refutes already, to see whether the channels contradict each other. */
const budgetAgainst = 10_000;

/**
 * Node evaluations a side may cost in one world where a proof stands already, tried in turn until a world decides; the worlds
 * that they exclude are the large ones.
 */
const effortsBesideProof = [40_000, 200_000, mostWork];

/** The same where no proof was found: more, for then the worlds are all there is. */
const effortsWithoutProof = [100_000, mostWork];

/**
 * Decides a claim by both channels. Proved needs both; where they contradict each other the witness is believed, with a
 * loud note, for then one of them is wrong and a wrong step must not be called proved.
 * @param known the proof of this claim, where it was tried before
 */
export async function decide(
	claim: Claim,
	seed: string,
	known?: Proof,
): Promise<Decision> {
	if (saysNothing(claim))
		return decision(
			"proved",
			"both sides are the same expression",
			[],
			null,
			"says nothing: both sides are identical",
		);
	const stripped = withoutNormaliser(claim);
	const glance = known
		? null
		: await testify(stripped, seed, effortAtAGlance, true);
	if (glance?.failure)
		return refutation(claim, glance, proveClaim(claim, budgetAgainst).proved);
	const proof = known ?? proveClaim(claim);
	const testimony = await heard(stripped, seed, proof.proved);
	if (testimony.failure) return refutation(claim, testimony, proof.proved);
	if (testimony.deciding === 0)
		return decision(
			"unread",
			`no world decides: ${testimony.reason}`,
			[],
			null,
			null,
		);
	const equality =
		claim.relation.isStrict && !proof.proved
			? await equalityAt(claim, seed)
			: null;
	if (equality)
		return refutation(
			claim,
			{ ...testimony, failure: equality, reason: "the sides are equal there" },
			false,
		);
	if (proof.proved)
		return decision("proved", reasonOf(proof.rules), proof.rules, null, null);
	const failure = await differenceInDigits(stripped, seed);
	if (failure)
		return refutation(
			claim,
			{
				...testimony,
				failure,
				reason: "the sides differ beyond the sixteenth digit",
			},
			false,
		);
	const worlds = `${testimony.deciding} worlds agree`;
	return decision(
		"agrees",
		`${worlds}; no symbolic proof was found (${proof.obstacle})`,
		proof.rules,
		null,
		null,
	);
}

/**
 * Whether both channels prove a claim. Worlds mostly cost more, and are looked at where the normal forms coincide; but for
 * an inequality many facts are tried in vain, which a world in which it fails spares.
 */
export async function isProved(claim: Claim, seed: string): Promise<boolean> {
	if (saysNothing(claim)) return true;
	const isBound = claim.relation.sense === "nonnegative";
	if (isBound && (await heard(withoutNormaliser(claim), seed, true)).failure)
		return false;
	const proof = proveClaim(claim);
	return (
		proof.proved && (await decide(claim, seed, proof)).verdict === "proved"
	);
}

function saysNothing({ left, right, relation }: Claim): boolean {
	return !relation.varies && !relation.isStrict && sameTree(left, right);
}

/** Small counts coincide often, and so do their factorials, 0! = 1!; so do events, of which a last one that is 1 hides 1 − x. */
const worldsForCounts = 32;

/** So often worlds are drawn anew: where only small ones decide, the values in them are few. */
const drawsForCounts = 3;

/** The witness, with more effort where little decides nothing; an inequality without a proof is attacked besides. */
export async function heard(
	claim: Claim,
	seed: string,
	isProved: boolean,
): Promise<Testimony> {
	const testimony = await heardAtLast(claim, seed, isProved);
	if (testimony.failure || isProved) return testimony;
	if (testimony.deciding > 0) {
		const ofCounts = mentionsCounts(claim)
			? await heardOfCounts(claim, seed)
			: null;
		const further = ofCounts ?? (await lookFurther(claim, seed));
		if (further.failure) return further;
	}
	const isBound = claim.relation.sense === "nonnegative";
	return isBound ? attack(claim, seed, testimony) : testimony;
}

async function heardAtLast(
	claim: Claim,
	seed: string,
	isProved: boolean,
): Promise<Testimony> {
	const [first, ...more] = isProved ? effortsBesideProof : effortsWithoutProof;
	let testimony = await testify(claim, seed, first, isProved);
	for (const effort of more) {
		if (testimony.failure || testimony.deciding > 0) return testimony;
		const isLast = effort === more.at(-1);
		const count = isLast && mentionsCounts(claim) ? worldsForCounts : undefined;
		testimony = await testify(claim, seed, effort, isProved, count);
	}
	return testimony;
}

/** What refutes a claim about counts in worlds that are drawn anew; null if nothing does. */
async function heardOfCounts(
	claim: Claim,
	seed: string,
): Promise<Testimony | null> {
	const [effort] = effortsWithoutProof;
	for (let draw = 1; draw <= drawsForCounts; draw += 1) {
		const drawn = `${seed}/counts ${draw}`;
		const more = await testify(claim, drawn, effort, false, worldsForCounts);
		if (more.failure) return more;
	}
	return null;
}

/** Node evaluations a side may cost in one of the worlds further out. */
const effortBeyond = 40_000;

/** By quadrature fewer are looked at. */
const [worldsFurther, worldsFurtherByQuadrature] = [32, 20];

/** Worlds with larger sizes, and with values of other orders, in which a claim may fail that holds in all the usual ones. */
function lookFurther(claim: Claim, seed: string): Promise<Testimony> {
	const isCostly = [claim.left, claim.right].some(needsQuadrature);
	return testify(
		claim,
		`${seed}/further`,
		effortBeyond,
		false,
		isCostly ? worldsFurtherByQuadrature : worldsFurther,
		"far",
	);
}

function reasonOf(rules: readonly string[]): string {
	return rules.length === 0
		? "the normal forms coincide"
		: rules.slice(0, 3).join(", ");
}

function refutation(
	claim: Claim,
	testimony: Testimony,
	proved: boolean,
): Decision {
	const internal =
		"internal: the normal forms coincide although a world refutes; please report this step";
	return {
		...decision(
			"refuted",
			reasonOfFailure(claim, testimony.reason),
			[],
			testimony.failure,
			proved ? internal : null,
		),
		hint: testimony.note,
	};
}

/** Where sides may differ, how they do: by a factor or a term that depends on the variable. */
function reasonOfFailure({ relation, free }: Claim, reason: string): string {
	if (!free || !relation.varies || reason !== sidesDiffer) return reason;
	const name = free.kind === "index" ? free.name : spoken(free.symbol.name);
	const what = relation.sign === "∝" ? "ratio" : "difference";
	return `the ${what} of the sides depends on ${name}`;
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
