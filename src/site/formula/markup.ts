/** A part of KaTeX's markup: text, or an element with the attributes that matter. */
export type Part = string | Element;

export interface Element {
	readonly tag: string;
	readonly classes: readonly string[];
	readonly style: string;
	/** All other attributes, as they stand in the tag. */
	readonly rest: string;
	/** The tag closes itself, as `<path …/>`. */
	readonly isEmpty: boolean;
	readonly children: Part[];
}

/**
 * Takes KaTeX's markup apart. It is regular: every tag is closed, attributes stand in quotes, and no attribute or text
 * holds `<` or `>`.
 */
export function partsOf(markup: string): Part[] {
	const root: Part[] = [];
	const open: Part[][] = [root];
	for (const [, closing, tag, attributes, text] of markup.matchAll(
		/<(\/?)([a-zA-Z]+)([^<>]*)>|([^<>]+)/g,
	)) {
		const siblings = open.at(-1) ?? root;
		if (text !== undefined) siblings.push(text);
		else if (closing) open.pop();
		else {
			const element = elementOf(tag ?? "", attributes ?? "");
			siblings.push(element);
			if (!element.isEmpty) open.push(element.children);
		}
	}
	return root;
}

function elementOf(tag: string, attributes: string): Element {
	const isEmpty = attributes.endsWith("/");
	let classes: readonly string[] = [];
	let style = "";
	let rest = "";
	for (const [whole, name, , double, single] of attributes.matchAll(
		/\s+([\w:-]+)=("([^"]*)"|'([^']*)')/g,
	)) {
		const value = double ?? single ?? "";
		if (name === "class") classes = value.split(/\s+/).filter(Boolean);
		else if (name === "style") style = value.replace(/;$/, "");
		else rest += whole;
	}
	return { tag, classes, style, rest, isEmpty, children: [] };
}
