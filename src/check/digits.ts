import type { Expr } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import {
	bigNumbers,
	evaluatePrecisely,
	makeWorlds,
	type PreciseEvaluation,
	type World,
} from "../numeric/index.js";
import type { Claim, Failure } from "./claim.js";

/** Digits in which both sides are computed, twice each time: what is rounding gets smaller with more, what differs stays. */
const precisions = [
	[40, 80],
	[80, 160],
] as const;

/** Big-number operations that a side may cost. */
const effort = 20_000;

const mostWorlds = 3;

/**
 * A difference too small for doubles: 0.1 + 0.2 is not 0.30000000000000004. Looked for where an equation agrees in doubles and
 * has no proof, and where no quadrature stands between the digits and the value.
 */
export async function differenceInDigits(
	claim: Claim,
	seed: string,
): Promise<Failure | null> {
	const { left, right, relation, context } = claim;
	if (relation.sense !== "zero" || relation.varies) return null;
	if (needsMeasure(left) || needsMeasure(right)) return null;
	const worlds = makeWorlds([left, right], context, seed).slice(0, mostWorlds);
	for (const world of worlds)
		for (const pair of precisions) {
			const failure = await differenceAt(claim, world, pair);
			if (failure) return failure;
		}
	return null;
}

async function differenceAt(
	claim: Claim,
	world: World,
	[few, many]: readonly [number, number],
): Promise<Failure | null> {
	const coarse = await sidesAt(claim, world, few);
	const fine = coarse && (await sidesAt(claim, world, many));
	if (!coarse || !fine) return null;
	const numbers = await bigNumbers(many);
	for (let n = 0; n < fine.left.length; n += 1) {
		const [a, b] = [fine, coarse].map(({ left, right }) =>
			numbers.sub(
				numbers.read(left[n] as string),
				numbers.read(right[n] as string),
			),
		);
		if (!a || !b || a.isZero()) continue;
		if (a.minus(b).abs().gt(a.abs().times(1e-3))) continue;
		return { world, other: null, ...shownApart(fine, n) };
	}
	return null;
}

interface Sides {
	readonly left: readonly string[];
	readonly right: readonly string[];
}

async function sidesAt(
	{ left, right, context }: Claim,
	world: World,
	digits: number,
): Promise<Sides | null> {
	const of = (tree: Claim["left"]) =>
		evaluatePrecisely(tree, world, context, digits, effort);
	const [l, r] = [await of(left), await of(right)];
	return isExact(l) && isExact(r) && l.decimals.length === r.decimals.length
		? { left: l.decimals, right: r.decimals }
		: null;
}

function isExact({ status, error }: PreciseEvaluation): boolean {
	return status === "ok" && error.every((e) => e === 0);
}

/** Both values with as many digits as it takes to tell them apart. */
function shownApart({ left, right }: Sides, n: number) {
	const [l, r] = [left[n] as string, right[n] as string];
	let same = 0;
	while (same < l.length && l[same] === r[same]) same += 1;
	const cut = (text: string) =>
		/e/i.test(text) ? text : text.slice(0, Math.max(same + 3, 8));
	return { left: cut(l), right: cut(r) };
}

/** Whether a tree takes an integral, an expectation, or the value of an unnamed density or function. */
function needsMeasure(e: Expr): boolean {
	return some(e, (x) =>
		["integral", "expectation", "pdf", "table"].includes(x.kind),
	);
}
