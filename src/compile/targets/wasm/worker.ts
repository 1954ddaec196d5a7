/** The order of the numbers by which threads tell each other what is done. */
export const control = {
	turn: 0,
	next: 1,
	done: 2,
	stripes: 3,
	over: 4,
	failed: 5,
	count: 6,
} as const;

/**
 * What a thread beside the main one runs, as a text of its own: it waits for a pass, takes stripes of rows as long as
 * there are some, and waits again. What it is given with a pass is read only after a stripe was taken, since until that
 * is done the pass cannot end.
 *
 * @param imports an object of the functions that the rows call
 * @param helpers the sources of these functions
 */
export function workerSource(
	imports: string,
	helpers: readonly string[],
): string {
	const { turn, next, done, stripes, over, failed } = control;
	return `"use strict";
${helpers.join("\n")}
const begin = ({ module, memory, control, frame, number }) => {
	const { rows } = new WebAssembly.Instance(module, { env: { memory, ...${imports} } }).exports;
	for (let seen = 0; !Atomics.load(control, ${over}); ) {
		for (let n = 0; n < 20000 && Atomics.load(control, ${turn}) === seen; n++);
		if (Atomics.load(control, ${turn}) === seen) Atomics.wait(control, ${turn}, seen);
		seen = Atomics.load(control, ${turn});
		for (;;) {
			const stripe = Atomics.add(control, ${next}, 1);
			if (stripe >= control[${stripes}] || Atomics.load(control, ${over})) break;
			try {
				takeStripe(rows, stripe, number, control[${stripes}], frame);
			} catch {
				control[${failed}] = 1;
			}
			Atomics.add(control, ${done}, 1);
			Atomics.notify(control, ${done});
		}
	}
};
${takeStripe}
const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
if (threads) begin(threads.workerData);
else onmessage = ({ data }) => { begin(data); close(); };`;
}

/** Has the rows of a stripe done by thread \`number\`: the frame holds the sizes and places that they all have in common. */
export const takeStripe = `function takeStripe(rows, stripe, number, stripes, frame) {
	const [count, places, each, sums, length, ...given] = frame;
	const segments = Math.ceil(count / 1024);
	const start = (n) => Math.min(count, Math.floor((segments * n) / stripes) * 1024);
	rows(start(stripe), start(stripe + 1), places + number * each, sums + stripe * length * 16, ...given);
}`;
