import { scan, skipGroup, trimmed } from "./scan.js";

/** How the cells of a column are set. */
export type Alignment = "left" | "right" | "center";

/** A row of a display: its cells in LaTeX, and where it stands in the display's source. */
export interface Row {
	/** Offset of the first character that is not white space. */
	readonly start: number;
	readonly end: number;
	readonly cells: readonly string[];
	/** The number or name in `\tag{…}`. */
	readonly tag: string | null;
	readonly labels: readonly string[];
}

/** A display taken apart, so that a verdict can stand beside each of its rows. */
export interface Layout {
	/** Macro definitions that precede the formula. */
	readonly definitions: string;
	/** Never empty. */
	readonly rows: readonly Row[];
	readonly columns: readonly Alignment[];
	/** Columns come in pairs with a gap between the pairs, as in `aligned`. */
	readonly paired: boolean;
}

const pairedEnvironments =
	/^(?:aligned|align|alignat|alignedat|split|flalign)\*?$/;
const plainEnvironments =
	/^(?:gather|gathered|multline|equation|displaymath|dcases)\*?$/;
const definition =
	/^\\(?:re|provide)?newcommand\*?|^\\providecommand\*?|^\\[gex]?def(?![a-zA-Z])|^\\DeclareMathOperator\*?|^\\let(?![a-zA-Z])/;
/** What may follow `\end{aligned}` without being part of a larger formula. */
const trailing =
	/^(?:[\s.,;]|\\[,;:!]|\\(?:text|tag\*?|label)\{[^{}]*\}|\\(?:notag|nonumber|qquad|quad))*$/;

/**
 * Takes a display apart into rows and cells. Where its structure is anything but one environment of rows, the whole of
 * it is one row: then it is typeset as it stands.
 */
export function layOut(source: string): Layout {
	const bodyStart = skipDefinitions(source);
	const definitions = source.slice(0, bodyStart);
	return { definitions, ...layOutRange(source, bodyStart, source.length, "") };
}

type Body = Omit<Layout, "definitions">;

function layOutRange(
	source: string,
	from: number,
	to: number,
	tail: string,
): Body {
	const environment = enclosingEnvironment(source, from, to);
	if (environment === null) {
		return { rows: rowsOf(source, from, to, tail, false), ...single };
	}
	const { name, bodyFrom, bodyTo, columns } = environment;
	const rest = source.slice(environment.end, to) + tail;
	if (plainEnvironments.test(name)) {
		return layOutRange(source, bodyFrom, bodyTo, rest);
	}
	const rows = rowsOf(source, bodyFrom, bodyTo, rest, true);
	const width = Math.max(...rows.map((row) => row.cells.length));
	const paired = pairedEnvironments.test(name);
	return {
		rows,
		paired,
		columns: Array.from({ length: width }, (_, n) =>
			paired ? (n % 2 === 0 ? "right" : "left") : (columns[n] ?? "left"),
		),
	};
}

const single = { columns: ["left"] as const, paired: false };

interface Environment {
	readonly name: string;
	readonly bodyFrom: number;
	readonly bodyTo: number;
	readonly end: number;
	readonly columns: readonly Alignment[];
}

/** The environment of rows that all of the range consists of, but for end punctuation. */
function enclosingEnvironment(
	source: string,
	from: number,
	to: number,
): Environment | null {
	const opening =
		/^\s*\\begin\s*\{([a-zA-Z]+\*?)\}(?:\s*\[[tcb]\])?(?:\s*\{([^{}]*)\})?/.exec(
			source.slice(from, to),
		);
	const name = opening?.[1];
	if (!opening || name === undefined) return null;
	const argument = opening[2];
	const columns = columnsOf(name, argument);
	if (columns === null) return null;
	const takesArgument = /^(?:alignat|alignedat|array)\*?$/.test(name);
	const opened =
		argument !== undefined && !takesArgument
			? opening[0].lastIndexOf("{")
			: opening[0].length;
	const bodyFrom = from + opened;
	const close = `\\end{${name}}`;
	const closing = scan(source, bodyFrom, to).find(
		(mark) => mark.depth === -1 && mark.text.replace(/\s/g, "") === close,
	);
	if (closing === undefined) return null;
	const end = closing.start + closing.text.length;
	if (!trailing.test(source.slice(end, to))) return null;
	return { name, bodyFrom, bodyTo: closing.start, end, columns };
}

