import { distributionNamed } from "../distributions/index.js";
import type { SymbolInfo } from "../expr/context.js";
import type { Expr, Factor } from "../expr/tree.js";

/** A number, or what the sheet calls one: a size, or a known parameter, which may have a value for each data point. */
export type Limit = number | string;

/** Where the values of an observed variable end, and whether that end belongs to them. */
export interface End {
	readonly at: Limit;
	readonly open: boolean;
}

/** What an observed variable can be, since its law gives all else the probability 0. */
export interface Support {
	/** Completes "expected …". */
	readonly words: string;
	readonly whole: boolean;
	readonly lower: End | null;
	readonly upper: End | null;
	/** What the entries along the last axis add up to. */
	readonly total: Limit | null;
}

/**
 * The support of an observed variable as its statement has it, or null where every finite number will do.
 * @param known sizes and known parameters of which a solver has the values
 */
export function supportOf(
	statement: Factor,
	info: SymbolInfo,
	known: ReadonlySet<string>,
): Support | null {
	const { distribution, parameters, plates, shape, labels } = statement;
	const limit = (e: Expr | undefined) => e && limitOf(e, plates, known);
	const trials = limit(parameters.trials) ?? null;
	const domain = distributionNamed(distribution).support(shape, labels);
	switch (domain.kind) {
		case "positive":
			return support({ lower: above(0) });
		case "unit":
			return support({ lower: above(0), upper: below(1) });
		case "simplex":
			return support({ lower: above(0), upper: from(1), total: 1 });
		case "counts":
			return support({
				whole: true,
				lower: from(0),
				upper: from(domain.upTo ?? trials),
			});
		case "compositions":
			return support({ whole: true, lower: from(0), total: trials });
		case "labels":
			return info.type === "onehot"
				? support({ whole: true, lower: from(0), upper: from(1), total: 1 })
				: support({ whole: true, lower: from(1), upper: from(domain.size) });
		case "real":
			return parameters.lower && parameters.upper
				? between(limit(parameters.lower), limit(parameters.upper))
				: null;
		default:
			return null;
	}
}

/** The values of a uniform variable, as far as its ends are known. */
function between(
	lower: Limit | null | undefined,
	upper: Limit | null | undefined,
): Support | null {
	const ends = { lower: from(lower ?? null), upper: from(upper ?? null) };
	return ends.lower || ends.upper ? support(ends) : null;
}

const above = (at: Limit): End => ({ at, open: true });
const below = above;
const from = (at: Limit | null): End | null =>
	at === null ? null : { at, open: false };

function support(some: Partial<Omit<Support, "words">>): Support {
	const all = { whole: false, lower: null, upper: null, total: null, ...some };
	return { ...all, words: wordsFor(all) };
}

function wordsFor({ whole, lower, upper }: Omit<Support, "words">): string {
	const noun = whole ? "a whole number" : "a number";
	if (whole && lower?.at === 0 && upper?.at === 1) return "0 or 1";
	if (!upper && lower?.at === 0 && lower.open) return "a positive number";
	if (lower && upper && !lower.open && !upper.open)
		return `${noun} from ${lower.at} to ${upper.at}`;
	const ends = [
		...(lower ? [`${lower.open ? "above" : "of at least"} ${lower.at}`] : []),
		...(upper ? [`${upper.open ? "below" : "at most"} ${upper.at}`] : []),
	];
	return `${noun} ${ends.join(" and ")}`;
}

/** A parameter of a law as a limit: a number, a size, or a known symbol, of which each data point may have its own. */
function limitOf(
	e: Expr,
	plates: Factor["plates"],
	known: ReadonlySet<string>,
): Limit | null {
	if (e.kind === "num") return e.value.valueOf();
	if (e.kind === "size") return known.has(e.name) ? e.name : null;
	if (e.kind !== "symbol" || e.shape.length > 0) return null;
	const follows = e.indices.every(
		(at, n) => at.kind === "index" && at.name === plates[n]?.index,
	);
	return known.has(e.name) && follows ? e.name : null;
}
