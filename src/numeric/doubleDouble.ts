import type Fraction from "fraction.js";
import type { Constant } from "../expr/tree.js";
import { estimates, type Numbers, type Precision } from "./extended.js";

/**
 * The unevaluated sum of two doubles, hi + lo with |lo| at most half a unit in the last place of hi: about 31 digits in
 * the range of doubles. Sums and products are after Dekker (Numerische Mathematik 18, 1971), the functions after Hida, Li
 * and Bailey (Library for Double-Double and Quad-Double Arithmetic, 2007).
 */
export class DoubleDouble {
	readonly hi: number;
	readonly lo: number;

	constructor(hi: number, lo: number) {
		this.hi = hi;
		this.lo = lo;
	}
}

const one = new DoubleDouble(1, 0);
const ln2 = new DoubleDouble(Math.LN2, 2.3190468138462996e-17);

const constants: Readonly<Record<Constant["name"], DoubleDouble>> = {
	pi: new DoubleDouble(Math.PI, 1.2246467991473532e-16),
	eulerGamma: new DoubleDouble(0.5772156649015329, -4.942915152430645e-18),
	infinity: new DoubleDouble(Number.POSITIVE_INFINITY, 0),
};

/** The sum of two doubles, the first not the smaller. */
function ordered(a: number, b: number): DoubleDouble {
	const hi = a + b;
	return new DoubleDouble(hi, b - (hi - a));
}

function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
	const hi = a.hi + b.hi;
	if (!Number.isFinite(hi)) return new DoubleDouble(hi, 0);
	const part = hi - a.hi;
	const low = a.lo + b.lo;
	const lowPart = low - a.lo;
	const rest = a.hi - (hi - part) + (b.hi - part) + low;
	const sum = hi + rest;
	const lowRest = a.lo - (low - lowPart) + (b.lo - lowPart);
	return ordered(sum, rest - (sum - hi) + lowRest);
}

function negate(a: DoubleDouble): DoubleDouble {
	return new DoubleDouble(-a.hi, -a.lo);
}

function sub(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
	return add(a, negate(b));
}

/** 2²⁷ + 1 cuts a double into halves whose products are exact. */
const splitter = 134217729;

function mul(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
	const product = a.hi * b.hi;
	if (!Number.isFinite(product)) return new DoubleDouble(product, 0);
	const aCut = splitter * a.hi;
	const aHigh = aCut - (aCut - a.hi);
	const aLow = a.hi - aHigh;
	const bCut = splitter * b.hi;
	const bHigh = bCut - (bCut - b.hi);
	const bLow = b.hi - bHigh;
	const rest =
		aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
	return ordered(product, rest + (a.hi * b.lo + a.lo * b.hi));
}

function times(a: DoubleDouble, b: number): DoubleDouble {
	return mul(a, new DoubleDouble(b, 0));
}

function div(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
	const first = a.hi / b.hi;
	if (!Number.isFinite(first) || !Number.isFinite(b.hi))
		return new DoubleDouble(first, 0);
	const rest = sub(a, times(b, first));
	const second = rest.hi / b.hi;
	const third = sub(rest, times(b, second)).hi / b.hi;
	return add(ordered(first, second), new DoubleDouble(third, 0));
}

/** Both parts times a power of 2. */
function shifted(a: DoubleDouble, power: number): DoubleDouble {
	const factor = 2 ** power;
	return new DoubleDouble(a.hi * factor, a.lo * factor);
}

/** 1/3!, …, 1/8! */
const inverseFactorials = [6, 24, 120, 720, 5040, 40320].map((n) =>
	div(one, new DoubleDouble(n, 0)),
);

/** Halvings of the argument before the series is summed. */
const halvings = 9;

/** exp(x) = 2^m exp(r)^512 with r of at most 0.0007, where eight terms of the series do; exp(r) − 1 keeps its digits. */
function exp(a: DoubleDouble): DoubleDouble {
	if (!(a.hi > -640 && a.hi < 709)) return new DoubleDouble(Math.exp(a.hi), 0);
	const m = Math.round(a.hi / ln2.hi);
	const r = shifted(sub(a, times(ln2, m)), -halvings);
	let power = mul(r, r);
	let s = add(r, shifted(power, -1));
	for (const inverse of inverseFactorials) {
		power = mul(power, r);
		s = add(s, mul(power, inverse));
	}
	for (let n = 0; n < halvings; n += 1) s = add(shifted(s, 1), mul(s, s));
	return shifted(add(s, one), m);
}

