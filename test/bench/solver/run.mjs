/**
 * The sweeps of the mixture of Gaussians side by side: emitted solvers, and programs written by hand.
 *
 *     npm run bench:solver [-- LARGEST]     sizes up to LARGEST points (1e7), in about five minutes on two idle cores
 *
 * All start from the same means, and their means after the last sweep are held against each other. Contenders whose
 * compiler or interpreter is missing are left out, and said so. After the table: the goals, how far the machine's own
 * bound is, what each step of the compiler is worth, and how the time grows with the sizes.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { steps } from "../../../dist/compile/index.js";
import { drawPoints } from "./points.mjs";
import { bounds, contenders, emitted, measure, tools } from "./programs.mjs";

const folder = mkdtempSync(join(tmpdir(), "tightbound-bench-"));
const largest = Number(process.argv[2] ?? 1e7);
/** N, K, D, and the sweeps of a run. */
const sizes = [
	[1e4, 10, 2, 200],
	[1e5, 10, 2, 32],
	[1e5, 20, 16, 12],
	[1e6, 10, 2, 10],
	[1e5, 50, 64, 6],
	[1e7, 5, 1, 4],
].filter(([n]) => n <= largest);

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const geometricMean = (values) =>
	Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
const apart = (a, b) =>
	Math.max(...a.map((v, n) => Math.abs(v - b[n]))) /
	Math.max(...b.map(Math.abs));
const times = (value) => `${value.toFixed(2)} x`;

let written = "";
function points([n, k, d]) {
	const file = join(folder, "points");
	if (written !== [n, k, d].join()) writeFileSync(file, drawPoints(n, k, d));
	written = [n, k, d].join();
	return file;
}

/** Medians of programs that take turns, so that what else the machine does meets them all. */
function inTurn(programs, [n, k, d, sweeps], rounds, threads = 0) {
	const file = points([n, k, d]);
	const all = programs.map(() => []);
	const means = [];
	for (let round = 0; round < rounds; round++)
		programs.forEach((run, p) => {
			try {
				const result = measure(run, file, [n, k, d], sweeps, threads);
				all[p].push(...result.times);
				means[p] = result.means;
			} catch (error) {
				if (round === 0)
					console.log(`  failed: ${error.message.split("\n")[0]}`);
			}
		});
	return all.map((ms, p) => ({
		ms: median(ms) ?? NaN,
		all: ms,
		means: means[p] ?? [],
	}));
}

/** One size: every contender's median and spread. */
function row(programs, size) {
	const [n, k, d] = size;
	console.log(`\nN = ${n}, K = ${k}, D = ${d}: ms a sweep`);
	const results = inTurn(
		Object.values(programs),
		size,
		n * k * d > 1e7 ? 1 : 3,
	);
	const [{ means: first }] = results;
	const found = {};
	Object.keys(programs).forEach((name, p) => {
		const { ms, all, means } = results[p];
		found[name] = ms;
		const from = Math.min(...all).toFixed(2);
		const to = Math.max(...all).toFixed(2);
		const note =
			means.length === 0
				? "another model"
				: `means apart ${apart(means, first).toExponential(0)}`;
		console.log(
			`  ${name.padEnd(18)} ${ms.toFixed(2).padStart(9)} (${from} to ${to}), ${note}`,
		);
	});
	return found;
}

function goals(rows) {
	const ratios = (a, b) =>
		rows.filter((r) => r[a] && r[b]).map((r) => r[a] / r[b]);
	const say = (text, values, goal) => {
		if (values.length === 0) return;
		const mean = times(geometricMean(values));
		const range = `${times(Math.min(...values))} to ${times(Math.max(...values))}`;
		console.log(`  ${text.padEnd(46)} ${mean} (${range}); ${goal}`);
	};
	console.log("\nGeometric means (least to most)");
	const faster = "goal: 10 x, nowhere below 2.5 x";
	say("scikit-learn / wasm", ratios("scikit-learn", "wasm"), faster);
	say("NumPy by hand / wasm", ratios("NumPy by hand", "wasm"), faster);
	say(
		"wasm / C by hand, SSE4",
		ratios("wasm", "C by hand, SSE4"),
		"goal: 1.5 x at most",
	);
	say(
		"wasm / C by hand, native",
		ratios("wasm", "C by hand, native"),
		"goal: 3 x at most",
	);
	say(
		"c / C by hand, native",
		ratios("c", "C by hand, native"),
		"goal: 1.1 x at most",
	);
	say("js by hand / js", ratios("js by hand", "js"), "goal: 2 x");
	say("NumPy by hand / numpy", ratios("NumPy by hand", "numpy"), "no goal");
}

