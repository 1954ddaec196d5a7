/** A line on standard error that is written over as work goes on. */
export interface Progress {
	/** A function is asked for its text now and then, for what changes faster than anyone reads. */
	show(text: string | (() => string)): void;
	clear(): void;
}

/** Milliseconds between two texts of a function. */
const pace = 50;

/** Work that takes less time goes without a word. */
const patience = 1000;

/** Shows nothing in the first second, and nothing at all where standard error is no terminal. */
export function createProgress(): Progress {
	const { stderr } = process;
	const start = performance.now();
	let isShown = false;
	let last = start;
	const clear = () => {
		if (isShown) stderr.write("\r\u001b[K");
		isShown = false;
	};
	const show = (text: string | (() => string)) => {
		const now = performance.now();
		const isSoon = typeof text === "function" && now - last < pace;
		if (!stderr.isTTY || now - start < patience || isSoon) return;
		last = now;
		clear();
		stderr.write(typeof text === "string" ? text : text());
		isShown = true;
	};
	return { show, clear };
}
