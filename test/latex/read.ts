import { defaultLexicon } from "../../src/latex/lexicon.js";
import { readDisplay } from "../../src/latex/read.js";
import type { DisplayReading } from "../../src/latex/surface.js";
import { printReading } from "./print.js";

/** Reads with some names declared as symbols. */
export function read(source: string, symbols = ""): DisplayReading {
	const declared = new Set(symbols.split(" "));
	const lexicon = {
		isSymbol: (name: string) => declared.has(name),
		isFunction: (name: string) =>
			defaultLexicon.isFunction(name) && !declared.has(name),
	};
	return readDisplay(source, { lexicon, macros: {} });
}

/** The reading as text. */
export function reading(source: string, symbols = ""): string {
	return printReading(read(source, symbols));
}
