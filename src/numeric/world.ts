import type { Dim } from "../expr/tree.js";
import type { FiniteDomain, JointTable } from "./tables.js";

/** A number that is exactly the decimal it prints as, or an array of such; labels count from 1. */
export type WorldValue = number | readonly WorldValue[];

/** Concrete sizes and values for everything that some trees mention free. */
export interface World {
	readonly sizes: ReadonlyMap<string, number>;
	/** Free indices. */
	readonly indices: ReadonlyMap<string, number>;
	readonly values: ReadonlyMap<string, WorldValue>;
	/** Unnamed densities by name. */
	readonly tables: ReadonlyMap<string, JointTable>;
	/** Unnamed variables by name. */
	readonly domains: ReadonlyMap<string, FiniteDomain>;
	/** Primed copies of unnamed variables, `z'` for `z`. */
	readonly aliases: ReadonlyMap<string, string>;
	/** From which unnamed functions take their values, and whether all of these are positive. */
	readonly functions: { readonly seed: string; readonly positive: boolean };
}

/** The length of an axis. Sizes that the world leaves out do not occur in its trees. */
export function extent(world: World, dim: Dim): number {
	if (typeof dim === "number") return dim;
	const size = world.sizes.get(dim);
	if (size === undefined) throw new Error(`the world has no size ${dim}`);
	return size;
}

/** The length of an axis under some sizes. */
export function lengthOf(dim: Dim, sizes: ReadonlyMap<string, number>): number {
	return typeof dim === "number" ? dim : (sizes.get(dim) as number);
}

/** The unnamed variable that a name stands for. */
export function canonicalVariable(world: World, name: string): string {
	return world.aliases.get(name) ?? name;
}
