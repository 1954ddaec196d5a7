import type { Anchors } from "./anchors.js";

/** A heading of the page, for the list of contents. */
export interface Heading {
	readonly id: string;
	readonly text: string;
	readonly level: number;
}

/**
 * Keeps the headings of a page in order: the page's title is the only one of level 1, and no level is left out on the
 * way down, whatever the sheet does.
 */
export class Outline {
	readonly contents: Heading[] = [];
	private readonly anchors: Anchors;
	/** Level of the section that the passages stand in. */
	private section = 1;

	constructor(anchors: Anchors) {
		this.anchors = anchors;
	}

	/** A heading that is written with `written` number signs. */
	enter(written: number, text: string): Heading {
		this.section = Math.min(Math.max(written, 2), this.section + 1, 6);
		return this.add(this.section, text, text);
	}

	/** The title of a passage: below the heading of its section. */
	enterPassage(text: string, id: string | null): Heading {
		return this.add(Math.min(this.section + 1, 6), text, id ?? text);
	}

	private add(level: number, text: string, label: string): Heading {
		const heading = { id: this.anchors.claim(label), text, level };
		this.contents.push(heading);
		return heading;
	}
}
