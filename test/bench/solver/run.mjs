/**
 * The sweeps of the mixture of Gaussians side by side: emitted solvers, and programs written by hand.
 *
 *     npm run build && npm run bench:solver [-- LARGEST]     sizes up to LARGEST points (100000)
 *
 * All start from the same means, and their means after the last sweep are held against each other. Contenders whose
 * compiler or interpreter is missing are left out, and said so.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, compile } from "../../../dist/index.js";
import { drawPoints } from "./points.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tightbound-bench-"));
const place = (name) => join(folder, name);
const program = (name) => join(here, name);
const largest = Number(process.argv[2] ?? 100_000);
const sizes = [
	[1e4, 10, 2],
	[1e5, 10, 2],
	[1e5, 20, 16],
	[1e6, 10, 2],
	[1e5, 50, 64],
	[1e7, 5, 1],
].filter(([n]) => n <= largest);

const runs = (command, ...args) =>
	spawnSync(command, args, { stdio: "ignore" }).status === 0;
const has = {
	gcc: runs("gcc", "--version"),
	numpy: runs("python3", "-c", "import numpy"),
	sklearn: runs("python3", "-c", "import sklearn"),
};

const path = program("../../../derivations/mixture-of-gaussians.md");
const { solvable } = await check(
	readFileSync(path, "utf8"),
	"derivations/mixture-of-gaussians.md",
);
for (const [target, name] of [
	["js", "solver.mjs"],
	["wasm", "wasm.mjs"],
	["c", "solver.c"],
	["numpy", "solver.py"],
])
	writeFileSync(place(name), await compile(solvable, { target }));

if (has.gcc) {
	const build = (flags, from, to) =>
		execFileSync("gcc", [
			"-std=gnu11",
			"-O3",
			...flags,
			"-o",
			place(to),
			from,
			"-lm",
		]);
	build(
		["-march=native", "-fopenmp", "-fno-math-errno", "-shared", "-fPIC"],
		place("solver.c"),
		"solver.so",
	);
	for (const arch of ["native", "x86-64-v2"])
		build(
			[`-march=${arch}`, "-ffast-math", "-fopenmp", "-D_GNU_SOURCE"],
			program("loop.c"),
			`loop-${arch}`,
		);
}

const contenders = [
	{
		name: "js, naive by hand",
		run: ["node", program("module.mjs"), program("naive.mjs")],
	},
	{
		name: "js target",
		run: ["node", program("module.mjs"), place("solver.mjs")],
	},
	{
		name: "wasm target",
		run: ["node", program("module.mjs"), place("wasm.mjs")],
	},
	{
		name: "scikit-learn",
		run: ["python3", program("sklearn_bgm.py")],
		needs: has.sklearn,
		isAnother: true,
	},
	{
		name: "NumPy, by hand",
		run: ["python3", program("cavi.py")],
		needs: has.numpy,
	},
	{
		name: "numpy target",
		run: ["python3", program("emitted.py"), place("solver.py")],
		needs: has.numpy,
	},
	{ name: "C by hand, SSE4", run: [place("loop-x86-64-v2")], needs: has.gcc },
	{ name: "C by hand, native", run: [place("loop-native")], needs: has.gcc },
	{
		name: "c target, native",
		run: ["python3", program("emitted.py"), place("solver.so")],
		needs: has.gcc && has.numpy,
	},
];

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds a sweep, and the means: the first two sweeps, in which code is compiled, do not count. */
function measure({ run }, file, size, sweeps) {
	const [command, ...args] = run;
	const numbers = [...size, sweeps].map(String);
	const output = execFileSync(command, [...args, file, ...numbers], {
		encoding: "utf8",
		maxBuffer: 2 ** 28,
	});
	const [times, means] = output
		.split("\n")
		.map((line) => line.trim().split(/\s+/).filter(Boolean).map(Number));
	const counted = times.length > 3 ? times.slice(2) : times;
	return {
		ms: median(counted),
		from: Math.min(...counted),
		to: Math.max(...counted),
		means,
	};
}

const apart = (a, b) =>
	Math.max(...a.map((v, n) => Math.abs(v - b[n]))) /
	Math.max(...b.map(Math.abs));

console.log(
	`${availableParallelism()} processors; ms a sweep: median (least to most)`,
);
for (const { name, needs } of contenders)
	if (needs === false) console.log(`left out, not on this machine: ${name}`);
for (const [n, k, d] of sizes) {
	console.log(`\nN = ${n}, K = ${k}, D = ${d}`);
	const file = place("points");
	writeFileSync(file, drawPoints(n, k, d));
	const sweeps = n * k * d > 2e7 ? 8 : 20;
	let first = null;
	for (const contender of contenders.filter((c) => c.needs !== false)) {
		const { ms, from, to, means } = measure(contender, file, [n, k, d], sweeps);
		first ??= means;
		const distance = contender.isAnother
			? "another model"
			: `means apart ${apart(means, first).toExponential(0)}`;
		console.log(
			`  ${contender.name.padEnd(20)} ${ms.toFixed(2).padStart(9)} (${from.toFixed(2)} to ${to.toFixed(2)}), ${distance}`,
		);
	}
}
rmSync(folder, { recursive: true });
