/** What is measured: emitted solvers of the mixture of Gaussians, and programs written by hand. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, compile } from "../../../dist/index.js";

const here = dirname(fileURLToPath(import.meta.url));
const program = (name) => join(here, name);

/** The surroundings of this process without what tells a BLAS which machine it is on. */
const env = { ...process.env };
for (const name of ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]) delete env[name];

const runs = (command, ...args) =>
	spawnSync(command, args, { stdio: "ignore", env }).status === 0;
const pythonWith = (module) =>
	["python3", "/usr/bin/python3"].find((python) =>
		runs(python, "-c", `import ${module}`),
	);

export const tools = {
	gcc: runs("gcc", "--version"),
	numpy: pythonWith("numpy"),
	sklearn: pythonWith("sklearn"),
};

const sheet = "derivations/mixture-of-gaussians.md";
const { solvable } = await check(
	readFileSync(program(`../../../${sheet}`), "utf8"),
	sheet,
);

const native = "-march=native -fopenmp -fno-math-errno -shared -fPIC";

export function build(flags, from, to) {
	const all = ["-std=gnu11", "-O3", ...flags.split(" ")];
	execFileSync("gcc", [...all, "-o", to, from, "-lm"], { stdio: "pipe" });
}

/** An emitted solver as a command, without some steps of the compiler. */
export async function emitted(folder, target, without = [], flags = "") {
	const suffix = { js: "mjs", wasm: "mjs", c: "c", numpy: "py" }[target];
	const name = [target, ...without, flags.replace(/\W/g, "")].join("-");
	const file = join(folder, `${name}.${suffix}`);
	writeFileSync(file, await compile(solvable, { target, without }));
	if (target === "js" || target === "wasm")
		return ["node", program("module.mjs"), file];
	if (target === "numpy") return [tools.numpy, program("emitted.py"), file];
	const library = file.replace(/c$/, "so");
	build(`${native} ${flags}`.trim(), file, library);
	return [tools.numpy, program("emitted.py"), library];
}

/** Programs by name; `run` is null where the machine has not what it takes. */
export async function contenders(folder) {
	const hand = (arch) => {
		if (!tools.gcc) return null;
		const to = join(folder, `loop-${arch}`);
		build(
			`-march=${arch} -ffast-math -fopenmp -D_GNU_SOURCE`,
			program("loop.c"),
			to,
		);
		return [to];
	};
	const python = (interpreter, file) =>
		interpreter ? [interpreter, program(file)] : null;
	return {
		"js by hand": ["node", program("module.mjs"), program("naive.mjs")],
		js: await emitted(folder, "js"),
		wasm: await emitted(folder, "wasm"),
		"scikit-learn": python(tools.sklearn, "sklearn_bgm.py"),
		"NumPy by hand": python(tools.numpy, "cavi.py"),
		numpy: tools.numpy ? await emitted(folder, "numpy") : null,
		"C by hand, SSE4": hand("x86-64-v2"),
		"C by hand, native": hand("native"),
		c: tools.gcc && tools.numpy ? await emitted(folder, "c") : null,
	};
}

/** Milliseconds of each sweep, and the means after the last. The first half, in which code is compiled and threads start, does not count. */
export function measure([command, ...args], file, size, sweeps, threads = 0) {
	const numbers = [...size, sweeps].map(String);
	const output = execFileSync(command, [...args, file, ...numbers], {
		encoding: "utf8",
		maxBuffer: 2 ** 28,
		env: threads
			? { ...env, THREADS: String(threads), OMP_NUM_THREADS: String(threads) }
			: env,
	});
	const [times, means] = output
		.split("\n")
		.map((line) => line.trim().split(/\s+/).filter(Boolean).map(Number));
	return {
		times: times.length > 3 ? times.slice(Math.ceil(times.length / 2)) : times,
		means,
	};
}

/** What the machine can do a second, for the vectors that a program is compiled for; null without a compiler. */
export function bounds(folder, arch) {
	if (!tools.gcc) return null;
	const to = join(folder, `bounds-${arch}`);
	build(
		`-march=${arch} -ffast-math -fopenmp -D_GNU_SOURCE`,
		program("bounds.c"),
		to,
	);
	const [flops, exps, bytes] = execFileSync(to, { encoding: "utf8" })
		.trim()
		.split(" ")
		.map(Number);
	return { flops, exps, bytes };
}
