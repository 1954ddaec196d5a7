import type { Context } from "../expr/context.js";
import type { World, WorldValue } from "./world.js";

/** The numbers of one symbol in a world, in row-major order, where they can be read and replaced. */
export interface Place {
	readonly name: string;
	read(world: World): readonly number[];
	write(world: World, numbers: readonly number[]): World;
	/** Whether the declared type of the symbol allows these numbers. */
	allows(numbers: readonly number[]): boolean;
}

const domains: Readonly<Record<string, (x: number) => boolean>> = {
	real: () => true,
	positive: (x) => x > 0,
	nonnegative: (x) => x >= 0,
	probability: (x) => x > 0 && x < 1,
	symmetric: () => true,
};

/** The place of a symbol whose entries can be moved one by one; null for others, such as a simplex, and for unknown names. */
export function placeOf(
	name: string,
	world: World,
	context: Context,
): Place | null {
	const type = context.symbols.get(name)?.type ?? "";
	const isInDomain = domains[type];
	if (!isInDomain || !world.values.has(name)) return null;
	const kept = type === "symmetric" ? symmetrised : (v: WorldValue) => v;
	return {
		name,
		read: ({ values }) => leavesOf(values.get(name) as WorldValue),
		write: (other, numbers) => ({
			...other,
			values: new Map(other.values).set(
				name,
				kept(filled(other.values.get(name) as WorldValue, [...numbers])),
			),
		}),
		allows: (numbers) => numbers.every(isInDomain),
	};
}

/** Matrices with what stands above the diagonal below it as well. */
function symmetrised(value: WorldValue): WorldValue {
	if (typeof value === "number" || typeof value[0] === "number") return value;
	const rows = value as readonly (readonly WorldValue[])[];
	return typeof rows[0]?.[0] === "number"
		? rows.map((row, r) =>
				row.map((n, c) => (c < r ? (rows[c]?.[r] as WorldValue) : n)),
			)
		: value.map(symmetrised);
}

/** The numbers of a value, the last axis running fastest. */
export function leavesOf(value: WorldValue): readonly number[] {
	return typeof value === "number" ? [value] : value.flatMap(leavesOf);
}

/** An array of the same shape with its leaves taken from the front of a list. */
function filled(shape: WorldValue, numbers: number[]): WorldValue {
	return typeof shape === "number"
		? (numbers.shift() as number)
		: shape.map((part) => filled(part, numbers));
}