/** Alignment of the columns; null for an environment that is no list of rows, such as a matrix. */
function columnsOf(
	name: string,
	argument: string | undefined,
): readonly Alignment[] | null {
	if (pairedEnvironments.test(name) || plainEnvironments.test(name)) return [];
	if (/^eqnarray\*?$/.test(name)) return ["right", "center", "left"];
	if (name !== "array" || !/^[lcr\s]+$/.test(argument ?? "")) return null;
	const letters = { l: "left", c: "center", r: "right" } as const;
	return [...(argument ?? "").replace(/\s/g, "")].map(
		(letter) => letters[letter as keyof typeof letters],
	);
}

function rowsOf(
	source: string,
	from: number,
	to: number,
	tail: string,
	split: boolean,
): readonly Row[] {
	const rows: Row[] = [];
	let rowFrom = from;
	let cellFrom = from;
	let cells: string[] = [];
	const finish = (end: number, next: number) => {
		cells.push(source.slice(cellFrom, end));
		const [start, last] = trimmed(source, rowFrom, end);
		if (start < last) rows.push(row(start, last, cells));
		cells = [];
		rowFrom = next;
		cellFrom = next;
	};
	for (const mark of scan(source, from, to)) {
		if (mark.depth !== 0) continue;
		if (mark.text === "&" && split) {
			cells.push(source.slice(cellFrom, mark.start));
			cellFrom = mark.start + 1;
		} else if (mark.text.startsWith("\\\\")) {
			finish(mark.start, mark.start + mark.text.length);
		}
	}
	finish(to, to);
	return withTail(rows.length > 0 ? rows : [row(from, to, [""])], tail);
}

function row(start: number, end: number, cells: readonly string[]): Row {
	const labels: string[] = [];
	let tag: string | null = null;
	const bare = cells.map((cell) =>
		cell
			.replace(/\\label\s*\{([^{}]*)\}/g, (_, label: string) => {
				labels.push(label);
				return "";
			})
			.replace(/\\tag\*?\s*\{([^{}]*)\}/g, (_, text: string) => {
				tag = text.replace(/^\$|\$$/g, "");
				return "";
			})
			.replace(/\\(?:notag|nonumber|hline|displaybreak)(?![a-zA-Z])/g, "")
			.trim(),
	);
	return { start, end, cells: bare, tag, labels };
}

/** Puts what follows an environment, such as its full stop, behind the last row. */
function withTail(rows: readonly Row[], tail: string): readonly Row[] {
	const last = rows.at(-1);
	if (last === undefined || tail.trim() === "") return rows;
	const cells = [...last.cells.slice(0, -1), (last.cells.at(-1) ?? "") + tail];
	const { tag, labels, ...rest } = row(last.start, last.end, cells);
	return [
		...rows.slice(0, -1),
		{ ...rest, tag: tag ?? last.tag, labels: [...last.labels, ...labels] },
	];
}

/** Offset behind the macro definitions with which a display begins. */
function skipDefinitions(source: string): number {
	let at = trimmed(source, 0, source.length)[0];
	for (;;) {
		const opening = definition.exec(source.slice(at));
		if (opening === null) return at;
		at = skipDefinition(source, at + opening[0].length);
		at = trimmed(source, at, source.length)[0];
	}
}

/** Behind `\name`, `{\name}`, `[2]`, `#1#2` and the body in braces, or the one token of a `\let`. */
function skipDefinition(source: string, from: number): number {
	const head =
		/^\s*(?:\{\s*\\[a-zA-Z]+\s*\}|\\[a-zA-Z]+)\s*(?:\[\d\])?(?:\[[^\]]*\])?(?:#\d)*\s*=?\s*/.exec(
			source.slice(from),
		);
	const body = from + (head?.[0].length ?? 0);
	if (source[body] === "{") return skipGroup(source, body);
	const token = /^(?:\\(?:[a-zA-Z]+|.)|.)/s.exec(source.slice(body));
	return body + (token?.[0].length ?? 0);
}
