import type { SymbolInfo } from "../expr/context.js";
import type { UnnamedFactor } from "./state.js";

/**
 * What an abstract passage is about: the unnamed variables that its densities mention, and which of them q is over.
 * Such a passage speaks of tables `p(x, z)`, `q(z)` and not of the sheet's model.
 */
export interface Setting {
	/** The unnamed variables, as symbols that exist in this passage alone. */
	readonly symbols: readonly SymbolInfo[];
	/** Variables that are summed with Σ somewhere in the passage: all their integrals count. */
	readonly counted: ReadonlySet<string>;
	/** The names of the tables of q and of p, as far as densities are written out: `q`, `q_\phi`. */
	readonly q: readonly string[];
	readonly p: readonly string[];
	/** The p that a p without decoration belongs to, as the prior p(z) to p_θ(x, z); null where it is a density of its own. */
	readonly joint: string | null;
	/** What is differentiated by, and belongs to unnamed densities alone: the θ of `p_θ(x)`, `p(x; θ)`. */
	readonly slides: readonly string[];
	/** The variables of q, and the conditions that q is written with. */
	readonly latents: readonly string[];
	readonly conditions: readonly string[];
	/** The factors that q was stated to be a product of; none where it is any density. */
	readonly factors: readonly UnnamedFactor[];
	/** The variables of p that q is not over. */
	readonly observed: readonly string[];
	/** The variables of the density at the head of the chain: an integral without a measure is over the others. */
	readonly ofHead: readonly string[];
	/** Variables that only ever stand behind a bar or a semicolon. */
	readonly parameters: readonly string[];
}

/** Letters that name data where nothing else tells. */
export const usuallyObserved: ReadonlySet<string> = new Set([
	"x",
	"y",
	"X",
	"Y",
	"D",
	"cal:D",
]);
