/** SVG as text. Every attribute and every text is escaped here and nowhere else. */

export type Attributes = Readonly<Record<string, string | number>>;

/** An element with its content, which is SVG already. */
export function element(
	name: string,
	attributes: Attributes,
	...content: readonly string[]
): string {
	const written = Object.entries(attributes).map(
		([key, value]) => ` ${key}="${escaped(attribute(value))}"`,
	);
	const open = `<${name}${written.join("")}`;
	return content.length === 0
		? `${open}/>`
		: `${open}>${content.join("")}</${name}>`;
}

/** A text element. */
export function label(
	text: string,
	x: number,
	y: number,
	attributes: Attributes = {},
): string {
	return element("text", { x, y, ...attributes }, escaped(text));
}

/** A path through points. */
export function line(
	points: readonly (readonly [number, number])[],
	attributes: Attributes,
): string {
	const d = points.map(
		([x, y], n) => `${n === 0 ? "M" : "L"}${attribute(x)} ${attribute(y)}`,
	);
	return element("path", { d: d.join(""), fill: "none", ...attributes });
}

/** Positions are written to a hundredth of a pixel. */
function attribute(value: string | number): string {
	return typeof value === "number"
		? String(Math.round(value * 100) / 100)
		: value;
}

/** Text that can stand in SVG; characters that XML does not have become a replacement character. */
export function escaped(text: string): string {
	const codes: Readonly<Record<string, string>> = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
	};
	return text
		.replace(
			/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
			"\uFFFD",
		)
		.replace(/[&<>"]/g, (c) => codes[c] ?? c);
}
