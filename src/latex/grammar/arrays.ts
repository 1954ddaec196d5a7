import type { Surface, SurfaceCases, SurfaceRelation } from "../surface.js";
import { trimmed } from "../tokens/spacing.js";
import type { ArrayToken, Token } from "../tokens/token.js";
import type { Reader } from "./reader.js";

/** Rows of cells within a formula: matrices in brackets, and cases behind a brace. */

/** Reads a matrix, column or row whose brackets the reader stands in. */
export function readMatrix(r: Reader, token: ArrayToken): Surface {
	const isAlone = r.tokens[r.position - 1]?.kind === "open" && !r.peek(1);
	if (!isAlone)
		throw r.problem(
			"rows without brackets around them",
			"a matrix in brackets, such as \\begin{pmatrix}",
		);
	refuseLines(r, token);
	if (token.aligned)
		throw r.problem(
			"lines of a formula within brackets",
			"the formula in one line, or a matrix such as \\begin{pmatrix}",
		);
	r.next();
	const rows = filled(token).map((row) =>
		row.map((cell) => r.inside(trimmed(cell), r.grammar.sum)),
	);
	const [first] = rows;
	if (!first || rows.some((row) => row.length !== first.length))
		throw r.problem(
			"rows of different lengths",
			"as many entries in each row",
			token.span,
		);
	return { kind: "matrix", rows, span: token.span };
}

function refuseLines(r: Reader, token: ArrayToken): void {
	if (token.ruled)
		throw r.problem(
			"lines drawn between rows or columns are not read",
			"rows without lines",
			token.span,
		);
}

/** The rows but for empty ones, as after a `\\` at the end. */
function filled(token: ArrayToken): readonly (readonly (readonly Token[])[])[] {
	return token.rows.filter((row) =>
		row.some((cell) => cell.some((t) => t.kind !== "space")),
	);
}

/** Whether a brace with rows behind it and no partner, as `cases` makes it, opens here. */
export function opensCases(r: Reader): boolean {
	const close = r.tokens[r.closingOf()];
	return r.atOpen(0, "{") && close?.kind === "close" && close.delimiter === ".";
}

/** Reads `\begin{cases} a & \text{if } i = j \\ b & \text{otherwise} \end{cases}`. */
export function readCases(r: Reader): SurfaceCases {
	const { start } = r.here();
	const rows = r.within((inner) => {
		const token = inner.next() as ArrayToken;
		refuseLines(inner, token);
		return filled(token).map((row) => readCase(inner, row, token));
	});
	const isLast = (i: number) => i === rows.length - 1;
	if (rows.some((row, i) => row.condition === null && !isLast(i)))
		throw r.problem(
			"“otherwise” before the last case",
			"it in the last row",
			r.since(start),
		);
	return { kind: "cases", rows, span: r.since(start) };
}

function readCase(
	r: Reader,
	row: readonly (readonly Token[])[],
	token: ArrayToken,
): SurfaceCases["rows"][number] {
	const [value, ...beside] = splitAtWords(row);
	const condition = trimmed(beside.flat());
	if (!value || condition.length === 0)
		throw r.problem(
			"a case without its condition",
			"& i = j, or & \\text{otherwise}",
			token.span,
		);
	return {
		value: r.inside(trimmed(value), r.grammar.sum),
		condition: readCondition(r, condition),
	};
}

/** The cells of a row; a row of one cell is cut before the words in it. */
function splitAtWords(
	row: readonly (readonly Token[])[],
): readonly (readonly Token[])[] {
	const [only, ...more] = row;
	const words = only?.findIndex((t) => t.kind === "text") ?? -1;
	if (!only || more.some((cell) => cell.length > 0) || words < 0) return row;
	return [only.slice(0, words), only.slice(words)];
}

const conjunction = /^(?:if|for|when|where)?$/;
const otherwise = /^(?:otherwise|else|elsewhere)$/;

/** The condition of a case; null for “otherwise”. */
function readCondition(
	r: Reader,
	tokens: readonly Token[],
): SurfaceRelation | null {
	const [first, ...rest] = tokens;
	const words = first?.kind === "text" ? first : null;
	const said = words?.text.trim().replace(/[.,;:]$/, "") ?? "";
	if (words && rest.length === 0 && otherwise.test(said)) return null;
	const written = words ? words.text.replace("$", "").trim() : "";
	const inWords = words?.math.length === 1 && words.text.trim().endsWith("$");
	const formula = !words
		? tokens
		: inWords && rest.length === 0
			? (words.math[0] ?? [])
			: words.math.length === 0
				? rest
				: [];
	const condition =
		conjunction.test(written) && formula.length > 0
			? r.inside(trimmed(formula), r.grammar.item)
			: null;
	if (condition?.kind !== "relation" || condition.left.kind === "relation")
		throw r.problem(
			"the condition of this case is not read",
			"one comparison, such as i = j, or \\text{otherwise}",
			words?.span,
		);
	return condition;
}
