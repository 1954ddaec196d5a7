import type { Helper } from "../../helpers.js";

/** Starting values, the same for the same seed. */
export const starts: readonly Helper[] = [
	{
		name: "generator",
		source: `/** Uniform numbers in [0, 1) from a seed: the generator sfc32, warmed up. */
function generator(seed) {
	let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, Math.floor(seed / 4294967296) | 0, seed | 0];
	const next = () => {
		const t = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + t;
		c |= 0;
		return (t >>> 0) / 4294967296;
	};
	for (let n = 0; n < 20; n++) next();
	return next;
}`,
	},
	{
		name: "normal",
		source: `/** A standard normal number (Box and Muller 1958). */
function normal(random) {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}`,
	},
	{
		name: "spread",
		source: `/** The standard deviation of all numbers, or 1 if they do not differ. */
function spread(data) {
	let mean = 0;
	for (const v of data) mean += v / data.length;
	let variance = 0;
	for (const v of data) variance += ((v - mean) * (v - mean)) / data.length;
	return Math.sqrt(variance) || 1;
}`,
	},
	{
		name: "startAtRows",
		source: `/** Rows of the data that lie far from each other: k-means++ (Arthur and Vassilvitskii 2007). */
function startAtRows(random, data, width, length) {
	const rows = data.length / width;
	const starts = new Float64Array(length);
	const nearest = new Float64Array(rows).fill(Infinity);
	let pick = Math.floor(random() * rows);
	for (let at = 0; at < length; at += width) {
		for (let d = 0; d < width; d++) starts[at + d] = data[pick * width + d];
		let total = 0;
		for (let n = 0; n < rows; n++) {
			let distance = 0;
			for (let d = 0; d < width; d++) distance += (data[n * width + d] - starts[at + d]) ** 2;
			nearest[n] = Math.min(nearest[n], distance);
			total += nearest[n];
		}
		pick = total > 0 ? drawn(random() * total, nearest) : Math.floor(random() * rows);
	}
	return starts;
}`,
	},
	{
		name: "drawn",
		source: `/** The position at which the running sum of the weights passes the mark. */
function drawn(mark, weights) {
	for (let n = 0; n < weights.length; n++) {
		mark -= weights[n];
		if (mark < 0) return n;
	}
	return weights.findLastIndex((w) => w > 0);
}`,
	},
	{
		name: "startNearZero",
		source: `/** Small normal numbers, a tenth as wide as the data. */
function startNearZero(random, length, width) {
	return Float64Array.from({ length }, () => 0.1 * width * normal(random));
}`,
	},
	{
		name: "startOnSimplex",
		source: `/** Rows that add up to 1, drawn evenly from all such rows. */
function startOnSimplex(random, length, width) {
	const rows = Float64Array.from({ length }, () => -Math.log(1 - random()));
	for (let row = 0; row < length; row += width) {
		let total = 0;
		for (let n = row; n < row + width; n++) total += rows[n];
		for (let n = row; n < row + width; n++) rows[n] /= total;
	}
	return rows;
}`,
	},
	{
		name: "startAtIdentity",
		source: `/** Identity matrices. */
function startAtIdentity(length, width) {
	return Float64Array.from({ length }, (_, n) => (Math.floor(n / width) % width === n % width ? 1 : 0));
}`,
	},
];
