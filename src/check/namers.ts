import type { Namer } from "../expr/walk.js";
import { sha256 } from "../platform.js";

/** Sixty bits: enough for no two formulas of all sheets to meet. */
const digits = 15;

/** The namers of a sheet's formulas, by what these say and by how often they were said before. */
export class Namers {
	private readonly seen = new Map<string, number>();

	of(source: string): Namer {
		const before = this.seen.get(source) ?? 0;
		this.seen.set(source, before + 1);
		return {
			prefix: `${sha256(source).slice(0, digits)}.${before}.`,
			made: 0,
		};
	}
}
