import type { Arithmetic } from "./arithmetic.js";
import { Undecided } from "./undecided.js";

/** Terms that are computed of every series: none is taken to have ended before. */
const fewest = 48;
/** Terms after which a series that has not come to its end decides nothing. */
const most = 4000;
/** Terms in a row that must be negligible. */
const inARow = 12;
/** How much smaller each of these is than the one before it, at the least, so that what follows them is as negligible. */
const steepest = 0.98;

/**
 * Σ_{k=0}^∞ term(k) for terms that fall at least like those of a geometric series.
 * @throws Undecided for other series: a sum that converges slowly, or not at all, has no value here.
 */
export function seriesOf<T>(A: Arithmetic<T>, term: (k: number) => T): T {
	const negligible = 10 ** -(A.digits + 4);
	let total = A.zero;
	let size = 0;
	let before = Number.POSITIVE_INFINITY;
	let quiet = 0;
	for (let k = 0; k < most; k += 1) {
		const value = term(k);
		const own = Math.abs(A.toNumber(value));
		if (!Number.isFinite(own)) break;
		total = A.add(total, value);
		size += own;
		const falls = own === 0 || own <= steepest * before;
		quiet = falls && own <= negligible * size ? quiet + 1 : 0;
		if (quiet >= inARow && k >= fewest) return total;
		before = own;
	}
	throw new Undecided("a series that does not fall like a geometric one");
}
