import type { Context } from "../expr/context.js";
import { Kept } from "../expr/kept.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import type { Arithmetic } from "./arithmetic.js";
import { careful, integrates, rounds } from "./careful.js";
import { Estimate } from "./estimate.js";
import type { Precision } from "./extended.js";
import { float64 } from "./float64.js";
import { Frame, Work } from "./frame.js";
import { lower } from "./lower.js";
import { programOver } from "./program.js";
import type { Lowered } from "./scalar.js";
import { Undecided } from "./undecided.js";
import { extent, type World } from "./world.js";

/** What a tree comes to in a world, entry by entry; a number has one entry, a matrix goes by rows. */
export interface Evaluation {
	readonly values: readonly number[];
	readonly shape: readonly number[];
	/** The sum of the sizes of the terms that were added up for an entry: what tolerances are relative to. */
	readonly scale: readonly number[];
	/** The estimated error of quadrature. */
	readonly error: readonly number[];
	/** `undefined` if an entry is not a finite number, `undecided` if it could not be computed closely enough. */
	readonly status: "ok" | "undefined" | "undecided";
	/** Why, if not ok. */
	readonly reason: string;
	/** Whether the limit of its cost stood in the way. */
	readonly isSpent: boolean;
}

/** An evaluation in many digits, with the values in them. */
export interface PreciseEvaluation<V> extends Evaluation {
	readonly precise: readonly V[];
}

/** Node evaluations after which an evaluation is given up. */
export const mostWork = 1_000_000;
const mostPreciseWork = 600_000;

/** An error that is larger than this part of the scale decides nothing. */
const largestError = 1e-5;

const lowered = new Kept<Expr, Map<Context, Lowered>>();

function loweredOnce(tree: Expr, context: Context): Lowered {
	const known = lowered.of(tree, () => new Map());
	const made = known.get(context) ?? lower(tree, context);
	known.set(context, made);
	return made;
}

const integrating = new Kept<Expr, boolean>();

function integratesOnce(tree: Expr): boolean {
	return integrating.of(tree, () => integrates(tree));
}

const caring = new Kept<Expr, boolean>();

function needsCare(tree: Expr): boolean {
	return caring.of(tree, () => integrates(tree) || rounds(tree));
}

/**
 * The value of a tree in a world, in doubles; undecided if it costs more than `limit` node evaluations.
 * @throws Problem if the tree is not well formed.
 */
export function evaluate(
	tree: Expr,
	world: World,
	context: Context,
	limit = mostWork,
): Evaluation {
	const known = evaluated.of(tree, () => new Map());
	const before = known.get(world);
	if (before && (before.spent <= limit || before.limit === limit))
		return before.value;
	const { evaluation: value, spent } = entries(
		float64,
		tree,
		world,
		context,
		limit,
		(x) => x.value,
		(x) => Number.isFinite(x.value),
	);
	known.set(world, { value, limit, spent });
	return value;
}

/**
 * The value of a sum from those of its terms, each computed once however many sums it stands in: for the candidates of a
 * search, which differ in one term. What is no sum, or integrates, is evaluated as a whole.
 * @param limit of node evaluations for each term
 */
export function evaluateByTerms(
	tree: Expr,
	world: World,
	context: Context,
	limit = mostWork,
): Evaluation {
	if (tree.kind !== "add" || tree.terms.length < 3 || integratesOnce(tree))
		return evaluate(tree, world, context, limit);
	const parts = tree.terms.map((t) => evaluate(t, world, context, limit));
	const open = parts.find((part) => part.values.length === 0);
	if (open) return open;
	const [first, ...rest] = parts as [Evaluation, ...Evaluation[]];
	const found = first.values.map((_, n) =>
		rest.reduce(
			(total, part) => float64.add(total, estimateAt(part, n)),
			estimateAt(first, n),
		),
	);
	const [status, reason] = judged(found, (x) => Number.isFinite(x.value));
	return {
		values: found.map((x) => x.value),
		shape: first.shape,
		scale: found.map((x) => x.scale),
		error: found.map((x) => x.error),
		status,
		reason,
		isSpent: false,
	};
}

