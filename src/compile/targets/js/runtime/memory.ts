import type { Helper } from "../../helpers.js";
import { fuseSource } from "../../wasm/encoder.js";
import { control, takeStripe } from "../../wasm/worker.js";

const { turn, next, done, stripes, over, failed, count } = control;

/** The memory that compiled rows share with the rest of a module, and the threads that work in it. */
export const memory: readonly Helper[] = [
	{
		name: "moveToMemory",
		source: `/**
 * Moves the arrays of a state into a memory, with room for tables, for what threads work in, and for the sums of each
 * stripe of rows, and makes the compiled rows work there.
 */
function moveToMemory(state, { rows, sums, width, tables, given }, threads) {
	const keys = Object.keys(state).filter((key) => state[key] instanceof Float64Array);
	const stripes = stripesOf(rows, sums);
	const others = mayShare() ? Math.min(threads, stripes) - 1 : 0;
	const block = Math.max(4, Math.min(64, Math.floor(2 ** 14 / width)));
	// threads that write to one line of the cache wait for each other, and what is fetched ahead lies in the same page
	const pages = (bytes) => 4096 * Math.ceil(bytes / 4096);
	const each = pages(16 * (sums + block * width) + 4096);
	const even = (length) => length + (length % 2);
	const scratch = keys.reduce((sum, key) => sum + even(state[key].length), 0);
	const places = pages(8 * (scratch + even(tables)));
	const sumsAt = places + (others + 1) * each;
	const size = Math.ceil((sumsAt + 16 * stripes * sums) / 65536);
	const memory = new WebAssembly.Memory({ initial: size, maximum: size, shared: others > 0 });
	let at = 0;
	for (const key of keys) {
		const moved = new Float64Array(memory.buffer, 8 * at, state[key].length);
		moved.set(state[key]);
		at += even(moved.length);
		state[key] = moved;
	}
	const module = compiledRows(others > 0);
	Object.assign(state, { memory, scratch, stripes });
	state.frame = [rows, places, each, sumsAt, sums, block];
	state.sums = new Float64Array(memory.buffer, sumsAt, 2 * stripes * sums);
	state.rows = new WebAssembly.Instance(module, { env: { memory, ...IMPORTS } }).exports.rows;
	state.crew = others > 0 ? hireCrew(others, module, memory, stripes, state.frame.length + given) : null;
}`,
	},
	{
		name: "compiledRows",
		source: `const compiled = new Map();
function compiledRows(shared) {
	if (!compiled.has(shared)) {
		const bytes = Uint8Array.from(atob(WASM), (c) => c.charCodeAt(0));
		if (shared) bytes[MEMORY_KIND] = 3;
		if (canFuse()) fuse(bytes, FUSIBLE);
		compiled.set(shared, new WebAssembly.Module(bytes));
	}
	return compiled.get(shared);
}`,
	},
	{
		name: "canFuse",
		source: `/**
 * Whether the engine has relaxed SIMD, which multiplies and adds at once and rounds once: then the last bits are others.
 * Node 20 has it, but has to be asked for it.
 */
function canFuse() {
	const adds = [1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 135, 2, 11];
	const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...adds);
	if (WebAssembly.validate(bytes)) return true;
	try {
		process.getBuiltinModule("node:v8").setFlagsFromString("--experimental-wasm-relaxed-simd");
	} catch {
		return false;
	}
	return WebAssembly.validate(bytes);
}`,
	},
	{ name: "fuse", source: fuseSource },
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
		name: "stripesOf",
		source: `/** Parts of the data with sums of their own, whose number depends on sizes alone: so no bit depends on the threads. */
function stripesOf(rows, sums) {
	const most = Math.max(8, Math.min(64, Math.floor(2 ** 20 / Math.max(1, sums))));
	return Math.max(1, Math.min(most, Math.ceil(rows / 1024)));
}`,
	},
	{
		name: "runRows",
		source: `/** Has all rows done, by stripes, here and by the crew. */
function runRows(state, renew, keep, given) {
	const { rows, crew, stripes, frame, sums } = state;
	const all = [...frame, renew ? 1 : 0, keep ? 1 : 0, ...given];
	sums.fill(0);
	if (!crew) {
		for (let stripe = 0; stripe < stripes; stripe++) takeStripe(rows, stripe, 0, stripes, all);
		return;
	}
	const { control } = crew;
	crew.frame.set(all);
	Atomics.store(control, ${done}, 0);
	Atomics.store(control, ${next}, 0);
	Atomics.add(control, ${turn}, 1);
	Atomics.notify(control, ${turn});
	for (let stripe; (stripe = Atomics.add(control, ${next}, 1)) < stripes; ) {
		takeStripe(rows, stripe, 0, stripes, all);
		Atomics.add(control, ${done}, 1);
	}
	waitFor(control, ${done}, stripes);
	if (control[${failed}]) throw new Error("a thread failed while it went through the data");
}`,
	},
	{
		name: "waitFor",
		source: `/** Waits until a number has come to a value; where the thread must not sleep, it looks again and again. */
function waitFor(control, at, value) {
	for (let n = 0; Atomics.load(control, at) < value; n++) {
		if (n < 1000 || typeof document !== "undefined") continue;
		const now = Atomics.load(control, at);
		if (now < value) Atomics.wait(control, at, now, 1);
	}
}`,
	},
	{
		name: "takeStripe",
		source: takeStripe,
	},
	{
		name: "addStripes",
		source: `/** Adds the sums of the stripes, in their order. */
function addStripes(state, totals) {
	const { sums, stripes } = state;
	const length = sums.length / 2 / stripes;
	let first = 0;
	for (const total of totals) {
		const lost = new Float64Array(total.length);
		total.fill(0);
		for (let stripe = 0; stripe < stripes; stripe++) {
			const at = 2 * stripe * length + first;
			for (let n = 0; n < total.length; n++) {
				collect(total, lost, n, sums[at + n]);
				lost[n] += sums[at + length + n];
			}
		}
		settle(total, lost);
		first += total.length;
	}
}`,
	},
	{
		name: "hireCrew",
		source: `/** Other threads that take stripes of rows, whenever they are there; until then, all is done without them. */
function hireCrew(others, module, memory, stripes, length) {
	const control = new Int32Array(new SharedArrayBuffer(4 * ${count}));
	const frame = new Float64Array(new SharedArrayBuffer(8 * length));
	control[${stripes}] = stripes;
	control[${next}] = stripes;
	for (let number = 1; number <= others; number++) startThread({ module, memory, control, frame, number });
	return { control, frame };
}`,
	},
	{
		name: "dismissCrew",
		source: `function dismissCrew({ crew }) {
	if (!crew) return;
	Atomics.store(crew.control, ${over}, 1);
	Atomics.add(crew.control, ${turn}, 1);
	Atomics.notify(crew.control, ${turn});
}`,
	},
	{
		name: "startThread",
		source: `function startThread(workerData) {
	const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
	if (threads) {
		const worker = new threads.Worker(WORKER, { eval: true, workerData, execArgv: [] });
		worker.on("error", () => {});
		worker.unref();
	} else {
		const url = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
		new Worker(url).postMessage(workerData);
		URL.revokeObjectURL(url);
	}
}`,
	},
	{
		name: "mayShare",
		source: `/** Whether threads can share a memory: in Node, and on pages that are isolated from other origins. */
function mayShare() {
	if (typeof SharedArrayBuffer === "undefined") return false;
	if (globalThis.process?.getBuiltinModule) return true;
	return globalThis.crossOriginIsolated === true && typeof Worker === "function";
}`,
	},
	{
		name: "processors",
		source: `function processors() {
	const os = globalThis.process?.getBuiltinModule?.("node:os");
	return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}`,
	},
];
