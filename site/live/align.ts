/** More pairs of nodes than this are not looked at: then nodes are paired in order. */
const mostPairs = 4_000_000;

/**
 * For each new child the old one that it goes on from, or null; in the order of both. Those that say the same are the same,
 * also where their numbers have moved on; what is between them is paired in order, if it is of one kind.
 */
export function align<T extends Node>(
	old: readonly T[],
	fresh: readonly T[],
): readonly (T | null)[] {
	const [before, after] = [old.map(wordsOf), fresh.map(wordsOf)];
	const [first, last] = sameEnds(before, after);
	const middle = sameWords(
		before.slice(first, before.length - last),
		after.slice(first, after.length - last),
	);
	const pairs = [
		...range(first, (n) => [n, n] as const),
		...middle.map(([o, f]) => [o + first, f + first] as const),
		...range(
			last,
			(n) => [old.length - last + n, fresh.length - last + n] as const,
		),
	];
	const partners: (T | null)[] = fresh.map(() => null);
	let [o, f] = [0, 0];
	for (const [oldAt, freshAt] of [...pairs, [old.length, fresh.length]]) {
		for (; o < oldAt && f < freshAt; o++, f++)
			if (old[o]?.nodeName === fresh[f]?.nodeName) partners[f] = old[o] ?? null;
		partners[freshAt] = old[oldAt] ?? null;
		[o, f] = [oldAt + 1, freshAt + 1];
	}
	return partners.slice(0, fresh.length);
}

function wordsOf(node: Node): string {
	return `${node.nodeName} ${node.textContent}`;
}

/** How many of the first, and then of the last, are the same in both. */
function sameEnds(
	a: readonly string[],
	b: readonly string[],
): readonly [number, number] {
	const most = Math.min(a.length, b.length);
	let first = 0;
	while (first < most && a[first] === b[first]) first += 1;
	let last = 0;
	while (last < most - first && a.at(-1 - last) === b.at(-1 - last)) last += 1;
	return [first, last];
}

function range<T>(length: number, entry: (n: number) => T): T[] {
	return Array.from({ length }, (_, n) => entry(n));
}

/** The longest list of places at which both say the same, in the order of both. */
function sameWords(
	a: readonly string[],
	b: readonly string[],
): readonly (readonly [number, number])[] {
	if (a.length * b.length > mostPairs) return [];
	/** `lengths[i][j]`: the length of that list from a[i] and b[j] on. */
	const lengths = Array.from(
		{ length: a.length + 1 },
		() => new Uint32Array(b.length + 1),
	);
	const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--) {
		const row = lengths[i] as Uint32Array;
		for (let j = b.length - 1; j >= 0; j--)
			row[j] =
				a[i] === b[j]
					? 1 + at(i + 1, j + 1)
					: Math.max(at(i + 1, j), at(i, j + 1));
	}
	const pairs: [number, number][] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length; ) {
		if (a[i] === b[j]) pairs.push([i++, j++]);
		else if (at(i + 1, j) >= at(i, j + 1)) i++;
		else j++;
	}
	return pairs;
}
