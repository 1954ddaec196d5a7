/** A text, or a program that is never run here: its text is. */
type Content = string | (() => void);

/** Scripts that hand something over call this by name: `tightbound("checker", () => { … })`. */
declare global {
	var tightbound: (name: string, content: Content) => void;
}

const waiting = new Map<string, (text: string) => void>();

globalThis.tightbound = (name, content) => {
	waiting.get(name)?.(asText(content));
	waiting.delete(name);
};

function asText(content: Content): string {
	if (typeof content === "string") return content;
	const text = String(content);
	return text.slice(text.indexOf("{") + 1, text.lastIndexOf("}"));
}

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
