import type { Context, ValueType } from "../expr/context.js";
import type { World, WorldValue } from "./world.js";

/** Types whose values may be moved a little one by one without leaving the type. */
const movable: ReadonlySet<ValueType> = new Set([
	"real",
	"positive",
	"nonnegative",
	"probability",
]);

/**
 * A world close by, in which no two numbers are equal by chance: what has no value there either has none on an open set,
 * and not only at a zero of a denominator. Sizes, indices, labels, simplices and matrices stay as they are.
 */
export function nudge(world: World, context: Context): World {
	let step = 0;
	const move = (value: WorldValue): WorldValue => {
		if (typeof value !== "number") return value.map(move);
		step += 1;
		// Multiples of the golden ratio modulo 1 are all different and follow no pattern.
		const share = (step * 0.6180339887498949) % 1;
		return value + 1e-3 * (share + 0.1);
	};
	const values = new Map(
		[...world.values].map(([name, value]) => {
			const type = context.symbols.get(name)?.type;
			return [name, type && movable.has(type) ? move(value) : value];
		}),
	);
	return { ...world, values };
}
