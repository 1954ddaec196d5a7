import type { Lexicon } from "./surface.js";

const usualFunctions = new Set(["p", "q", "f", "g", "h"]);

/** What is assumed of names of which nothing is known: `p`, `q`, `f`, `g`, `h` apply to brackets, no name is a symbol. */
export const defaultLexicon: Lexicon = {
	isSymbol: () => false,
	isFunction: (name) => usualFunctions.has(name),
};
