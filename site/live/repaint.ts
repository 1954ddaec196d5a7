import { align } from "./align.js";

/**
 * Makes an element look like another one, and leaves all that is the same in both: so what the reader has opened, selected
 * or scrolled stays as it is.
 */
export function repaint(now: Element, next: Element): void {
	copyAttributes(now, next);
	repaintRange(now, [...now.childNodes], [...next.childNodes], null);
}

/** The same for some neighbours among the children of an element; `behind` is what follows them. */
export function repaintRange(
	parent: Element,
	old: readonly ChildNode[],
	fresh: readonly ChildNode[],
	behind: ChildNode | null,
): void {
	const partners = align(old, fresh);
	const kept = new Set(partners);
	let at = old.find((node) => kept.has(node)) ?? behind;
	for (const node of old) if (!kept.has(node)) node.remove();
	for (const [n, node] of fresh.entries()) {
		const partner = partners[n] ?? null;
		if (partner === null) parent.insertBefore(node, at);
		else {
			at = partner.nextSibling;
			become(partner, node);
		}
	}
}

function become(old: ChildNode, fresh: ChildNode): void {
	if (old.isEqualNode(fresh)) return;
	if (old instanceof Element && fresh instanceof Element) repaint(old, fresh);
	else old.replaceWith(fresh);
}

/** All but whether details are open, which is the reader's choice. */
function copyAttributes(now: Element, next: Element): void {
	for (const name of now.getAttributeNames())
		if (name !== "open" && !next.hasAttribute(name)) now.removeAttribute(name);
	for (const name of next.getAttributeNames()) {
		const value = next.getAttribute(name) ?? "";
		if (name !== "open" && now.getAttribute(name) !== value)
			now.setAttribute(name, value);
	}
}
