/** The name of a file of the site, below its root. */
export function nameOf(address: string): string {
	const path = decodeURIComponent(new URL(address).pathname).slice(1);
	return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

export function styleLinks(page: Document): HTMLLinkElement[] {
	return [...page.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
}

/**
 * Loads the style sheets of a page that this one has not, or has of an earlier time, without using them yet.
 * @returns a function that lets them take the places of the others
 */
export async function loadStyles(
	next: Document,
	hasChanged: (name: string) => boolean,
): Promise<() => void> {
	const before = styleLinks(document);
	const kept: HTMLLinkElement[] = [];
	const loaded: HTMLLinkElement[] = [];
	for (const link of styleLinks(next)) {
		const address = new URL(link.getAttribute("href") ?? "", location.href);
		const name = nameOf(address.href);
		const known = before.find((one) => nameOf(one.href) === name);
		if (known && !hasChanged(name)) kept.push(known);
		else loaded.push(await load(address));
	}
	return () => {
		for (const link of loaded) link.media = "all";
		for (const link of before) if (!kept.includes(link)) link.remove();
	};
}

/** Resolves when the style sheet is there, or cannot be had. */
function load(address: URL): Promise<HTMLLinkElement> {
	const link = document.createElement("link");
	link.rel = "stylesheet";
	link.media = "not all";
	// Another address, so that the browser does not take the one that it has.
	link.href = `${address.pathname}?${Date.now()}`;
	return new Promise((resolve) => {
		link.onload = link.onerror = () => resolve(link);
		document.head.append(link);
	});
}
