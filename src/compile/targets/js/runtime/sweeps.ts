import type { Helper } from "../../helpers.js";

/** The loop over sweeps, and what watches over it. */
export const sweeps: readonly Helper[] = [
	{
		name: "elbo",
		source: `/** The evidence lower bound of the state, and the sum of the sizes of its terms. */
function elbo(state) {
	const total = new Sum();
	let size = 0;
	for (const term of elboTerms(state)) {
		total.add(term);
		size += Math.abs(term);
	}
	return { value: total.total, size };
}`,
	},
	{
		name: "fell",
		source: `/** Whether the bound fell by more than rounding explains: 64 ε times the sum of the sizes of all that is added up. */
function fell(before, after, state) {
	if (!(after.value < before.value - 64 * Number.EPSILON * Math.max(before.size, after.size))) return false;
	state.complete?.(state);
	const size = elboSizes(state).reduce((a, b) => a + b, 0);
	return after.value < before.value - 64 * Number.EPSILON * size;
}`,
	},
	{
		name: "checkOptions",
		source: `function checkOptions({ maxSweeps, tolerance, seed, threads = 1 }) {
	if (!Number.isInteger(maxSweeps) || maxSweeps < 1)
		throw new InputError(\`maxSweeps must be a whole number of at least 1, but is \${maxSweeps}\`);
	if (!(tolerance >= 0)) throw new InputError(\`tolerance must be at least 0, but is \${tolerance}\`);
	if (!Number.isInteger(threads) || threads < 1)
		throw new InputError(\`threads must be a whole number of at least 1, but is \${threads}\`);
	if (!Number.isSafeInteger(seed)) throw new InputError(\`seed must be a whole number, but is \${seed}\`);
}`,
	},
	{
		name: "largestMove",
		source: `/** The largest change since the copies were made, relative to the largest entry of its array. */
function largestMove(arrays, copies) {
	let largest = 0;
	arrays.forEach((array, a) => {
		let move = 0;
		let scale = 0;
		for (let n = 0; n < array.length; n++) {
			move = Math.max(move, Math.abs(array[n] - copies[a][n]));
			scale = Math.max(scale, Math.abs(array[n]));
		}
		if (move > 0) largest = Math.max(largest, move / scale);
	});
	return largest;
}`,
	},
	{
		name: "parametersOf",
		source: `function parametersOf(state, specs) {
	return Object.fromEntries(specs.map((spec) => [spec.name, { shape: shapeOf(spec, state), data: state[spec.key].slice() }]));
}`,
	},
];