/** Least time of a sweep: the products of both contractions and an exponential for each weight, or reading the data. */
function leastTime([n, k, d], { flops, exps, bytes }) {
	const computing = (4 * n * k * d) / flops + (n * k) / exps;
	return 1e3 * Math.max(computing, (8 * n * d) / bytes);
}

function machineBounds(rows) {
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

/** How much slower the solver is without each step of the compiler, and on one thread or lane. */
async function ablation() {
	const targets = ["js", "wasm", ...(tools.gcc && tools.numpy ? ["c"] : [])];
	const cases = [
		[1e5, 10, 2, 8],
		[1e5, 20, 16, 6],
	];
	console.log(
		"\nWithout a step of the compiler: times as slow, at (1e5, 10, 2) and (1e5, 20, 16)",
	);
	for (const target of targets) {
		const variants = { whole: await emitted(folder, target) };
		for (const step of steps)
			variants[`without ${step}`] = await emitted(folder, target, [step]);
		if (target === "c")
			variants["one lane"] = await emitted(folder, target, [], "-DONE_LANE");
		const found = cases.map((size) => inTurn(Object.values(variants), size, 2));
		const single =
			target === "js"
				? null
				: cases.map((size) => inTurn([variants.whole], size, 2, 1)[0].ms);
		const line = Object.keys(variants)
			.slice(1)
			.map(
				(name, n) =>
					`${name} ${found.map((all) => times(all[n + 1].ms / all[0].ms)).join(" and ")}`,
			);
		if (single)
			line.push(
				`one thread ${single.map((ms, n) => times(ms / found[n][0].ms)).join(" and ")}`,
			);
		console.log(`  ${target}:\n    ${line.join("\n    ")}`);
	}
}

/** The exponent of the time in each size, by least squares on logarithms. */
async function growth() {
	const run = await emitted(folder, "wasm");
	const axes = {
		N: [1e4, 3e4, 1e5, 3e5, 1e6].map((n) => [n, 10, 2, 12]),
		K: [8, 16, 32, 64, 128].map((k) => [2e4, k, 16, 12]),
		D: [8, 16, 32, 64, 128].map((d) => [2e4, 16, d, 12]),
	};
	console.log("\nGrowth of wasm's time: exponents (goal: 1.1 at most)");
	for (const [name, all] of Object.entries(axes)) {
		const at = all.map((size) => Math.log(size["NKD".indexOf(name)]));
		const took = all.map((size) => Math.log(inTurn([run], size, 1)[0].ms));
		const mean = (v) => v.reduce((a, b) => a + b, 0) / v.length;
		const [x, y] = [mean(at), mean(took)];
		const slope =
			at.reduce((sum, v, n) => sum + (v - x) * (took[n] - y), 0) /
			at.reduce((sum, v) => sum + (v - x) ** 2, 0);
		console.log(`  ${name}: ${slope.toFixed(2)}`);
	}
}

const began = performance.now();
const all = await contenders(folder);
const programs = Object.fromEntries(
	Object.entries(all).filter(([, run]) => run),
);
console.log(`${availableParallelism()} processors; median (least to most)`);
for (const name of Object.keys(all))
	if (!programs[name]) console.log(`left out, not on this machine: ${name}`);
const rows = sizes.map((size) => row(programs, size));
goals(rows);
machineBounds(rows);
await ablation();
await growth();
rmSync(folder, { recursive: true });
console.log(`\n${((performance.now() - began) / 1e3).toFixed(0)} s`);
