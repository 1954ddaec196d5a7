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
	const pairs = sameWords(old.map(wordsOf), fresh.map(wordsOf));
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
