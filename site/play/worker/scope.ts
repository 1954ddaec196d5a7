import type { ToPage, ToWorker } from "../protocol.js";

/** The global object of a worker, as far as it is used. */
interface Scope {
	onmessage: ((event: { data: ToWorker }) => void) | null;
	postMessage(message: ToPage): void;
	importScripts(url: string): void;
	[name: `tightbound_${string}`]: unknown;
}

export const scope = globalThis as unknown as Scope;

export function post(message: ToPage): void {
	scope.postMessage(message);
}
