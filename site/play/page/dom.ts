/**
 * The element of the page with this id.
 * @throws Error if the page has none: page and script do not belong together
 */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
	const element = document.getElementById(id);
	if (!element) throw new Error(`the page has no #${id}`);
	return element as T;
}
