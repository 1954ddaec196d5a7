import { Problem, type Span } from "../problem.js";
import { chainsOf } from "./chains/chains.js";
import { naming, withNamings } from "./chains/draft.js";
import { Drafting } from "./chains/drafting.js";
import { rowsOf } from "./chains/rows.js";
import { grammar } from "./grammar/grammar.js";
import type { Reading } from "./grammar/reader.js";
import { type Macros, parseWithKatex } from "./katex.js";
import { type Prepared, prepare } from "./prepare.js";
import type { Chain, DisplayReading, Lexicon } from "./surface.js";
import { flatten } from "./tokens/flatten.js";

export interface ReadOptions {
	readonly lexicon: Lexicon;
	/** Shared by all displays of a sheet: a `\newcommand` in one works in all that are read later. */
	readonly macros: Macros;
}

/**
 * Reads the LaTeX between `$$` and `$$`. Nothing is thrown for bad input: what cannot be read is in `problems`, with
 * spans that count in `source`.
 */
export function readDisplay(
	source: string,
	options: ReadOptions,
): DisplayReading {
	const problems: DisplayReading["problems"][number][] = [];
	const report = (problem: Problem) => {
		problems.push({
			message: problem.message,
			expected: problem.expected,
			span: problem.span ?? { start: 0, end: source.length },
		});
	};
	const reading: Reading = {
		grammar,
		lexicon: options.lexicon,
		source,
		notes: [],
		functions: new Set(),
		free: new Set(),
		reaching: null,
	};
	try {
		const chains = readPrepared(
			prepare(source),
			options.macros,
			reading,
			report,
		);
		return { chains, problems, notes: reading.notes };
	} catch (error) {
		report(problemOf(error));
		return { chains: [], problems, notes: reading.notes };
	}
}

/** A stack that overflows is a formula's fault, any other error is ours. */
function problemOf(error: unknown): Problem {
	if (error instanceof Problem) return error;
	if (error instanceof RangeError)
		return new Problem("this is nested too deeply", null, "fewer levels");
	throw error;
}

/** Reads the LaTeX of a `$…$`; the same language as in displays. */
export function readInline(
	source: string,
	options: ReadOptions,
): DisplayReading {
	return readDisplay(source, options);
}

function readPrepared(
	prepared: Prepared,
	macros: Macros,
	reading: Reading,
	report: (problem: Problem) => void,
): Chain[] {
	const flat = flatten(parseWithKatex(prepared, macros), prepared.text);
	if (prepared.unescaped)
		reading.notes.push({
			text: "Markdown escapes such as \\_ were undone before reading",
			span: { start: 0, end: prepared.text.length },
		});
	const drafting = new Drafting(reading);
	for (const row of rowsOf(flat.tokens)) drafting.add(row);
	const chains = drafting
		.finish()
		.flatMap(withNamings)
		.flatMap((draft) => chainsOf(draft, reading, report));
	const named = flat.namings.flatMap(({ name, relation, body }) =>
		chainsOf(naming(name, relation, body), reading, report),
	);
	return [...withMarks(chains, flat.remarks, prepared.labels), ...named];
}

/** Gives each chain the remarks and labels that stand in it. */
function withMarks(
	chains: readonly Chain[],
	remarks: readonly { text: string; span: Span }[],
	labels: Prepared["labels"],
): Chain[] {
	return chains.map((chain, i) => {
		const start = i === 0 ? 0 : startOf(chain);
		const next = chains[i + 1];
		const end = next ? startOf(next) : Number.POSITIVE_INFINITY;
		const mine = (offset: number) => start <= offset && offset < end;
		return {
			...chain,
			remarks: [...chain.remarks, ...remarks.filter((r) => mine(r.span.start))],
			labels: labels.filter((l) => mine(l.offset)).map((l) => l.name),
		};
	});
}

function startOf(chain: Chain): number {
	const [first] = chain.links;
	return first?.relation?.span.start ?? first?.span.start ?? 0;
}
