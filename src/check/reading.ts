import { type ChainReading, elaborateChain } from "../elaborate/chain.js";
import { lexiconFrom } from "../elaborate/context.js";
import type { CompareStep, ReadSide } from "../elaborate/reading.js";
import type { State } from "../elaborate/state.js";
import { type Namer, namedBy } from "../expr/walk.js";
import type { Macros } from "../latex/katex.js";
import { readDisplay } from "../latex/read.js";
import type { Chain, DisplayReading } from "../latex/surface.js";
import type { Display } from "../sheet/sheet.js";

/** A formula as it was parsed, and whether it defines macros for those after it. */
export interface Parsed {
	readonly reading: DisplayReading;
	readonly definesMacros: boolean;
}

/**
 * Parses a formula.
 * @param names what is known to be a symbol
 * @param defining the formulas before it that define macros
 */
export function parse(
	source: string,
	notation: Display["notation"],
	names: readonly string[],
	defining: readonly string[],
): Parsed | Promise<Parsed> {
	const lexicon = lexiconFrom(names);
	if (notation === "plain") return parsePlain(source, names);
	const before = macrosOf(defining);
	const macros = { ...before };
	const reading = readDisplay(source, { lexicon, macros });
	const definesMacros = Object.keys(macros).some(
		(name) => macros[name] !== before[name],
	);
	return { reading, definesMacros };
}

async function parsePlain(
	source: string,
	names: readonly string[],
): Promise<Parsed> {
	const { readPlain } = await import("../plain/read.js");
	const reading = await readPlain(source, lexiconFrom(names));
	return { reading, definesMacros: false };
}

/** The macros that some formulas define, found once for the formulas of a sheet. */
function macrosOf(defining: readonly string[]): Macros {
	const known = macrosKept.get(defining);
	if (known) return known;
	const macros: Macros = {};
	for (const source of defining)
		readDisplay(source, { lexicon: lexiconFrom([]), macros });
	macrosKept.set(defining, macros);
	return macros;
}

const macrosKept = new WeakMap<readonly string[], Macros>();

/** What a chain means, and how many names were made for it, so that those of the next chain go on from there. */
export interface Elaborated {
	readonly reading: ChainReading;
	readonly made: number;
}

/** Gives a chain its meaning; fresh names are made by a namer that goes on from this one. */
export function elaborate(
	{ prefix, made }: Namer,
	chain: Chain,
	state: State,
	previous: ReadSide | null,
	beside: readonly CompareStep[],
): Elaborated {
	const namer = { prefix, made };
	const reading = namedBy(namer, () =>
		elaborateChain(chain, state, previous, beside),
	);
	return { reading, made: namer.made };
}
