import { type Html, html } from "./html.js";

/** A piece of a page that is not cut. */
export interface Piece {
	readonly markup: string;
	/** What follows is not parted from it, as a display from the prose before. */
	readonly leadsOn: boolean;
}

const sizeOf = (markup: string) => Buffer.byteLength(markup);

/**
 * Shares pieces out among as few parts as hold them, each at most `limit` bytes, about equally long. What leads on to the
 * next piece is not parted from it; a piece that is longer than a part has one of its own.
 */
export function shareOut(
	pieces: readonly Piece[],
	limit: number,
): readonly string[] {
	const all = pieces.reduce((sum, { markup }) => sum + sizeOf(markup), 0);
	const count = Math.ceil(all / limit);
	const parts: string[] = [];
	let current = "";
	let size = 0;
	for (const group of groupsOf(pieces)) {
		const own = sizeOf(group);
		const isLong = parts.length < count - 1 && size + own / 2 > all / count;
		const isFull = size + own > limit || isLong;
		if (size > 0 && isFull) {
			parts.push(current);
			current = "";
			size = 0;
		}
		current += group;
		size += own;
	}
	return [...parts, current];
}

/** Pieces that stay together, as one. */
function groupsOf(pieces: readonly Piece[]): readonly string[] {
	const groups: string[] = [];
	let isOpen = false;
	for (const { markup, leadsOn } of pieces) {
		const before = isOpen ? (groups.pop() ?? "") : "";
		groups.push(before + markup);
		isOpen = leadsOn;
	}
	return groups;
}

/** The name of the page with a part, counted from 0. */
export function addressOfPart(name: string, part: number): string {
	return part === 0 ? `${name}.html` : `${name}.${part + 1}.html`;
}

/** The parts with the links among them leading to the pages of their targets. */
export function linked(
	parts: readonly string[],
	name: string,
): readonly string[] {
	const own = parts.map((markup) => idsIn(markup));
	return parts.map((markup, n) =>
		markup.replace(/(?<=<a [^>]*href=")#([^"]+)/g, (link, id: string) => {
			if (own[n]?.has(id)) return link;
			const at = own.findIndex((ids) => ids.has(id));
			return at < 0 ? link : encodeURI(addressOfPart(name, at)) + link;
		}),
	);
}

/** A page of a sheet, as it is before all pages are put together. */
interface PartPage {
	readonly address: string;
	readonly main: string;
}

/**
 * For sheets in parts, where a link leads that another page has to a place of theirs: `sheet.html#place` by `sheet.3.html#place`.
 * Whoever wrote the link knows the sheet alone.
 */
export function placesOfParts(
	sheets: readonly (readonly PartPage[])[],
): ReadonlyMap<string, string> {
	const places = new Map<string, string>();
	for (const [first, ...others] of sheets) {
		if (!first || others.length === 0) continue;
		// What each part has, such as drawings, is on the first as well.
		const known = new Set(idsIn(first.main));
		for (const { address, main } of others)
			for (const id of idsIn(main)) {
				if (known.has(id)) continue;
				known.add(id);
				places.set(`${first.address}#${id}`, `${encodeURI(address)}#${id}`);
			}
	}
	return places;
}

/** Markup whose links lead to the part that has their place. */
export function ledToParts(
	markup: string,
	places: ReadonlyMap<string, string>,
): string {
	if (places.size === 0) return markup;
	return markup.replace(
		/(?<=<a [^>]*href=")[^"#]+#[^"]+/g,
		(link) => places.get(link) ?? link,
	);
}

function idsIn(markup: string): ReadonlySet<string> {
	const found = markup.matchAll(/\sid="([^"]+)"/g);
	return new Set([...found].map(([, id]) => id ?? ""));
}

/** The way from one part to the others, which stands above and below each. */
export function partsNavigation(
	name: string,
	part: number,
	count: number,
	place: "above" | "below",
): Html {
	const link = (n: number, text: string, rel = "") =>
		html`<a href="${encodeURI(addressOfPart(name, n))}"${rel !== "" && html` rel="${rel}"`}>${text}</a>`;
	const numbers = Array.from({ length: count }, (_, n) =>
		n === part
			? html`<li><b aria-current="page">${n + 1}</b></li>`
			: html`<li>${link(n, String(n + 1))}</li>`,
	);
	return html`<nav class="parts" aria-label="Parts of the sheet, ${place}">${part > 0 && link(part - 1, "Back", "prev")}<span>Part</span><ol class="way">${numbers}</ol>${part + 1 < count && link(part + 1, "Next", "next")}</nav>
`;
}
