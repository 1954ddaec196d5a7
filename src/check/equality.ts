import type { Context } from "../expr/context.js";
import {
	decimals,
	evaluate,
	evaluatePrecisely,
	makeWorlds,
	type World,
} from "../numeric/index.js";
import type { WorldValue } from "../numeric/world.js";
import type { Claim, Failure } from "./claim.js";
import { shownValue } from "./shown.js";

/** Node evaluations and precise operations a side may cost. */
const effort = 6_000;

const worldsDrawn = 48;

const worldsMadeSpecial = 4;

/** The world with every real number 0 or 1, and every positive one 1: where most bounds that can be reached are. */
function withAll(world: World, value: number, context: Context): World {
	const values = new Map(world.values);
	for (const [name, old] of values) {
		const type = context.symbols.get(name)?.type;
		if (type === "real" || type === "nonnegative")
			values.set(name, filled(old, value));
		else if (type === "positive") values.set(name, filled(old, 1));
	}
	return { ...world, values };
}

function filled(old: WorldValue, value: number): WorldValue {
	return typeof old === "number" ? value : old.map((x) => filled(x, value));
}

/** Digits in which equal sides are computed: what differs by e^{−1000} is not equal. */
const digits = [40, 640];

/** A world in which the sides of > or < are equal. */
export async function equalityAt(
	{ left, right, context }: Claim,
	seed: string,
): Promise<Failure | null> {
	const drawn = makeWorlds([left, right], context, seed, worldsDrawn);
	const special = drawn
		.slice(0, worldsMadeSpecial)
		.flatMap((world) => [0, 1].map((value) => withAll(world, value, context)));
	for (const world of [...special, ...drawn]) {
		const [a, b] = [left, right].map((e) =>
			evaluate(e, world, context, effort),
		);
		if (a?.status !== "ok" || b?.status !== "ok") continue;
		if (a.values[0] !== b.values[0]) continue;
		let isEqual = true;
		for (const n of digits) {
			const precision = await decimals(n);
			const [l, r] = [left, right].map((e) =>
				evaluatePrecisely(e, world, context, precision, effort),
			);
			const text = (e: typeof l) =>
				e?.status === "ok"
					? e.precise.map(precision.numbers.text).join()
					: null;
			isEqual &&= text(l) !== null && text(l) === text(r);
		}
		if (!isEqual) continue;
		const [l, r] = [shownValue(a.values), shownValue(b.values)];
		return { world, other: null, left: l, right: r };
	}
	return null;
}
