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

/** Prints the ratios, given milliseconds by contender for each size. */
export function goals(rows) {
	console.log("\nGeometric means (least to most)");
	for (const [a, b, goal] of wanted) {
		const ratios = rows.filter((r) => r[a] && r[b]).map((r) => r[a] / r[b]);
		if (ratios.length === 0) continue;
		const range = `${times(Math.min(...ratios))} to ${times(Math.max(...ratios))}`;
		const mean = times(geometricMean(ratios));
		console.log(`  ${`${a} / ${b}`.padEnd(30)} ${mean} (${range}); ${goal}`);
	}
}

/** Least time of a sweep: the products of both contractions and an exponential for each weight, or reading the data. */
function leastTime([n, k, d], { flops, exps, bytes }) {
	const computing = (4 * n * k * d) / flops + (n * k) / exps;
	return 1e3 * Math.max(computing, (8 * n * d) / bytes);
}

/** Prints what the machine can do, and how many times its least time the solvers take. */
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
	sizes.forEach((size, n) => {
		const parts = ["c", "wasm"]
			.filter((name) => rows[n][name])
			.map(
				(name) => `${name} ${times(rows[n][name] / leastTime(size, of[name]))}`,
			);
		console.log(
			`  N = ${size[0]}, K = ${size[1]}, D = ${size[2]}: ${parts.join(", ")} the least time`,
		);
	});
}
