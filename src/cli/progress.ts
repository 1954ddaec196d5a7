/** A line on standard error that is written over as work goes on. */
export interface Progress {
	show(text: string): void;
	clear(): void;
}

/** Work that takes less time goes without a word. */
const patience = 1000;

/** Shows nothing in the first second, and nothing at all where standard error is no terminal. */
export function createProgress(): Progress {
	const { stderr } = process;
	const start = performance.now();
	let isShown = false;
	const clear = () => {
		if (isShown) stderr.write("\r\u001b[K");
		isShown = false;
	};
	const show = (text: string) => {
		if (!stderr.isTTY || performance.now() - start < patience) return;
		clear();
		stderr.write(text);
		isShown = true;
	};
	return { show, clear };
}
