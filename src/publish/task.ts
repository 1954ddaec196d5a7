import type { Counts, SheetMessage } from "../check/result.js";
import type { PagesByPath } from "../site/links.js";
import type { SheetPart } from "../site/sheetPart.js";

/** A sheet to be checked and made a part of a site. */
export interface Task {
	readonly path: string;
	readonly text: string;
	/** Name of its page, without an ending. */
	readonly name: string;
	/** What to fit it to, if to anything. */
	readonly fit?: FitSetting | undefined;
}

/** Data and values for the compiled updates of a sheet. */
export interface FitSetting {
	/** Path of the data file. */
	readonly data: string;
	/** Sizes and known parameters by the sheet's names. */
	readonly set: Readonly<Record<string, unknown>>;
	readonly restarts?: number;
	/** SHA-256 of the data, so that what was made of others is not taken for what would be made of these. */
	readonly sum: string;
}

/** What comes out of it, as plain data. */
export interface Made {
	readonly part: SheetPart;
	readonly counts: Counts;
	/** What is wrong with the sheet as a whole, and what its page shows otherwise. */
	readonly messages: readonly SheetMessage[];
	/** The pages that its links asked for: what was made holds as long as the answers are these. */
	readonly asked: readonly Answer[];
}

/** The page of a path, or null if the site has none. */
export type Answer = readonly [path: string, page: string | null];

export function stillHolds({ asked }: Made, pages: PagesByPath): boolean {
	return asked.every(([path, page]) => (pages.get(path) ?? null) === page);
}
