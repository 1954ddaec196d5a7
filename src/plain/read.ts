import type { Chain, DisplayReading, Lexicon, Link } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { convertSide } from "./convert.js";
import { chainsOfLines, type PlainChain, type PlainSide } from "./lines.js";
import { loadParser, type Parse } from "./nodes.js";

/** Longest block that is read, in UTF-16 units, and deepest nesting of its brackets. */
const LONGEST = 20_000;
const DEEPEST = 100;

/**
 * Reads an `expr` block: the notation of mathjs, a line a row, relations between the sides as in LaTeX. Nothing is
 * thrown for bad input: what cannot be read is in `problems`, with spans that count in `source`.
 */
export async function readPlain(
	source: string,
	lexicon: Lexicon,
): Promise<DisplayReading> {
	const problems: DisplayReading["problems"][number][] = [];
	const report = ({ message, expected, span }: Problem) => {
		const whole = { start: 0, end: source.length };
		problems.push({ message, expected, span: span ?? whole });
	};
	try {
		refuseUnreadable(source);
		const lines = chainsOfLines(source);
		const parse = await loadParser();
		const chains = lines.flatMap((chain) =>
			readChain(chain, parse, lexicon, report),
		);
		return { chains, problems, notes: [] };
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		report(error);
		return { chains: [], problems, notes: [] };
	}
}

/** @throws Problem for a block that is too long or too deep. */
function refuseUnreadable(source: string): void {
	if (source.length > LONGEST)
		throw new Problem(
			`this block is ${source.length} characters long`,
			{ start: 0, end: LONGEST },
			`at most ${LONGEST} characters`,
		);
	let depth = 0;
	for (let i = 0; i < source.length; i++) {
		const c = source[i] as string;
		if ("([{".includes(c)) depth++;
		else if (")]}".includes(c)) depth--;
		if (depth > DEEPEST)
			throw new Problem(
				`brackets are nested more than ${DEEPEST} deep`,
				{ start: i, end: i + 1 },
				"fewer levels",
			);
	}
}

/** The links of a chain; a side that cannot be read is reported, and ends a chain. */
function readChain(
	plain: PlainChain,
	parse: Parse,
	lexicon: Lexicon,
	report: (problem: Problem) => void,
): Chain[] {
	const runs: { links: Link[]; broken: boolean }[] = [
		{ links: [], broken: false },
	];
	for (const side of plain.sides) {
		const run = runs[runs.length - 1] as { links: Link[]; broken: boolean };
		const linked =
			run.links.length > 0 || (runs.length === 1 && plain.continues);
		try {
			run.links.push(readLink(side, linked, parse, lexicon));
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			report(error);
			run.broken = true;
			runs.push({ links: [], broken: false });
		}
	}
	return runs
		.filter((run, i) => i === 0 || run.links.length > 0 || run.broken)
		.map((run, i) => ({
			links: run.links,
			continues: i === 0 && plain.continues,
			remarks: i === 0 ? plain.remarks : [],
			ranges: [],
			distinct: [],
			withRespectTo: null,
			labels: [],
			...(run.broken ? { broken: true } : {}),
		}));
}

function readLink(
	{ relation, text, span }: PlainSide,
	linked: boolean,
	parse: Parse,
	lexicon: Lexicon,
): Link {
	if (text === "")
		throw new Problem(
			"something is missing beside this relation",
			relation?.span ?? span,
			"an expression",
		);
	const node = parsed(text, span.start, parse);
	return {
		relation: linked ? relation : null,
		side: convertSide(node, lexicon, span),
		span,
	};
}

/** @throws Problem at the place where mathjs stops. */
function parsed(text: string, offset: number, parse: Parse) {
	try {
		return parse(text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const { char = 1 } = error as SyntaxError & { char?: number };
		const at = Math.min(Math.max(0, char - 1), text.length - 1);
		const start = offset + at;
		const reason = error.message.replace(/\s*\(char \d+\)$/, "");
		throw new Problem(
			`this cannot be read: ${reason}`,
			{ start, end: start + 1 },
			"an expression such as phi[i,k] * log(phi[i,k])",
		);
	}
}
