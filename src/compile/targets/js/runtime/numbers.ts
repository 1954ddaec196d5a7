import type { Helper } from "../../helpers.js";

/** Functions of numbers that JavaScript's Math does not have, and sums that keep what rounding loses. */
export const numbers: readonly Helper[] = [
	{
		name: "Sum",
		source: `/** A sum that keeps the rounding error of each addition and adds it at the end (Neumaier 1974). */
class Sum {
	value = 0;
	lost = 0;
	add(term) {
		const next = this.value + term;
		if (Math.abs(this.value) >= Math.abs(term)) this.lost += this.value - next + term;
		else this.lost += term - next + this.value;
		this.value = next;
	}
	get total() {
		return this.value + this.lost;
	}
}`,
	},
	{
		name: "addBlock",
		source: `/** Adds what a block of rows adds up to, and clears it. */
function addBlock(sums, lost, block) {
	for (let n = 0; n < block.length; n++) {
		collect(sums, lost, n, block[n]);
		block[n] = 0;
	}
}`,
	},
	{
		name: "collect",
		source: `/** Adds a term to one of many sums and keeps exactly what rounding takes away, without a branch (Knuth 1969, 4.2.2). */
function collect(sums, lost, at, term) {
	const before = sums[at];
	const after = before + term;
	const added = after - before;
	lost[at] += before - (after - added) + (term - added);
	sums[at] = after;
}`,
	},
	{
		name: "settle",
		source: `function settle(sums, lost) {
	for (let n = 0; n < sums.length; n++) sums[n] += lost[n];
}`,
	},
	{
		name: "softmax",
		source: `/**
 * Turns logarithms of weights into probabilities, in place; the largest is taken off first, so nothing overflows.
 * The logarithms of the probabilities are written to \`logs\` if that is given.
 */
function softmax(array, offset, length, logs, to) {
	let largest = -Infinity;
	for (let n = offset; n < offset + length; n++) if (array[n] > largest) largest = array[n];
	if (!Number.isFinite(largest)) throw new Error("all weights of a row are 0, infinite or not a number");
	let total = 0;
	for (let n = 0; n < length; n++) {
		const log = array[offset + n] - largest;
		if (logs) logs[to + n] = log;
		array[offset + n] = expNegative(log);
		total += array[offset + n];
	}
	const scale = 1 / total;
	for (let n = offset; n < offset + length; n++) array[n] *= scale;
	if (!logs) return;
	const logTotal = Math.log(total);
	for (let n = to; n < to + length; n++) logs[n] -= logTotal;
}`,
	},
	{
		name: "expNegative",
		source: `const powersOfHalf = Float64Array.from({ length: 1076 }, (_, n) => 2 ** -n);
/**
 * exp(x) for x <= 0 within 2 units in the last place: x = r - n log 2 with |r| <= log(2)/2, exp(r) by a polynomial
 * (interpolation at Chebyshev's points).
 */
function expNegative(x) {
	if (!(x > -745.2)) return x < 0 ? 0 : NaN;
	const n = (0.5 - x * Math.LOG2E) | 0;
	const r = x + n * 0.6931471803691238 + n * 1.9082149292705877e-10;
	const r2 = r * r;
	const r4 = r2 * r2;
	const low = 0.50000000000000011 + 0.16666666666666669 * r + (0.041666666666624129 + 0.0083333333333300615 * r) * r2;
	const high = 0.0013888888917213717 + 0.00019841269863053618 * r + (2.4801521295954376e-5 + 2.7557268459997064e-6 * r) * r2;
	const q = low + (high + (2.7620088445409746e-7 + 2.510038549551032e-8 * r) * r4) * r4;
	return (q * r2 + r + 1) * powersOfHalf[n];
}`,
	},
	{
		name: "step",
		source: `/** 1 from 0 on, 0 below. */
function step(x) {
	return x >= 0 ? 1 : 0;
}`,
	},
	{
		name: "sigmoid",
		source: `/** 1 / (1 + exp(-x)) without overflow. */
function sigmoid(x) {
	if (x >= 0) return 1 / (1 + Math.exp(-x));
	const e = Math.exp(x);
	return e / (1 + e);
}`,
	},
	{
		name: "logGamma",
		source: `/** log Γ(x) for x > 0: moved up to x >= 10, then Stirling's series (Abramowitz and Stegun 6.1.41). */
function logGamma(x) {
	if (!(x > 0)) return x <= 0 ? Infinity : NaN;
	let shift = 1;
	while (x < 10) shift *= x++;
	const r = 1 / (x * x);
	const series = 1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))));
	return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series / x - Math.log(shift);
}`,
	},
	{
		name: "gamma",
		source: `/** Γ(x); by reflection for x < 0. */
function gamma(x) {
	if (x > 0) return Math.exp(logGamma(x));
	return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
}`,
	},
	{
		name: "digamma",
		source: `/** ψ(x) for x > 0: moved up to x >= 10, then the asymptotic series (Abramowitz and Stegun 6.3.18). */
function digamma(x) {
	let shift = 0;
	for (; x < 10; x++) shift -= 1 / x;
	const r = 1 / (x * x);
	const series = 1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - (r * 691) / 32760))));
	return shift + Math.log(x) - 0.5 / x - r * series;
}`,
	},
	{
		name: "trigamma",
		source: `/** ψ'(x) for x > 0: moved up to x >= 10, then the asymptotic series (Abramowitz and Stegun 6.4.12). */
function trigamma(x) {
	let shift = 0;
	for (; x < 10; x++) shift += 1 / (x * x);
	const r = 1 / (x * x);
	const series = 1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - (r * 691) / 2730))));
	return shift + 1 / x + r / 2 + (r * series) / x;
}`,
	},
];