/** A step of Newton's method for exp(y) = x doubles the digits of the logarithm in doubles. */
function ln(a: DoubleDouble): DoubleDouble {
	if (!(a.hi > 0 && a.hi < Number.POSITIVE_INFINITY))
		return new DoubleDouble(Math.log(a.hi), 0);
	const m = Math.round(Math.log2(a.hi));
	if (Math.abs(m) > 500) {
		const half = Math.trunc(m / 2);
		return add(ln(shifted(shifted(a, -half), half - m)), times(ln2, m));
	}
	const start = new DoubleDouble(Math.log(a.hi), 0);
	return add(start, sub(mul(a, exp(negate(start))), one));
}

function sqrt(a: DoubleDouble): DoubleDouble {
	if (!(a.hi > 0)) return new DoubleDouble(Math.sqrt(a.hi), 0);
	const inverse = 1 / Math.sqrt(a.hi);
	const root = new DoubleDouble(a.hi * inverse, 0);
	const rest = sub(a, mul(root, root)).hi;
	return add(root, new DoubleDouble(rest * inverse * 0.5, 0));
}

/** Up to here whole powers are products. */
const largestPower = 1000;

function pow(base: DoubleDouble, exponent: DoubleDouble): DoubleDouble {
	const e = exponent.hi;
	const isPlain = exponent.lo === 0;
	if (isPlain && Number.isInteger(e) && Math.abs(e) <= largestPower)
		return e < 0 ? div(one, wholePower(base, -e)) : wholePower(base, e);
	if (isPlain && e === 0.5) return sqrt(base);
	if (!(base.hi > 0 && Number.isFinite(base.hi) && Number.isFinite(e)))
		return new DoubleDouble(base.hi ** e, 0);
	return exp(mul(exponent, ln(base)));
}

function wholePower(base: DoubleDouble, exponent: number): DoubleDouble {
	let result = one;
	let square = base;
	for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
		if (rest % 2 === 1) result = mul(result, square);
		if (rest > 1) square = mul(square, square);
	}
	return result;
}

function fromBigInt(n: bigint): DoubleDouble {
	const hi = Number(n);
	if (!Number.isFinite(hi)) return new DoubleDouble(hi, 0);
	return ordered(hi, Number(n - BigInt(hi)));
}

const powersOfTen: DoubleDouble[] = [];

function powerOfTen(exponent: number): DoubleDouble {
	for (let n = powersOfTen.length; n <= exponent; n += 1)
		powersOfTen.push(fromBigInt(10n ** BigInt(n)));
	return powersOfTen[exponent] as DoubleDouble;
}

/** The decimal that a double prints as: digits times a power of ten. */
function fromNumber(x: number): DoubleDouble {
	if (Number.isSafeInteger(x) || !Number.isFinite(x))
		return new DoubleDouble(x, 0);
	const [digits = "", power = "0"] = String(x).split("e");
	const [whole = "", fraction = ""] = digits.split(".");
	const mantissa = Number(whole + fraction);
	const all = Number.isSafeInteger(mantissa)
		? new DoubleDouble(mantissa, 0)
		: fromBigInt(BigInt(whole + fraction));
	return scaled(all, Number(power) - fraction.length);
}

/** a · 10^power, in two steps where that power of ten is no double. */
function scaled(a: DoubleDouble, power: number): DoubleDouble {
	if (power >= 0) return mul(a, powerOfTen(power));
	const first = Math.min(-power, 300);
	return div(div(a, powerOfTen(first)), powerOfTen(-power - first));
}

/** Below this a double-double has no room for its second half. */
const tiny = 1e-270;

const numbers: Numbers<DoubleDouble> = {
	digits: 30,
	fromNumber,
	fromFraction: (x: Fraction) => div(fromBigInt(x.s * x.n), fromBigInt(x.d)),
	constant: (name) => constants[name],
	add,
	sub,
	mul,
	div,
	pow,
	ln,
	exp,
	abs: (a) => (a.hi < 0 ? negate(a) : a),
	isFinite: (a) => Number.isFinite(a.hi + a.lo),
	exceeds: (a, bound) => a.hi > bound,
	toNumber: (a) => a.hi,
	lost: (v) =>
		Math.abs(v) < tiny ? 1e-12 * Math.abs(v) + 4 * Number.MIN_VALUE : 0,
	text: (a) => `${a.hi} ${a.lo}`,
};

/** Thirty digits, a hundred times as fast as decimals. */
export const doubleDoubles: Precision<DoubleDouble> = {
	numbers,
	arithmetic: estimates(numbers),
};
