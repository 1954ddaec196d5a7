/** How the least time of a sweep grows with each of the sizes. */
import { exponent } from "../measure.mjs";
import { emitted } from "./programs.mjs";
import { inTurn } from "./turns.mjs";

/** A size with the sweeps of a run, the more the shorter they are, so that threads are there for most of them. */
const withSweeps = ([n, k, d]) => [
	n,
	k,
	d,
	Math.round(12 + 4e8 / (n * k * (d + 8))),
];

const axes = {
	N: [1e4, 3e4, 1e5, 3e5, 1e6].map((n) => [n, 10, 2]),
	K: [8, 16, 32, 64, 128].map((k) => [2e4, k, 16]),
	D: [8, 16, 32, 64, 128].map((d) => [2e4, 16, d]),
};

/** Prints the exponents of the compiled rows' time. */
export async function growth(folder) {
	const run = await emitted(folder, "wasm");
	console.log("\nGrowth of wasm's least time: exponents (goal: 1.1 at most)");
	for (const [name, sizes] of Object.entries(axes)) {
		const points = sizes.map((size) => [
			size["NKD".indexOf(name)],
			inTurn(folder, [run], withSweeps(size))[0].least,
		]);
		const list = points.map(([at, ms]) => `${at}: ${ms.toFixed(2)}`).join(", ");
		console.log(
			`  ${name}: ${exponent(points).toFixed(2)} (ms a sweep at ${list})`,
		);
	}
}
