/** An SVG element with these attributes. */
export function svg<K extends keyof SVGElementTagNameMap>(
	name: K,
	attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
	const element = document.createElementNS("http://www.w3.org/2000/svg", name);
	for (const [key, value] of Object.entries(attributes))
		element.setAttribute(key, String(value));
	return element;
}