function estimateAt({ values, scale, error }: Evaluation, n: number) {
	return new Estimate(
		values[n] as number,
		scale[n] as number,
		error[n] as number,
	);
}

/** A side stands in two steps of its chain, and these mostly share their worlds. */
const evaluated = new Kept<Expr, Map<World, Found>>();

/** What was found under a limit serves another one only if it would have been found there too. */
interface Found {
	readonly value: Evaluation;
	readonly limit: number;
	/** Infinite where the limit was reached. */
	readonly spent: number;
}

/** The value of a tree in a world, in many digits. */
export function evaluatePrecisely<V>(
	tree: Expr,
	world: World,
	context: Context,
	{ arithmetic, numbers }: Precision<V>,
	limit = mostPreciseWork,
): PreciseEvaluation<V> {
	const { evaluation, found } = entries(
		arithmetic,
		tree,
		world,
		context,
		limit,
		arithmetic.toNumber,
		(x) => numbers.isFinite(x.value),
	);
	return {
		...evaluation,
		precise: found.map((x) => x.value),
	};
}

function entries<V>(
	arithmetic: Arithmetic<Estimate<V>>,
	tree: Expr,
	world: World,
	context: Context,
	limit: number,
	toNumber: (x: Estimate<V>) => number,
	isDefined: (x: Estimate<V>) => boolean,
): {
	evaluation: Evaluation;
	found: readonly Estimate<V>[];
	spent: number;
} {
	const { of, freeSlots, slots } = loweredOnce(tree, context);
	const A = needsCare(tree) ? careful(arithmetic) : arithmetic;
	const shape = shapeOf(tree).map((d) => extent(world, d));
	const work = new Work(limit);
	const frame = Frame.base(A, world, slots, work);
	const unknown: string[] = [];
	for (const [name, slot] of freeSlots) {
		const at = world.indices.get(name);
		if (at === undefined) unknown.push(name);
		frame.slots[slot] = at ?? 0;
	}
	const found: Estimate<V>[] = [];
	const evaluation = (
		status: Evaluation["status"],
		reason: string,
	): Evaluation => ({
		values: found.map(toNumber),
		shape,
		scale: found.map((x) => x.scale),
		error: found.map((x) => x.error),
		status,
		reason,
		isSpent: work.isSpent,
	});
	if (unknown.length > 0)
		return {
			evaluation: evaluation(
				"undecided",
				`nothing says what ${unknown.join(", ")} runs over`,
			),
			found,
			spent: 0,
		};
	try {
		const run = programOver(A).run(of.entry);
		for (let r = 1; r <= extent(world, of.rows); r += 1)
			for (let c = 1; c <= extent(world, of.columns); c += 1) {
				frame.slots[of.rowSlot] = r;
				frame.slots[of.columnSlot] = c;
				found.push(run(frame));
			}
	} catch (thrown) {
		if (!(thrown instanceof Undecided)) throw thrown;
		found.length = 0;
		const spent = work.isSpent ? Number.POSITIVE_INFINITY : work.spent;
		return { evaluation: evaluation("undecided", thrown.reason), found, spent };
	}
	return {
		evaluation: evaluation(...judged(found, isDefined)),
		found,
		spent: work.spent,
	};
}

/** In doubles an overflow looks undefined as well; in decimals, which confirm it, it does not. */
function judged<V>(
	found: readonly Estimate<V>[],
	isDefined: (x: Estimate<V>) => boolean,
): [Evaluation["status"], string] {
	if (found.some((x) => !isDefined(x)))
		return ["undefined", "it has no finite value"];
	if (found.some((x) => !(x.error <= largestError * x.scale || x.error === 0)))
		return ["undecided", "the quadrature is not close enough"];
	return ["ok", ""];
}
