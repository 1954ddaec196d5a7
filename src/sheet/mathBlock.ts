import type { MarkdownIt, StateBlock } from "markdown-it";
import {
	contentEnd,
	contentStart,
	excerptOf,
	isIndentedCode,
	leavesContainer,
	lineContent,
	resumeAfter,
} from "./blockLines.js";
import { brackets, type Delimiter, dollars, findClose } from "./delimiters.js";
import { notesOf } from "./note.js";
import { type Excerpt, trimExcerpt } from "./position.js";

/** What a `math_block` token carries in `meta` until the sheet is put together. */
export interface DisplayMeta extends Record<string, unknown> {
	readonly excerpt: Excerpt;
	readonly notation: "latex" | "plain";
	readonly id: string | null;
}

const alt = ["paragraph", "reference", "blockquote", "list"];

/** Displays that begin a line: `$$ … $$`, `\[ … \]` and bare environments. */
export function mathBlockPlugin(markdown: MarkdownIt): void {
	markdown.block.ruler.before("table", "math_block", delimitedDisplay, { alt });
	markdown.block.ruler.before("table", "math_environment", bareEnvironment, {
		alt,
	});
	markdown.renderer.rules.math_block = (tokens, at) => {
		const source = markdown.utils.escapeHtml(
			(tokens[at] as { content: string }).content,
		);
		return `<pre class="math">${source}</pre>\n`;
	};
}

/** Adds the token of a display that takes up the lines from `lines[0]` to before `lines[1]`. */
export function pushDisplay(
	state: StateBlock,
	lines: [number, number],
	excerpt: Excerpt,
	rest: Partial<DisplayMeta> = {},
): void {
	const token = state.push("math_block", "", 0);
	const trimmed = trimExcerpt(excerpt);
	token.content = trimmed.text;
	token.map = lines;
	token.meta = { excerpt: trimmed, notation: "latex", id: null, ...rest };
}

/** Keeps the search for closing marks linear in a text where nothing is closed. */
const maxDisplayLines = 200;

/** The end of a display: the line of its closing mark and the mark's offset. */
interface End {
	readonly line: number;
	readonly offset: number;
}

/**
 * Looks for the closing mark line by line. A blank line ends the search, as it does in TeX, unless an environment is
 * open; so does the end of the list item or quote around.
 */
function findEnd(
	state: StateBlock,
	delimiter: Delimiter,
	startLine: number,
	endLine: number,
	from: number,
): End | null {
	let depth = 0;
	const limit = Math.min(endLine, startLine + maxDisplayLines);
	for (let line = startLine; line < limit; line++) {
		if (
			line > startLine &&
			(leavesContainer(state, line) || (state.isEmpty(line) && depth === 0))
		)
			return null;
		const begin = line === startLine ? from : contentStart(state, line);
		const offset = findClose(
			state.src,
			delimiter,
			begin,
			contentEnd(state, line),
		);
		if (offset >= 0) return { line, offset };
		depth += environmentDepth(state.src.slice(begin, contentEnd(state, line)));
	}
	return null;
}

/** How many environments a piece of LaTeX opens more than it closes. */
function environmentDepth(latex: string): number {
	return (
		(latex.match(/\\begin\{/g)?.length ?? 0) -
		(latex.match(/\\end\{/g)?.length ?? 0)
	);
}

/** What may follow a display on its last line: a label in Quarto's manner. */
const label = /^\s*(?:\{#([\w:.-]+)[^}]*\})?\s*$/;

function delimitedDisplay(
	state: StateBlock,
	startLine: number,
	endLine: number,
	silent: boolean,
): boolean {
	if (isIndentedCode(state, startLine)) return false;
	const first = lineContent(state, startLine);
	const delimiter = [dollars, brackets].find((d) => first.startsWith(d.open));
	if (!delimiter) return false;
	const from = contentStart(state, startLine) + delimiter.open.length;
	const end = findEnd(state, delimiter, startLine, endLine, from);
	if (!end) {
		const isEscapedBracket =
			delimiter === brackets && first.trim() !== brackets.open;
		return (
			!isEscapedBracket &&
			unclosed(state, delimiter, startLine, endLine, silent)
		);
	}

	const behind = end.offset + delimiter.close.length;
	const isLabelled = label.exec(
		state.src.slice(behind, contentEnd(state, end.line)),
	);
	if (!isLabelled && end.line === startLine) return false;
	if (silent) return true;
	const excerpt = excerptOf(state, startLine, from, end.line, end.offset);
	pushDisplay(state, [startLine, end.line + 1], excerpt, {
		id: isLabelled?.[1] ?? null,
	});
	if (isLabelled) state.line = end.line + 1;
	else resumeAfter(state, end.line, behind);
	return true;
}

/** Says so, and passes over the lines up to the next blank one: half a formula is never read. */
function unclosed(
	state: StateBlock,
	delimiter: Delimiter,
	startLine: number,
	endLine: number,
	silent: boolean,
): boolean {
	if (silent) return true;
	const start = contentStart(state, startLine);
	notesOf(state.env).push({
		level: "error",
		start,
		end: start + 2,
		text: `the display that \`${delimiter.open}\` opens here is not closed`,
		expected: `\`${delimiter.close}\` before the next blank line`,
	});
	let line = startLine + 1;
	while (
		line < endLine &&
		!state.isEmpty(line) &&
		!leavesContainer(state, line)
	)
		line++;
	state.line = line;
	return true;
}

const environment =
	/^\\begin\{((?:align|alignat|equation|gather|multline|eqnarray|flalign)\*?)\}/;

/** `\begin{align} … \end{align}` without dollars, as it is common in notebooks. The environment stays in the source. */
function bareEnvironment(
	state: StateBlock,
	startLine: number,
	endLine: number,
	silent: boolean,
): boolean {
	if (isIndentedCode(state, startLine)) return false;
	const opening = environment.exec(lineContent(state, startLine));
	if (!opening) return false;
	if (silent) return true;
	const delimiter = { open: opening[0], close: `\\end{${opening[1]}}` };
	const start = contentStart(state, startLine);
	const end = findEnd(state, delimiter, startLine, endLine, start);
	if (!end) return unclosed(state, delimiter, startLine, endLine, silent);
	const behind = end.offset + delimiter.close.length;
	pushDisplay(
		state,
		[startLine, end.line + 1],
		excerptOf(state, startLine, start, end.line, behind),
	);
	resumeAfter(state, end.line, behind);
	return true;
}
