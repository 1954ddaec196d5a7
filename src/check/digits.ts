import type { Expr } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import {
	decimals,
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

/** Precise operations that a side may cost. */
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
	for (let n = 0; n < fine.differences.length; n += 1) {
		const [a, b] = [fine, coarse].map((s) => s.differences[n] as number) as [
			number,
			number,
		];
		const isSeen = Math.abs(a) > 10 ** (8 - few) * (fine.sizes[n] as number);
		if (isSeen && Math.abs(a - b) <= 1e-3 * Math.abs(a))
			return { world, other: null, ...shownApart(fine, n) };
	}
	return null;
}

/** Both sides, entry by entry: as text, their size and their difference. */
interface Sides {
	readonly left: readonly string[];
	readonly right: readonly string[];
	readonly sizes: readonly number[];
	readonly differences: readonly number[];
}

async function sidesAt(
	{ left, right, context }: Claim,
	world: World,
	digits: number,
): Promise<Sides | null> {
	const precision = await decimals(digits);
	const { numbers } = precision;
	const [l, r] = [left, right].map((tree) =>
		evaluatePrecisely(tree, world, context, precision, effort),
	);
	if (!l || !r || !isExact(l) || !isExact(r)) return null;
	if (l.precise.length !== r.precise.length) return null;
	return {
		left: l.precise.map(numbers.text),
		right: r.precise.map(numbers.text),
		sizes: l.values.map((x, n) =>
			Math.max(Math.abs(x), Math.abs(r.values[n] as number)),
		),
		differences: l.precise.map((x, n) =>
			numbers.toNumber(numbers.sub(x, r.precise[n] as typeof x)),
		),
	};
}

function isExact({ status, error }: PreciseEvaluation<unknown>): boolean {
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
