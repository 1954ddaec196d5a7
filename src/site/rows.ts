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
	/** LaTeX would number this row, because its environment numbers them or because it has a label. */
	readonly isNumbered: boolean;
	/** Has `\nonumber` or `\notag`. */
	readonly isUnnumbered: boolean;
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
	const range = { from: bodyStart, to: source.length };
	return { definitions, ...layOutRange(source, range, "", "none") };
}

type Body = Omit<Layout, "definitions">;

/** Whether the environment around gives a number to each row, one to all of them, or none. */
type Numbering = "each" | "once" | "none";

function layOutRange(
	source: string,
	{ from, to }: { from: number; to: number },
	tail: string,
	around: Numbering,
): Body {
	const environment = enclosingEnvironment(source, from, to);
	if (environment === null) {
		const rows = rowsOf(source, from, to, tail, false);
		return { rows: numbered(rows, around), ...single };
	}
	const { name, bodyFrom, bodyTo, columns } = environment;
	const numbering = numberingOf(name) ?? around;
	const rest = source.slice(environment.end, to) + tail;
	if (plainEnvironments.test(name)) {
		const body = { from: bodyFrom, to: bodyTo };
		return layOutRange(source, body, rest, numbering);
	}
	const rows = numbered(
		rowsOf(source, bodyFrom, bodyTo, rest, true),
		numbering,
	);
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

/** As LaTeX does it; null for an environment that stands inside of one that decides. */
function numberingOf(name: string): Numbering | null {
	if (/^(?:equation|multline)$/.test(name)) return "once";
	if (/^(?:align|alignat|flalign|gather|eqnarray)$/.test(name)) return "each";
	return name.endsWith("*") ? "none" : null;
}

/** One number for all of the rows stands at the row with a label, or else at the last. */
function numbered(rows: readonly Row[], numbering: Numbering): readonly Row[] {
	if (numbering === "none") return rows;
	const marked = rows.some((one) => one.tag !== null || one.labels.length > 0);
	return rows.map((one, n) => {
		const isLast = n === rows.length - 1;
		const isNext = numbering === "each" ? !one.isUnnumbered : !marked && isLast;
		return { ...one, isNumbered: one.isNumbered || isNext };
	});
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
	let isUnnumbered = false;
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
			.replace(/\\(?:notag|nonumber)(?![a-zA-Z])/g, () => {
				isUnnumbered = true;
				return "";
			})
			.replace(/\\(?:hline|displaybreak)(?![a-zA-Z])/g, "")
			.trim(),
	);
	const isNumbered = labels.length > 0;
	return { start, end, cells: bare, tag, labels, isNumbered, isUnnumbered };
}

/** Puts what follows an environment, such as its full stop, behind the last row. */
function withTail(rows: readonly Row[], tail: string): readonly Row[] {
	const last = rows.at(-1);
	if (last === undefined || tail.trim() === "") return rows;
	const cells = [...last.cells.slice(0, -1), (last.cells.at(-1) ?? "") + tail];
	const { tag, labels, ...rest } = row(last.start, last.end, cells);
	const all = [...last.labels, ...labels];
	return [
		...rows.slice(0, -1),
		{
			...rest,
			tag: tag ?? last.tag,
			labels: all,
			isNumbered: all.length > 0,
			isUnnumbered: rest.isUnnumbered || last.isUnnumbered,
		},
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
