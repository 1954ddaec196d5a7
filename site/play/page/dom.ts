/**
 * The element of the page with this id.
 * @throws Error if the page has none: page and script do not belong together
 */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
	const element = document.getElementById(id);
	if (!element) throw new Error(`the page has no #${id}`);
	return element as T;
}

/** An element with these attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
	name: K,
	attributes: Readonly<Record<string, string>>,
	...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}

export function button(text: string, onClick: () => void): HTMLButtonElement {
	const made = element("button", { type: "button" }, text);
	made.onclick = onClick;
	return made;
}
