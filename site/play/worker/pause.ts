import { post } from "./scope.js";

/** Milliseconds of work after which the worker looks at what has arrived. */
const longest = 30;

let last = performance.now();
const { port1, port2 } = new MessageChannel();
let goOn: () => void = () => {};
port1.onmessage = () => goOn();

/**
 * Lets messages in, if it has been long enough since the last time, and says that the worker is alive.
 * @returns whether it did
 */
export async function breathe(line: number): Promise<boolean> {
	if (performance.now() - last < longest) return false;
	post({ kind: "pulse", line });
	await new Promise<void>((resolve) => {
		goOn = resolve;
		port2.postMessage(null);
	});
	last = performance.now();
	return true;
}

/** Waits so many milliseconds, and no longer than until `isOver`. @returns whether the time has passed */
export async function isQuiet(
	ms: number,
	isOver: () => boolean,
): Promise<boolean> {
	const end = performance.now() + ms;
	while (performance.now() < end) {
		if (isOver()) return false;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	return !isOver();
}
