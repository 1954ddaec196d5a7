import type { SymbolInfo } from "../expr/context.js";

/** Anchors of the lines that declare symbols, so that the table of symbols can lead there. */
export class LineAnchors {
	private readonly wanted: ReadonlySet<number>;
	private readonly given = new Set<number>();

	constructor(symbols: ReadonlyMap<string, SymbolInfo>) {
		this.wanted = new Set([...symbols.values()].map((info) => info.line));
	}

	/** The anchor for the row at a line; null if nothing is declared there, or if a row before has it. */
	claim(line: number): string | null {
		if (!this.wanted.has(line) || this.given.has(line)) return null;
		this.given.add(line);
		return `line-${line}`;
	}

	/** Where a line stands on the page; null if it is in no formula. */
	addressOf(line: number): string | null {
		return this.given.has(line) ? `#line-${line}` : null;
	}
}
