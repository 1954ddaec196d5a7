import type { Context, SymbolInfo, ValueType } from "../expr/context.js";
import type { Dim } from "../expr/tree.js";
import type { Lexicon } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { keyOfDeclared, latexOfKey } from "./names.js";
import type { State } from "./state.js";

/** The context before anything is declared. */
export function emptyContext(): Context {
	return {
		symbols: new Map(),
		sizes: new Set(),
		ranges: new Map(),
		distinct: [],
		model: null,
		family: null,
	};
}

/** The state in which reading begins. */
export function emptyState(context: Context = emptyContext()): State {
	return {
		context,
		definitions: new Map(),
		functions: new Map(),
		notes: [],
		unnamedLatents: [],
		unnamedFactors: [],
		unreadBlocks: [],
		forgotten: [],
		conventions: new Map(),
	};
}

const declarable: readonly ValueType[] = [
	"real",
	"positive",
	"nonnegative",
	"probability",
	"integer",
	"count",
	"simplex",
	"onehot",
	"symmetric",
	"posdef",
];

/** Least number of axes that a type needs. */
const leastAxes: Readonly<Partial<Record<ValueType, number>>> = {
	simplex: 1,
	onehot: 1,
	symmetric: 2,
	posdef: 2,
};

/**
 * The context with the front matter's `symbols:` declared: `{ x: "real[N,D]" }`. Names in brackets become sizes.
 * @throws Problem (without a span) for an unknown type, a malformed shape, or a matrix that is not square.
 */
export function declareSymbols(
	context: Context,
	declarations: Readonly<Record<string, string>>,
	line: number | ((name: string) => number) = 0,
): Context {
	const symbols = new Map(context.symbols);
	const sizes = new Set(context.sizes);
	for (const [written, type] of Object.entries(declarations)) {
		const name = keyOfDeclared(written);
		const declared = readType(written, type);
		for (const dim of declared.dims)
			if (typeof dim === "string") sizes.add(dim);
		symbols.set(name, {
			name,
			latex: latexOfKey(name),
			...declared,
			labels: null,
			role: "parameter",
			line: typeof line === "number" ? line : line(written),
		});
	}
	for (const size of sizes)
		if (symbols.get(size)?.dims.length === 0 && isWhole(symbols.get(size)))
			symbols.delete(size);
	return { ...context, symbols, sizes };
}

/** `N: count` beside `x: real[N]` says again that N is a size. */
function isWhole(info: SymbolInfo | undefined): boolean {
	return info?.type === "count" || info?.type === "integer";
}

function readType(
	name: string,
	written: string,
): { type: ValueType; dims: readonly Dim[] } {
	const match = /^\s*([a-z]+)\s*(?:\[([^\]]*)\])?\s*$/.exec(String(written));
	const type = declarable.find((t) => t === match?.[1]);
	if (!match || !type)
		throw new Problem(
			`\`${name}\` is declared as \`${written}\`, which is no type`,
			null,
			declarable.join(", "),
		);
	const dims =
		match[2] === undefined
			? []
			: match[2].split(",").map((part) => readDim(name, part.trim()));
	const least = leastAxes[type] ?? 0;
	if (dims.length < least)
		throw new Problem(
			`\`${name}: ${written}\` needs a shape`,
			null,
			least === 1 ? `${type}[N,K]` : `${type}[D,D]`,
		);
	if (least === 2 && dims.at(-1) !== dims.at(-2))
		throw new Problem(
			`\`${name}: ${written}\` is not square`,
			null,
			`${type}[D,D]`,
		);
	return { type, dims };
}

function readDim(name: string, text: string): Dim {
	if (/^[1-9]\d*$/.test(text)) return Number(text);
	if (/^[A-Za-z]\w*$/.test(text)) return text;
	throw new Problem(
		`\`${text}\` in the shape of \`${name}\` is no size`,
		null,
		"a name such as N, or a whole number",
	);
}

const usualFunctions = new Set(["p", "q", "f", "g", "h", "B"]);

/** What the grammar must know to tell application from product. */
export function lexiconOf(of: Context | State): Lexicon {
	return lexiconFrom(knownNames(of));
}

/** The names that symbols, sizes and definitions go by, each once; those of functions with brackets, `lambda()`. */
export function knownNames(of: Context | State): readonly string[] {
	const context = "context" in of ? of.context : of;
	const known = new Set<string>(context.sizes);
	for (const key of context.symbols.keys()) known.add(baseOf(key));
	if ("definitions" in of)
		for (const key of of.definitions.keys()) known.add(baseOf(key));
	if ("functions" in of)
		for (const key of of.functions.keys()) known.add(`${baseOf(key)}()`);
	return [...known];
}

/** A lexicon that knows these names and the usual functions. */
export function lexiconFrom(names: readonly string[]): Lexicon {
	const known = new Set(names);
	return {
		isSymbol: (name) => known.has(name),
		isFunction: (name) =>
			known.has(`${name}()`) || (usualFunctions.has(name) && !known.has(name)),
	};
}

/** `mu` of `mu_0` and `mu_hat`; a key in a style of its own keeps its prefix and so never meets a plain name. */
function baseOf(key: string): string {
	return key.replace(/[_^].*$/, "");
}
