import {
	evaluate,
	fineMovesFrom,
	integrates,
	type Move,
	makeWorlds,
	movesFrom,
	type World,
} from "../numeric/index.js";
import type { Claim } from "./claim.js";
import { confirmFirst } from "./confirm.js";
import { floats, type Look, lookAlone } from "./look.js";
import { type Testimony, testify } from "./witness.js";

/** Node evaluations a side may cost: the attack looks at many worlds, so only at cheap ones, or at few by quadrature. */
const [workPerSide, workByQuadrature] = [6_000, 40_000];

const worldsDrawn = 48;
const worldsDrawnByQuadrature = 16;
const worldsDescended = 4;
const worldsOfSize = 3;
const sweeps = 3;
const mostRepeats = 12;

/**
 * Attacks an inequality without a proof that holds in the usual worlds: in many more of them, and from some on downhill,
 * where every move that makes the gap smaller is kept; from few small ones where each look costs a quadrature.
 * @returns the testimony with the failure that was found, or with the further worlds in which the inequality holds
 */
export async function attack(
	claim: Claim,
	seed: string,
	before: Testimony,
): Promise<Testimony> {
	const isCostly = [claim.left, claim.right].some(integrates);
	const drawn = await testify(
		claim,
		`${seed}/attack`,
		workPerSide,
		false,
		isCostly ? worldsDrawnByQuadrature : worldsDrawn,
	);
	if (drawn.failure) return drawn;
	const deciding = before.deciding + drawn.deciding;
	const worlds = makeWorlds([claim.left, claim.right], claim.context, seed);
	const starts = isCostly
		? smallWorlds(worlds)
		: [...worlds.slice(-worldsDescended), ...largeWorlds(claim, seed)];
	const work = isCostly ? workByQuadrature : workPerSide;
	const ways = starts.flatMap((world) =>
		(["absolute", "relative"] as const).map((size) => ({ world, size })),
	);
	for (const { world, size } of ways) {
		const look = descend(claim, world, { size, work }, isCostly ? 1 : sweeps);
		const found = look && (await confirmFirst(claim, [look]));
		if (found) return { ...drawn, failure: found.failure, reason: look.reason };
	}
	return { ...before, deciding };
}

/** The smallest world, and the smallest in which no size is 1: there the only component of a simplex is 1, say. */
function smallWorlds(worlds: readonly World[]): readonly World[] {
	const [first, second] = worlds;
	const isFull = ({ sizes }: World) => [...sizes.values()].every((n) => n > 1);
	const full = worlds.find((w) => w !== first && isFull(w)) ?? second;
	return [first, full].filter((w) => w !== undefined);
}

/** Worlds in which sums have more terms than a bound may allow for. */
function largeWorlds({ left, right, context }: Claim, seed: string) {
	return makeWorlds([left, right], context, seed, worldsOfSize, "large").slice(
		-1,
	);
}

/** The first world on the way down in which the gap is clearly negative. */
function descend(
	claim: Claim,
	start: World,
	measure: Measure,
	rounds: number,
): Look | null {
	let world = start;
	let least = gap(claim, world, measure)?.value ?? Number.NEGATIVE_INFINITY;
	const isPassed = (moves: readonly Move[]): boolean => {
		for (const move of moves)
			for (let repeat = 0; repeat < mostRepeats; repeat += 1) {
				const next = move(world);
				const here = gap(claim, next, measure);
				if (!here || least - here.value <= leastGain * Math.abs(least)) break;
				[world, least] = [next, here.value];
				if (here.isNegative) return true;
			}
		return false;
	};
	const { context } = claim;
	const found = () => lookAlone(world, "fails", reason);
	for (let sweep = 0; sweep < rounds; sweep += 1)
		if (isPassed(movesFrom(world, context))) return found();
	if (rounds < sweeps) return null;
	for (const part of fineParts)
		if (isPassed(fineMovesFrom(world, context, part))) return found();
	return null;
}

/** By these parts numbers are moved at last, towards a least gap that lies between the coarse steps. */
const fineParts = [0.1, 0.1, 0.03, 0.03, 0.01, 0.003, 0.001];

const reason = "the sides differ";
const leastGain = 1e-6;
/** The part of what was added up that rounding stays below; what is less may be a bound that fails by little. */
const rounding = 1e-11;

/** Whether a gap counts as it is, or beside the size of what was added up: each leads past places where the other stops. */
type Size = "absolute" | "relative";

/** How a gap is measured, and the node evaluations that a side of it may cost. */
interface Measure {
	readonly size: Size;
	readonly work: number;
}

interface Gap {
	/** The least entry of what must not be negative, at the upper end of its error. */
	readonly value: number;
	/** Whether an entry is negative beyond rounding; many digits tell whether it truly is. */
	readonly isNegative: boolean;
}

/** The gap in a world; null where it cannot be computed. */
function gap(
	{ left, right, relation, context }: Claim,
	world: World,
	{ size: against, work }: Measure,
): Gap | null {
	const a = evaluate(left, world, context, work);
	const b = evaluate(right, world, context, work);
	if (a.status !== "ok" || b.status !== "ok") return null;
	const entries = a.values.map((value, n) => {
		const sides = { left: value, right: b.values[n] as number };
		const size = (a.scale[n] as number) + (b.scale[n] as number);
		const error = (a.error[n] as number) + (b.error[n] as number);
		const defect = relation.defect(floats, sides, sides) + 6 * error;
		const beside = size > 0 ? defect / size : 0;
		return { value: against === "absolute" ? defect : beside, beside };
	});
	return {
		value: Math.min(...entries.map((e) => e.value)),
		isNegative: entries.some((e) => e.beside < -rounding),
	};
}
