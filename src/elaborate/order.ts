/** Items behind those that they need, else as they stand; of a circle the first comes first. */
export function behindNeeds<T>(
	items: readonly T[],
	needs: (item: T, other: T) => boolean,
): readonly T[] {
	const isReady = (item: T) =>
		!items.some((other) => other !== item && needs(item, other));
	const next = items.find(isReady) ?? items[0];
	if (next === undefined) return [];
	const rest = items.filter((item) => item !== next);
	return [next, ...behindNeeds(rest, needs)];
}
