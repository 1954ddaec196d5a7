import { slugOf } from "./slug.js";

/** Anchors that the pages make themselves: of steps, of updates, of the drawings and of their own sections. */
const own = /^(?:step|update|mark|page|line|drawing)-/;

/** Hands out the anchors of one page, each once. */
export class Anchors {
	private readonly used = new Set<string>();

	/** An anchor for a label or a heading of the sheet. */
	claim(label: string): string {
		const wanted = anchorOf(label);
		let id = wanted;
		for (let n = 2; this.used.has(id); n++) id = `${wanted}-${n}`;
		this.used.add(id);
		return id;
	}
}

/** The anchor that a link to `label` leads to. */
export function anchorOf(label: string): string {
	const slug = slugOf(label);
	return own.test(slug) ? `sheet-${slug}` : slug;
}
