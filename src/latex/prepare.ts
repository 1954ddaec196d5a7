import { Problem, type Span } from "../problem.js";
import { manyColumnsAt } from "./columns.js";
import { type Definition, findDefinitions } from "./definitions.js";

/** Longest display that is read, in UTF-16 units. */
export const LONGEST = 20_000;
/** Deepest nesting of braces that is read; KaTeX's recursion overflows the stack at some thousands. */
export const DEEPEST = 200;

/** A display made ready for KaTeX. `text` is as long as the source, so that offsets mean the same in both. */
export interface Prepared {
	readonly text: string;
	readonly labels: readonly {
		readonly name: string;
		readonly offset: number;
	}[];
	readonly definitions: readonly Definition[];
	/** Whether Markdown escapes (`\_`, `\\;`) were undone. */
	readonly unescaped: boolean;
}

/**
 * Undoes Markdown escapes, blanks what only concerns numbering, and refuses what would not end well inside KaTeX.
 * @throws Problem for a source that is too long, too deep, unbalanced, or has control characters.
 */
export function prepare(source: string): Prepared {
	refuseUnreadable(source);
	const unescaped = undoMarkdownEscapes(source);
	const labels: { name: string; offset: number }[] = [];
	let text = unescaped.replace(
		numbering,
		(found, name: string | undefined, offset: number) => {
			if (found.startsWith("\\label") && name) labels.push({ name, offset });
			return " ".repeat(found.length);
		},
	);
	text = text.replace(foreignEnvironment, (found, side: string) =>
		`\\${side}{aligned}`.padEnd(found.length),
	);
	checkBraces(text);
	refuseManyColumns(text);
	return {
		text,
		labels,
		definitions: findDefinitions(text),
		unescaped: unescaped !== source,
	};
}

function refuseManyColumns(text: string): void {
	const start = manyColumnsAt(text);
	if (start !== null)
		throw new Problem(
			"an environment with too many columns, or of a name that a macro makes",
			{ start, end: start + 1 },
			"at most 999 columns, as in `\\begin{alignedat}{2}`",
		);
}

/** A backslash that is not itself escaped by the one before it. */
const command = String.raw`(?<=(?<!\\)(?:\\\\)*)\\`;

const numbering = new RegExp(
	String.raw`${command}(?:(?:label|ref|eqref|cite[tp]?)\s*\{([^{}]*)\}|(?:nonumber|notag)(?![a-zA-Z]))`,
	"g",
);

/** Environments that LaTeX has and KaTeX has not; their rows read like those of `aligned`. */
const foreignEnvironment = new RegExp(
	String.raw`${command}(begin|end)\{(?:eqnarray|multline)\*?\}`,
	"g",
);

function refuseUnreadable(source: string): void {
	if (source.length > LONGEST)
		throw new Problem(
			`this display is ${source.length} characters long`,
			{ start: 0, end: LONGEST },
			`at most ${LONGEST} characters; split it into several displays`,
		);
	for (let i = 0; i < source.length; i++) {
		const code = source.charCodeAt(i);
		const control = code < 32 && code !== 9 && code !== 10 && code !== 13;
		if (control || code === 127 || code === 0xfffd)
			throw new Problem(
				`character U+${code.toString(16).padStart(4, "0").toUpperCase()} in a formula`,
				{ start: i, end: i + 1 },
				"LaTeX in plain text",
			);
	}
}

/** Braces must pair up and nest at most DEEPEST deep. */
function checkBraces(text: string): void {
	const open: number[] = [];
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (c === "\\") i++;
		else if (c === "%") i = endOfLine(text, i);
		else if (c === "{") {
			open.push(i);
			if (open.length > DEEPEST)
				throw new Problem(
					`braces are nested more than ${DEEPEST} deep`,
					at(i),
					"a formula with fewer levels",
				);
		} else if (c === "}" && open.pop() === undefined)
			throw new Problem(
				"this } closes nothing",
				at(i),
				"a { before it, or no } here",
			);
	}
	const last = open.pop();
	if (last !== undefined)
		throw new Problem("this { is never closed", at(last), "a } for it");
}

function at(i: number): Span {
	return { start: i, end: i + 1 };
}

function endOfLine(text: string, from: number): number {
	const end = text.indexOf("\n", from);
	return end < 0 ? text.length : end;
}

/** Commands whose argument may rightly contain `\_`. */
const wording =
	/\\(?:text[a-z]*|mathrm|mathit|mathtt|mathsf|operatorname\*?|tag\*?|label|ref|eqref)\s*\{[^{}]*\}/g;

/** What only a Markdown escape can have put into a formula. */
const escapeSigns =
	/(?<!\\)\\{1,2}_|(?<!\\)\\\*|(?<!\\)\\\\[,;!]|\\\\\\(?=\n)/g;

/** Same length as the source; the source itself if it shows no Markdown escapes. */
function undoMarkdownEscapes(source: string): string {
	const protectedSpans = [...source.matchAll(wording)].map((m) => ({
		start: m.index,
		end: m.index + m[0].length,
	}));
	const inWording = (i: number) =>
		protectedSpans.some((s) => s.start <= i && i < s.end);
	if (![...source.matchAll(escapeSigns)].some((m) => !inWording(m.index)))
		return source;
	return source.replace(
		/\\\\\\\\|\\\\\\(?=\s)|\\{1,2}_|\\\*|\\\\[,;:!{}|]|\\\|/g,
		(found, offset: number) =>
			inWording(offset) ? found : unescapedForm(found).padStart(found.length),
	);
}

function unescapedForm(found: string): string {
	if (found === "\\\\\\\\" || found === "\\\\\\") return "\\\\";
	if (found.endsWith("_")) return "_";
	return found.slice(1);
}
