/** How the time of a sweep grows with each of the sizes. */
import { exponent } from "../measure.mjs";
import { emitted } from "./programs.mjs";
import { inTurn } from "./turns.mjs";

const axes = {
	N: [1e4, 3e4, 1e5, 3e5, 1e6].map((n) => [n, 10, 2, 12]),
	K: [8, 16, 32, 64, 128].map((k) => [2e4, k, 16, 12]),
	D: [8, 16, 32, 64, 128].map((d) => [2e4, 16, d, 12]),
};

/** Prints the exponents of the compiled rows' time. */
export async function growth(folder) {
	const run = await emitted(folder, "wasm");
	console.log("\nGrowth of wasm's time: exponents (goal: 1.1 at most)");
	for (const [name, sizes] of Object.entries(axes)) {
		const points = sizes.map((size) => [
			size["NKD".indexOf(name)],
			inTurn(folder, [run], size)[0].ms,
		]);
		console.log(`  ${name}: ${exponent(points).toFixed(2)}`);
	}
}
