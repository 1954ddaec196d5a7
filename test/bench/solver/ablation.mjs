/** What each step of the compiler is worth. */
import { steps } from "../../../dist/compile/index.js";
import { emitted, tools } from "./programs.mjs";
import { inTurn, times } from "./turns.mjs";

const cases = [
	[1e5, 10, 2, 12],
	[1e5, 20, 16, 8],
];

/** Prints how much slower the solvers are without each step, and on one thread or lane. */
export async function ablation(folder) {
	const targets = ["js", "wasm", ...(tools.gcc && tools.numpy ? ["c"] : [])];
	console.log(
		"\nWithout a step of the compiler: times as slow, at (1e5, 10, 2) and (1e5, 20, 16)",
	);
	const variants = {};
	for (const target of targets)
		variants[target] = await variantsOf(folder, target);
	const programs = Object.values(variants).flatMap(Object.values);
	const found = cases.map(
		(size) =>
			new Map(
				inTurn(folder, programs, size).map(({ ms }, n) => [programs[n], ms]),
			),
	);
	for (const target of targets) {
		const { whole, ...others } = variants[target];
		const line = Object.entries(others).map(
			([name, run]) =>
				`${name} ${found.map((ms) => times(ms.get(run) / ms.get(whole))).join(" and ")}`,
		);
		if (target !== "js") {
			const single = cases.map(
				(size) => inTurn(folder, [whole], size, { threads: 1 })[0].ms,
			);
			line.push(
				`one thread ${single.map((ms, n) => times(ms / found[n].get(whole))).join(" and ")}`,
			);
		}
		console.log(`  ${target}:\n    ${line.join("\n    ")}`);
	}
}

/** The solver as it is, and without each step. */
async function variantsOf(folder, target) {
	const variants = { whole: await emitted(folder, target) };
	for (const step of steps)
		variants[`without ${step}`] = await emitted(folder, target, [step]);
	if (target === "c")
		variants["one lane"] = await emitted(folder, target, [], "-DONE_LANE");
	return variants;
}
