import type { MessagePort } from "node:worker_threads";
import type { SolverResult, SolverState } from "../solver.js";

/** What a thread is given for one start. */
export interface StartTask {
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly options: Readonly<Record<string, unknown>>;
	/** Its only entry is 1 as soon as the sweeps are to end. */
	readonly stop: Int32Array;
	/** Where reports of sweeps go, and null after the last. */
	readonly port: MessagePort;
	/** Milliseconds between two states that are sent along; null for none. */
	readonly keepEvery: number | null;
}

/** What a thread says after a sweep; now and then with a copy of the state. */
export interface StartReport {
	readonly sweep: number;
	readonly elbo: number;
	readonly ms: number;
	readonly state: SolverState | null;
}

export type StartResult = SolverResult;

/**
 * What is added to an emitted module so that a thread can run it. It is source text as the module is, since a thread
 * begins with a file or a text of its own, and the module has no file.
 */
const entry = `
export async function runStart({ inputs, options, stop, port, keepEvery }) {
	let last = performance.now();
	const copied = ({ parameters, elbo }) => ({
		elbo,
		parameters: Object.fromEntries(
			Object.entries(parameters).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
		),
	});
	const onSweep = ({ sweep, elbo, ms, state }) => {
		const isDue = keepEvery !== null && performance.now() - last >= keepEvery;
		if (isDue) last = performance.now();
		port.postMessage({ sweep, elbo, ms, state: isDue ? copied(state()) : null });
		return Atomics.load(stop, 0) === 0;
	};
	const result = await solve(inputs, { ...options, onSweep });
	port.postMessage(null);
	return result;
}
`;

/** The address of an emitted module that a thread can run. */
export function workerModule(source: string): string {
	const encoded = Buffer.from(source + entry).toString("base64");
	return `data:text/javascript;base64,${encoded}`;
}
