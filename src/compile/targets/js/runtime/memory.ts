import type { Helper } from "../../helpers.js";

/** The memory that compiled rows share with the rest of a module. */
export const memory: readonly Helper[] = [
	{
		name: "moveToMemory",
		source: `/** Moves the arrays of a state into a memory, with room for more, and makes the compiled rows work there. */
function moveToMemory(state, more) {
	const keys = Object.keys(state).filter((key) => state[key] instanceof Float64Array);
	const length = keys.reduce((sum, key) => sum + state[key].length + 1, more);
	const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * length) / 65536) });
	let at = 0;
	for (const key of keys) {
		const moved = new Float64Array(memory.buffer, 8 * at, state[key].length);
		moved.set(state[key]);
		at += moved.length + (moved.length % 2);
		state[key] = moved;
	}
	state.memory = memory;
	state.scratch = at;
	state.rows = new WebAssembly.Instance(WASM, { env: { memory, ...IMPORTS } }).exports.rows;
}`,
	},
	{
		name: "room",
		source: `/** Zeros in the memory of a state, until the next pass. */
function room(state, length) {
	const place = new Float64Array(state.memory.buffer, 8 * state.top, length).fill(0);
	state.top += length + (length % 2);
	return place;
}`,
	},
	{
		name: "addLanes",
		source: `/** Adds the lanes that held a row to sums, with what rounding takes away, and clears them. */
function addLanes(sums, lost, lanes, live) {
	for (let n = 0; n < sums.length; n++) collect(sums, lost, n, live === 2 ? lanes[2 * n] + lanes[2 * n + 1] : lanes[2 * n]);
	lanes.fill(0);
}`,
	},
];
