import type { Context } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { freeIndices, some, visit } from "../expr/walk.js";
import type { World, WorldValue } from "../numeric/index.js";
import type { Claim } from "./claim.js";

/** What worlds must be like in which a claim holds, so that it may be said to agree although nothing proves it. */

/** In one world or two a slip may not show, as beside a datum of 0. */
const leastHolding = 3;

/** Whether a claim speaks of counts or of events, which take few values. */
export function mentionsCounts({ left, right, context }: Claim): boolean {
	const events = new Set(
		context.model?.statements
			.filter((s) => s.distribution === "Bernoulli")
			.map((s) => s.variable),
	);
	const isCount = (e: Expr) =>
		e.kind === "symbol" &&
		(context.symbols.get(e.name)?.type === "count" || events.has(e.name));
	return some(left, isCount) || some(right, isCount);
}

/** Whether the worlds in which a claim holds, among all that were looked at, tell it from a wrong one. */
export function isTelling(
	claim: Claim,
	looks: readonly { readonly world: World }[],
	holding: readonly { readonly world: World }[],
): boolean {
	const ordered = orderedIndices(claim);
	const places = (all: typeof looks) =>
		all.flatMap(({ world }) => placesIn(world, claim.context, ordered));
	const seen = new Set(places(holding));
	return (
		holding.length >= leastHolding &&
		holding.some(({ world }) => isGeneral(world, claim.context)) &&
		areSizesApart(holding) &&
		places(looks).every((place) => seen.has(place))
	);
}

/** Whether any two sizes differ in some world: where N = K, a sum that runs too far does not show. */
function areSizesApart(holding: readonly { readonly world: World }[]): boolean {
	const names = [...(holding[0]?.world.sizes.keys() ?? [])];
	return names.every((a, n) =>
		names
			.slice(n + 1)
			.every((b) =>
				holding.some(({ world: { sizes } }) => sizes.get(a) !== sizes.get(b)),
			),
	);
}

/**
 * Whether a world tells a wrong claim from a right one: no size is 1, over which sums and products say next to nothing, no
 * two indices of one range coincide, for which a lost delta does not show, and no count is 0, which takes what it multiplies
 * with it.
 */
export function isGeneral(
	{ sizes, indices, values }: World,
	{ ranges, symbols }: Context,
): boolean {
	const places = [...indices].map(([name, at]) => `${ranges.get(name)} ${at}`);
	const isNought = ([name, value]: readonly [string, WorldValue]) =>
		symbols.get(name)?.type === "count" && isAllNought(value);
	return (
		![...sizes.values()].includes(1) &&
		new Set(places).size === places.length &&
		![...values].some(isNought)
	);
}

function isAllNought(value: WorldValue): boolean {
	return typeof value === "number" ? value === 0 : value.every(isAllNought);
}

/**
 * Free indices of which the first or the last value is a special one: at t = 1 nothing is left of a product over s < t. Any other
 * index can be renumbered.
 */
function orderedIndices({ left, right }: Claim): ReadonlySet<string> {
	const found = new Set<string>();
	let isNumbered = false;
	const add = (e: Expr) => {
		for (const name of freeIndices(e)) found.add(name);
	};
	for (const side of [left, right])
		visit(side, (e) => {
			if (e.kind === "sum" || e.kind === "product") {
				add(e.lower);
				add(e.upper);
			}
			if (
				e.kind === "indicator" &&
				e.comparison !== "=" &&
				e.comparison !== "≠"
			)
				add(e);
			if (e.kind !== "symbol") return;
			for (const at of e.indices) {
				if (at.kind === "num") isNumbered = true;
				else if (at.kind !== "index") add(at);
			}
		});
	if (isNumbered) for (const side of [left, right]) add(side);
	return found;
}

/** Where indices are in a world: behind the first value of their range, and before the last. */
function placesIn(
	{ indices, sizes }: World,
	{ ranges }: Context,
	ordered: ReadonlySet<string>,
): readonly string[] {
	return [...indices].flatMap(([name, at]) => {
		if (!ordered.has(name)) return [];
		const range = ranges.get(name);
		const last = typeof range === "string" ? sizes.get(range) : range;
		return [
			...(at > 1 ? [`${name} behind the first`] : []),
			...(last !== undefined && at < last ? [`${name} before the last`] : []),
		];
	});
}
