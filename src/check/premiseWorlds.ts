import { sub } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { freeIndices, visit } from "../expr/walk.js";
import {
	type Evaluation,
	evaluate,
	everyAssignment,
	integrates,
	makeWorlds,
	type Place,
	placeOf,
	rootNear,
	type World,
} from "../numeric/index.js";
import { equal } from "../relations/equal.js";
import type { Claim } from "./claim.js";
import { floats } from "./look.js";

/** Node evaluations that a side may cost in one world. */
const workPerSide = 40_000;
const worldCount = 8;
const worldCountByQuadrature = 3;
/** Where only inequalities are presumed, worlds are drawn and kept if these hold. */
const worldsDrawn = 64;
const mostUnknowns = 12;
const mostEquations = 12;
const mostMoved = 5;
/** The search sets out from these multiples of the values, so that several roots may be found. */
const startingFactors = [1, -1, 4, 0];

/** What is presumed: an expression that is 0, or a bound. Both for all values of their free indices. */
export interface Premises {
	readonly zeros: readonly Expr[];
	readonly bounds: readonly Claim[];
}

/** A world in which premises hold, and the random one that it came from. */
export interface PremiseWorld {
	readonly world: World;
	readonly start: World;
}

/** The premises that claims make; null where one is neither an equation nor a bound. */
export function premisesOf(claims: readonly Claim[]): Premises | null {
	const isBound = ({ relation }: Claim) => relation.sense === "nonnegative";
	if (claims.some((c) => c.relation !== equal && !isBound(c))) return null;
	return {
		zeros: claims
			.filter((c) => c.relation === equal)
			.map((c) => sub(c.left, c.right)),
		bounds: claims.filter(isBound),
	};
}

/**
 * Worlds in which the premises hold: random ones, in which what the equations mention is moved to a root, one symbol
 * after another and at last all together. What else is mentioned keeps its random value, so that where a conclusion holds
 * only because of what was moved, another world shows it.
 * @param moved the one symbol that may be moved; null for any
 */
export function worldsWhere(
	{ zeros, bounds }: Premises,
	others: readonly Expr[],
	context: Context,
	seed: string,
	moved: string | null = null,
): PremiseWorld[] {
	const trees = [...zeros, ...bounds.flatMap((b) => [b.left, b.right])];
	const draw = (count: number) =>
		makeWorlds([...trees, ...others], context, `${seed}/roots`, count);
	if (zeros.length === 0)
		return draw(worldsDrawn)
			.filter((world) => areKept(bounds, world))
			.map((world) => ({ world, start: world }));
	const count = zeros.some(integrates) ? worldCountByQuadrature : worldCount;
	const names = moved === null ? symbolsOf(zeros, others) : [moved];
	return draw(count)
		.flatMap((start) =>
			rootsFrom(start, zeros, context, names).map((world) => ({
				world,
				start,
			})),
		)
		.filter(({ world }) => areKept(bounds, world));
}

/** Symbols of the equations, those of the conclusion first. */
function symbolsOf(zeros: readonly Expr[], others: readonly Expr[]): string[] {
	const inZeros = namesIn(zeros);
	const first = [...namesIn(others)].filter((name) => inZeros.has(name));
	return [...new Set([...first, ...inZeros])];
}

function namesIn(trees: readonly Expr[]): Set<string> {
	const names = new Set<string>();
	for (const tree of trees)
		visit(tree, (e) => {
			if (e.kind === "symbol") names.add(e.name);
		});
	return names;
}

function rootsFrom(
	start: World,
	zeros: readonly Expr[],
	context: Context,
	names: readonly string[],
): World[] {
	const places = names
		.flatMap((name) => placeOf(name, start, context) ?? [])
		.slice(0, mostMoved);
	const together = places.length > 1 ? [places] : [];
	return [...places.map((p) => [p]), ...together].flatMap((group) =>
		startingFactors.flatMap(
			(factor) => rootBy(start, zeros, context, group, factor) ?? [],
		),
	);
}

/** The world with some symbols moved to a root of all expressions; null if none is found in their domain. */
function rootBy(
	start: World,
	zeros: readonly Expr[],
	context: Context,
	places: readonly Place[],
	factor: number,
): World | null {
	const lengths = places.map((p) => p.read(start).length);
	const total = lengths.reduce((a, b) => a + b, 0);
	const at = (theta: readonly number[]) =>
		written(start, places, lengths, theta);
	const first = places.flatMap((p) => p.read(start)).map((x) => factor * x);
	const usual = residualsIn(start, zeros, context);
	if (!usual || usual.length > mostEquations || total > mostUnknowns)
		return null;
	const tolerance = usual.map(({ scale }) => 1e-11 * scale);
	const found = rootNear(
		(theta) => {
			const world = at(theta);
			return (
				world &&
				(residualsIn(world, zeros, context)?.map((r) => r.value) ?? null)
			);
		},
		first,
		tolerance,
	);
	const world = found && at(found);
	return world && isRoot(world, zeros, context) ? world : null;
}

/** Whether terms cancel there, instead of being next to nothing each, as weights e^{−x²/2} far out are. */
function isRoot(
	world: World,
	zeros: readonly Expr[],
	context: Context,
): boolean {
	const there = residualsIn(world, zeros, context) ?? [];
	return there.every(({ value, scale }) => Math.abs(value) <= 1e-6 * scale);
}

/** The world with other numbers at the places; null where a type does not allow them. */
function written(
	world: World,
	places: readonly Place[],
	lengths: readonly number[],
	theta: readonly number[],
): World | null {
	let next = world;
	let from = 0;
	for (const [i, place] of places.entries()) {
		const numbers = theta.slice(from, from + (lengths[i] as number));
		if (!place.allows(numbers)) return null;
		next = place.write(next, numbers);
		from += numbers.length;
	}
	return next;
}

/** All entries of all expressions, at all values of their free indices; null if one is not defined. */
function residualsIn(
	world: World,
	zeros: readonly Expr[],
	context: Context,
): { value: number; scale: number }[] | null {
	const found: { value: number; scale: number }[] = [];
	for (const zero of zeros)
		for (const w of everyAssignment(world, [...freeIndices(zero)], context)) {
			const { status, values, scale, error } = evaluate(
				zero,
				w,
				context,
				workPerSide,
			);
			if (status !== "ok" || error.some((e) => e > 0)) return null;
			values.forEach((value, i) => {
				found.push({ value, scale: scale[i] as number });
			});
		}
	return found;
}

/** Whether bounds hold clearly. */
function areKept(bounds: readonly Claim[], world: World): boolean {
	return bounds.every((bound) => {
		const { left, right, context } = bound;
		const names = new Set([...freeIndices(left), ...freeIndices(right)]);
		return everyAssignment(world, [...names], context).every((w) =>
			isKept(bound, w),
		);
	});
}

function isKept({ left, right, relation, context }: Claim, world: World) {
	const a = evaluate(left, world, context, workPerSide);
	const b = evaluate(right, world, context, workPerSide);
	if (a.status !== "ok" || b.status !== "ok") return false;
	return a.values.every((value, n) => {
		const sides = { left: value, right: b.values[n] as number };
		return relation.defect(floats, sides, sides) > clearly(a, b, n);
	});
}

function clearly(a: Evaluation, b: Evaluation, n: number): number {
	const at = (list: readonly number[]) => list[n] as number;
	return 1e-9 * (at(a.scale) + at(b.scale)) + 6 * (at(a.error) + at(b.error));
}
