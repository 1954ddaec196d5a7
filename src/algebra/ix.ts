/**
 * Values of subscripts, as short text: a variable `i`, a shifted variable `i+1`, a number `3`, or a size `N`.
 * Names of variables never contain `+` or `-`.
 */
export type Ix = string;

/** The name in an index value, or "" for a number. */
export function baseOf(ix: Ix): string {
	if (/^-?\d/.test(ix)) return "";
	const cut = ix.search(/[+-]/);
	return cut < 0 ? ix : ix.slice(0, cut);
}

/** The whole number added to the name. */
export function shiftOf(ix: Ix): number {
	if (/^-?\d/.test(ix)) return Number(ix);
	const cut = ix.search(/[+-]/);
	return cut < 0 ? 0 : Number(ix.slice(cut));
}

export function makeIx(base: string, shift: number): Ix {
	if (base === "") return String(shift);
	if (shift === 0) return base;
	return shift > 0 ? `${base}+${shift}` : `${base}${shift}`;
}

/** Replaces the name by what `map` says, adding the shifts. */
export function renameIx(ix: Ix, map: ReadonlyMap<string, Ix>): Ix {
	const direct = map.get(ix);
	if (direct !== undefined) return direct;
	const base = baseOf(ix);
	if (base === ix || base === "") return ix;
	const target = map.get(base);
	return target === undefined
		? ix
		: makeIx(baseOf(target), shiftOf(target) + shiftOf(ix));
}

/** Whether the two can never be equal: different numbers, or one name with different shifts. */
export function surelyDifferent(a: Ix, b: Ix): boolean {
	return a !== b && baseOf(a) === baseOf(b);
}
