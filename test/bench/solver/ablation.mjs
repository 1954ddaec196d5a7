/** What each step of the compiler is worth. */
import { steps } from "../../../dist/compile/index.js";
import { emitted, tools } from "./programs.mjs";
import { inTurn, times } from "./turns.mjs";

/** N, K, D, and the sweeps of a run: with threads more than without, since these take a tenth of a second to be there. */
const casesFor = (target) => [
	[1e5, 10, 2, target === "js" ? 8 : 60],
	[1e5, 20, 16, target === "js" ? 5 : 24],
];

/**
 * Prints how much slower the solvers are without each step, and on one thread or lane.
 * @param isLate whether there is no time left for something
 */
export async function ablation(folder, isLate) {
	const targets = ["js", "wasm", ...(tools.gcc && tools.numpy ? ["c"] : [])];
	console.log(
		"\nWithout a step of the compiler: times as slow, by least times, at (1e5, 10, 2) and (1e5, 20, 16)",
	);
	for (const target of targets)
		if (!isLate(`${target} without steps`)) await ablate(folder, target);
}

async function ablate(folder, target) {
	const cases = casesFor(target);
	const variants = await variantsOf(folder, target);
	const runs = Object.values(variants);
	const [whole] = runs;
	const found = cases.map((size) =>
		inTurn(folder, runs, size).map(({ least }) => least),
	);
	const line = Object.keys(variants).map(
		(name, n) =>
			`${name} ${found.map((ms) => times(ms[n] / ms[0])).join(" and ")}`,
	);
	if (target !== "js") {
		const single = cases.map(
			(size, n) =>
				inTurn(folder, [whole], size, { threads: 1 })[0].least / found[n][0],
		);
		line.push(`one thread ${single.map(times).join(" and ")}`);
	}
	console.log(`  ${target}:\n    ${line.slice(1).join("\n    ")}`);
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
