/**
 * The sizes of the first eight worlds, by position of the name: each takes 1, 2 and 3 somewhere, and from the sixth on
 * all are at least 2 and pairwise different. Small first.
 */
export function sizePlan(
	names: readonly string[],
	count: number,
	least: ReadonlyMap<string, number>,
): ReadonlyMap<string, number>[] {
	const n = names.length;
	const rotate = (by: number) => (j: number) => ((j + by) % 3) + 1;
	const patterns: ((j: number) => number)[] = [
		() => 1,
		rotate(0),
		rotate(1),
		rotate(2),
		() => 2,
		(j) => 2 + j,
		(j) => 1 + n - j,
		(j) => 2 + ((j + 1) % n),
	];
	return Array.from({ length: count }, (_, world) => {
		const pattern = patterns[
			world < patterns.length ? world : 5 + (world % 3)
		] as (j: number) => number;
		return new Map(
			names.map((name, j) => [
				name,
				Math.max(
					least.get(name) ?? 1,
					n === 1 && world > 4 ? 2 + (world % 2) : pattern(j),
				),
			]),
		);
	});
}
