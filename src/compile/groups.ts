import { keyOf, type Scalar } from "./scalar.js";

/** The values, each once. */
export function distinct<T extends Scalar>(values: readonly T[]): T[] {
	return [...new Map(values.map((v) => [keyOf(v), v])).values()];
}

/** The items by a key, in the order in which it is first met. */
export function groupBy<T>(
	items: readonly T[],
	key: (item: T) => string,
): T[][] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(key(item)) ?? [];
		groups.set(key(item), group);
		group.push(item);
	}
	return [...groups.values()];
}
