/** What the table comes to: ratios that there are goals for, and the distance from what the machine can do at most. */
import { bounds } from "./programs.mjs";
import { times } from "./turns.mjs";

const geometricMean = (values) =>
	Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);

/** Slower, faster, and what their ratio should be. */
const wanted = [
	["scikit-learn", "wasm", "goal: 10 x, nowhere below 2.5 x"],
	["NumPy by hand", "wasm", "goal: 10 x, nowhere below 2.5 x"],
	["wasm", "C by hand, SSE4", "goal: 1.5 x at most"],
	["wasm", "C by hand, native", "goal: 3 x at most"],
	["c", "C by hand, native", "goal: 1.1 x at most"],
	["js by hand", "js", "goal: 2 x"],
	["NumPy by hand", "numpy", "no goal"],
];

/** Prints the ratios, given for each size the median milliseconds by contender, and the least. */
export function goals(medians, least) {
	console.log("\nGeometric means of medians (least to most); of least times");
	for (const [a, b, goal] of wanted) {
		const ratios = ratiosOf(medians, a, b);
		if (ratios.length === 0) continue;
		const calm = times(geometricMean(ratiosOf(least, a, b)));
		console.log(
			`  ${`${a} / ${b}`.padEnd(30)} ${summary(ratios)}; ${calm}; ${goal}`,
		);
	}
	const both = (rows) =>
		["scikit-learn", "NumPy by hand"].flatMap((a) => ratiosOf(rows, a, "wasm"));
	if (both(medians).length > 0)
		console.log(
			`  both of Python's over wasm: ${summary(both(medians))}; ${times(geometricMean(both(least)))}`,
		);
}

function ratiosOf(rows, a, b) {
	return rows.filter((r) => r[a] && r[b]).map((r) => r[a] / r[b]);
}

function summary(ratios) {
	const range = `${times(Math.min(...ratios))} to ${times(Math.max(...ratios))}`;
	return `${times(geometricMean(ratios))} (${range})`;
}

/** What a sweep takes at least, in ms: an exponential for each weight, the products of both contractions, reading the data. */
function leastTimes([n, k, d], { flops, exps, bytes }) {
	return {
		exp: (1e3 * n * k) / exps,
		products: (4e3 * n * k * d) / flops,
		reading: (8e3 * n * d) / bytes,
	};
}

/** Prints what the machine can do, and what part of the solvers' least times it would need for the same. */
export function machineBounds(folder, sizes, rows) {
	const of = { c: bounds(folder, "native"), wasm: bounds(folder, "x86-64-v2") };
	if (!of.c) return;
	console.log("\nThe machine's bound, on all processors, a second");
	for (const [name, arch] of [
		["c", "native"],
		["wasm", "two lanes"],
	]) {
		const { flops, exps, bytes } = of[name];
		console.log(
			`  ${arch}: ${(flops / 1e9).toFixed(1)}e9 products and sums, ${(exps / 1e6).toFixed(0)}e6 exp, ${(bytes / 1e9).toFixed(1)} GB read`,
		);
	}
	console.log(
		"How many times the bound's time (the sum of exp and products, or reading) a sweep takes, and what of it they would take",
	);
	sizes.forEach((size, n) => {
		const parts = ["c", "wasm"]
			.filter((name) => rows[n][name])
			.map((name) => `${name} ${distance(rows[n][name], size, of[name])}`);
		console.log(
			`  N = ${size[0]}, K = ${size[1]}, D = ${size[2]}: ${parts.join("; ")}`,
		);
	});
}

function distance(ms, size, machine) {
	const { exp, products, reading } = leastTimes(size, machine);
	const part = (time) => `${((100 * time) / ms).toFixed(0)} %`;
	const bound = Math.max(exp + products, reading);
	return `${times(ms / bound)} (exp ${part(exp)}, products ${part(products)}, reading ${part(reading)})`;
}
