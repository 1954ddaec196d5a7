/** Scripts that hand over texts call this by name: `tightbound("checker", "…")`. */
declare global {
	var tightbound: (name: string, text: string) => void;
}

const waiting = new Map<string, (text: string) => void>();

globalThis.tightbound = (name, text) => {
	waiting.get(name)?.(text);
	waiting.delete(name);
};

const texts = new Map<string, Promise<string>>();

/**
 * The text of a script that a worker is to run. It comes by a script of the page, the one way in which a page opened from
 * a folder may load anything.
 * @throws Error if there is no such file
 */
export function textOf(name: string): Promise<string> {
	const known = texts.get(name) ?? load(name);
	texts.set(name, known);
	return known;
}

/** An address for a script's text, that of a blob. */
export function asAddress(text: string): string {
	return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

function load(name: string): Promise<string> {
	return new Promise((resolve, reject) => {
		waiting.set(name, resolve);
		const script = document.createElement("script");
		script.src = `${name}.js`;
		script.onload = () => script.remove();
		script.onerror = () => {
			texts.delete(name);
			reject(new Error(`${name}.js could not be loaded`));
		};
		document.head.append(script);
	});
}
