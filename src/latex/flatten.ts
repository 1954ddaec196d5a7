import type { Span } from "../problem.js";
import { colourHides } from "./colours.js";
import { styled } from "./fonts.js";
import type { Parsed } from "./katex.js";
import { bodyOf, type Node } from "./nodes.js";
import {
	accents,
	bars,
	fonts,
	letters,
	negations,
	operators,
	relations,
	separators,
	sided,
	signs,
} from "./symbols.js";
import { type ArrayToken, nested, spanOf, type Token } from "./tokens.js";

/** A display laid flat, with the words that stood under braces and the like. */
export interface Flat {
	readonly tokens: readonly Token[];
	/** Labels of `\underbrace` and tags: shown, never read. */
	readonly remarks: readonly { readonly text: string; readonly span: Span }[];
}

/** Lays KaTeX's tree flat. What may not be read over becomes an `unreadable` token; nothing is thrown. */
export function flatten(parsed: Parsed, source: string): Flat {
	const flattener = new Flattener(parsed, source);
	const tokens = flattener.list(parsed.nodes, 0);
	return { tokens: withoutOverprinting(tokens), remarks: flattener.remarks };
}

/** Deepest nesting of KaTeX nodes that is followed. */
const DEEPEST = 1_200;
/** More negative space than this (in em) moves signs over one another. */
const OVERPRINT = -0.6;

const brackets: Readonly<Record<string, string>> = { "(": ")", "[": "]" };

class Flattener {
	readonly remarks: { text: string; span: Span }[] = [];
	/** End of the last sign that was found in the source itself: where signs from macros are placed. */
	private cursor = 0;
	/** The use of a macro from whose body the last sign came. */
	private macro: Span | null = null;

	constructor(
		private readonly parsed: Parsed,
		private readonly source: string,
	) {}

	list(nodes: readonly Node[], depth: number): Token[] {
		const tokens: Token[] = [];
		for (let i = 0; i < nodes.length; i++) {
			const node = nodes[i] as Node;
			const text = this.textRun(nodes, i);
			if (text) {
				tokens.push(text.token);
				i = text.last;
			} else tokens.push(...this.node(node, depth + 1));
		}
		return combine(tokens);
	}

	/** Characters in text mode that stand in the open, as in `\fbox{text}`. */
	private textRun(
		nodes: readonly Node[],
		first: number,
	): { token: Token; last: number } | null {
		const isText = (n: Node | undefined) =>
			n?.mode === "text" && (n.type === "textord" || n.type === "mathord");
		if (!isText(nodes[first]) || isLetter(nodes[first] as Node)) return null;
		let last = first;
		while (isText(nodes[last + 1]) || nodes[last + 1]?.type === "spacing")
			last++;
		return { token: this.text(nodes.slice(first, last + 1), 0), last };
	}

	private node(node: Node, depth: number): Token[] {
		if (depth > DEEPEST)
			return [
				this.unreadable(node, "this is nested too deeply", "fewer levels"),
			];
		switch (node.type) {
			case "mathord":
			case "textord":
			case "atom":
				return [this.symbol(node)];
			case "ordgroup":
			case "styling":
			case "sizing":
			case "vcenter":
			case "smash":
			case "mclass":
				return this.list(bodyOf(node), depth);
			case "color":
				return this.coloured(node, depth);
			case "font":
			case "pmb":
				return this.font(node, depth);
			case "op":
			case "operatorname":
				return this.operator(node, depth);
			case "supsub":
				return this.scripts(node, depth);
			case "genfrac":
				return [this.fraction(node, depth)];
			case "sqrt":
				return [this.root(node, depth)];
			case "accent":
			case "overline":
			case "underline":
				return this.accented(node, depth);
			case "horizBrace":
				return node.base ? this.node(node.base, depth) : [];
			case "enclose":
				return this.enclosed(node, depth);
			case "leftright":
				return this.leftRight(node, depth);
			case "middle":
			case "delimsizing":
				return [this.delimiter(node)];
			case "text":
			case "hbox":
				return [this.text(bodyOf(node), depth)];
			case "spacing":
				return [
					this.space(
						node.text === "\\nobreak" || node.text === "\\allowbreak"
							? 0
							: 0.33,
						node,
					),
				];
			case "kern":
				return [this.space(kernWidth(node), node)];
			case "htmlmathml":
				return this.list(node.mathml ?? [], depth);
			case "mathchoice":
				return this.list(node.display ?? [], depth);
			case "internal":
				return [];
			case "vphantom":
				return this.strut(node);
			case "cr":
				return [{ kind: "break", span: this.place(node) }];
			case "array":
				return [this.array(node, depth)];
			case "tag":
				return this.tagged(node, depth);
			default:
				return [
					this.unreadable(
						node,
						hidden[node.type] ?? `a “${node.type}” cannot be read`,
						"plain mathematics",
					),
				];
		}
	}

	private symbol(node: Node): Token {
		const span = this.place(node);
		const text = node.text ?? "";
		const side = sided.get(text);
		if (side) return { kind: side[0], delimiter: side[1], span };
		const separator = separators.get(text);
		const bar = separator ?? bars.get(text);
		if (bar)
			return {
				kind: "bar",
				double: bar === "||",
				middle: separator !== undefined,
				pair: false,
				span,
			};
		if (/^[0-9.]$/.test(text)) return { kind: "number", text, span };
		if (/^[A-Za-z]$/.test(text))
			return { kind: "letter", name: text, style: "plain", accents: [], span };
		if (text === "\\prime" || text === "′")
			return { kind: "operator", operator: "′", span };
		if (text === "̸")
			return { kind: "relation", relation: "not", above: null, span };
		return this.tabled(text, span) ?? this.unknownSymbol(text, span);
	}

	private tabled(text: string, span: Span): Token | null {
		const letter = letters.get(text);
		if (letter)
			return {
				kind: "letter",
				name: letter,
				style: "plain",
				accents: [],
				span,
			};
		const relation = relations.get(text);
		if (relation) return { kind: "relation", relation, above: null, span };
		const operator = operators.get(text);
		if (operator) return { kind: "operator", operator, span };
		const sign = signs.get(text);
		if (sign) return { kind: "sign", sign, span };
		return text === "," || text === ";"
			? { kind: "punctuation", mark: text, span }
			: null;
	}

	private unknownSymbol(text: string, span: Span): Token {
		const shown = text === "!" ? "the factorial sign" : `the sign ${text}`;
		return {
			kind: "unreadable",
			message: `${shown} is not read`,
			expected: "another notation",
			span,
		};
	}

	private coloured(node: Node, depth: number): Token[] {
		if (colourHides(node.color ?? ""))
			return [
				this.unreadable(
					node,
					`ink of colour ${node.color} does not show`,
					"ink that can be seen",
				),
			];
		return this.list(bodyOf(node), depth);
	}

	private font(node: Node, depth: number): Token[] {
		const style = fonts.get(node.font ?? "boldsymbol") ?? "plain";
		const inner = this.list(bodyOf(node), depth);
		return styled(inner, style, spanOf(inner, this.here()));
	}

	private operator(node: Node, depth: number): Token[] {
		if (node.type === "operatorname") return [this.operatorName(node, depth)];
		if (!node.name) return this.list(bodyOf(node), depth);
		const span = this.place(node);
		const big = bigOperators[node.name];
		if (big) return big.map((operator) => ({ kind: "big", operator, span }));
		const name = node.name.replace(/^\\/, "");
		if (node.symbol || !/^[A-Za-z]+$/.test(name))
			return [{ ...this.unknownSymbol(node.name, span) }];
		return [{ kind: "word", name, style: "upright", span }];
	}

	private operatorName(node: Node, depth: number): Token {
		const start = this.here().start;
		const inner = this.list(bodyOf(node), depth).filter(
			(t) => t.kind !== "space",
		);
		const span = { start, end: spanOf(inner, this.here()).end };
		const name = inner
			.map((t) => (t.kind === "letter" || t.kind === "word" ? t.name : "?"))
			.join("");
		if (!/^[A-Za-z]+$/.test(name))
			return {
				kind: "unreadable",
				message: "the name of this operator cannot be read",
				expected: "letters",
				span,
			};
		return name.length === 1
			? { kind: "letter", name, style: "upright", accents: [], span }
			: { kind: "word", name, style: "upright", span };
	}

	private scripts(node: Node, depth: number): Token[] {
		const { base } = node;
		if (base?.type === "horizBrace") return this.braced(node, depth);
		if (base?.type === "op" && base.suppressBaseShift !== undefined)
			return this.stacked(node, base, depth);
		const tokens = base ? this.node(base, depth) : [];
		if (tokens.length === 0)
			return [
				this.unreadable(
					node,
					"a script without a sign before it",
					"a base for the script",
				),
			];
		const sup = node.sup ? this.list([node.sup], depth) : null;
		const sub = node.sub ? this.list([node.sub], depth) : null;
		const primes = countPrimes(sup);
		const rest = sup && (primes > 0 ? sup.slice(primes) : sup);
		const span = spanOf([...(sub ?? []), ...(sup ?? [])], this.here());
		return [
			...tokens,
			{
				kind: "scripts",
				sub,
				sup: rest && (rest.length > 0 || primes === 0) ? rest : null,
				primes,
				span,
			},
		];
	}

	/** `\underbrace{X}_{label}` reads as X. */
	private braced(node: Node, depth: number): Token[] {
		const body = node.base ? this.node(node.base, depth) : [];
		const label = this.list(
			[node.sub, node.sup].filter((n) => n != null) as Node[],
			depth,
		);
		const hiding = label.find((t) => t.kind === "unreadable");
		this.remark(label);
		return hiding ? [...body, hiding] : body;
	}

	private remark(label: readonly Token[]): void {
		if (label.length === 0) return;
		const span = spanOf(label, this.here());
		const only = label.length === 1 ? label[0] : undefined;
		this.remarks.push({
			text:
				only?.kind === "text"
					? only.text.trim()
					: this.source.slice(span.start, span.end),
			span,
		});
	}

	/** `\overset{a}{=}` and `\underset{x}{\mathbb E}`. */
	private stacked(node: Node, op: Node, depth: number): Token[] {
		const base = this.list(bodyOf(op), depth);
		const over = this.list(
			[node.sup, node.sub].filter((n) => n != null) as Node[],
			depth,
		);
		const only = base.length === 1 ? base[0] : undefined;
		if (only?.kind === "relation") return [{ ...only, above: over }];
		if (node.sub && !node.sup)
			return [
				...base,
				{
					kind: "scripts",
					sub: over,
					sup: null,
					primes: 0,
					span: spanOf(over, this.here()),
				},
			];
		return [
			this.unreadable(
				node,
				"something is set over something else",
				"one line of signs",
			),
		];
	}

	private fraction(node: Node, depth: number): Token {
		const start = this.here().start;
		const upper = node.numer ? this.list([node.numer], depth) : [];
		const lower = node.denom ? this.list([node.denom], depth) : [];
		const span = this.closed({
			start: Math.min(start, spanOf([...upper, ...lower], this.here()).start),
			end: this.cursor,
		});
		if (node.hasBarLine && !node.leftDelim && !node.rightDelim)
			return { kind: "fraction", numerator: upper, denominator: lower, span };
		if (!node.hasBarLine && node.leftDelim === "(" && node.rightDelim === ")")
			return { kind: "binomial", upper, lower, span };
		return {
			kind: "unreadable",
			message: "this stack of two lines is not read",
			expected: "\\frac or \\binom",
			span,
		};
	}

	private root(node: Node, depth: number): Token {
		const { start } = this.here();
		const degree = node.index ? this.list([node.index], depth) : null;
		const body = this.list(bodyOf(node), depth);
		return {
			kind: "root",
			degree,
			body,
			span: this.closed({ start, end: Math.max(start, this.cursor) }),
		};
	}

	private accented(node: Node, depth: number): Token[] {
		const { start } = this.here();
		const inner = node.base
			? this.node(node.base, depth)
			: this.list(bodyOf(node), depth);
		const [first, ...rest] = inner;
		const accent =
			node.type === "accent"
				? accents.get(node.label ?? "")
				: node.type === "overline"
					? "bar"
					: "underline";
		if (
			!accent ||
			first?.kind !== "letter" ||
			rest.some((t) => t.kind !== "scripts")
		)
			return [
				{
					kind: "unreadable",
					message: "an accent over more than one letter",
					expected: "a letter under the accent",
					span: { start, end: this.cursor },
				},
			];
		const span = {
			start: Math.min(start, first.span.start),
			end: first.span.end,
		};
		return [{ ...first, accents: [...first.accents, accent], span }, ...rest];
	}

	private enclosed(node: Node, depth: number): Token[] {
		if (node.label === "\\fbox") return this.list(bodyOf(node), depth);
		const what =
			node.label === "\\colorbox" || node.label === "\\fcolorbox"
				? "a coloured box"
				: "something struck out";
		return [
			this.unreadable(
				node,
				`${what} in a formula`,
				"signs that stand as they are meant",
			),
		];
	}

	private leftRight(node: Node, depth: number): Token[] {
		const open = this.delimiter({
			type: "leftright",
			delim: node.left ?? ".",
			mclass: "mopen",
		});
		const body = this.list(bodyOf(node), depth);
		return [
			open,
			...body,
			this.delimiter({
				type: "leftright",
				delim: node.right ?? ".",
				mclass: "mclose",
			}),
		];
	}

	/** A delimiter with `\left`, `\right`, `\middle` or `\big` before it. */
	private delimiter(node: Node): Token {
		const span = this.place(node);
		const delim = node.delim ?? ".";
		const side =
			node.mclass === "mopen"
				? "open"
				: node.mclass === "mclose"
					? "close"
					: null;
		if (delim === "." && side) return { kind: side, delimiter: ".", span };
		const known =
			sided.get(delim) ??
			(delim === "<" || delim === ">"
				? sided.get(delim === "<" ? "\\langle" : "\\rangle")
				: undefined);
		if (known && node.type !== "middle")
			return { kind: side ?? known[0], delimiter: known[1], span };
		const bar =
			separators.get(delim) ??
			bars.get(delim) ??
			(known?.[1] === "|" || known?.[1] === "||" ? known[1] : undefined);
		if (bar && side) return { kind: side, delimiter: bar, span };
		if (bar)
			return {
				kind: "bar",
				double: bar === "||",
				middle: node.type === "middle" || node.mclass === "mrel",
				pair: false,
				span,
			};
		if (delim === "/") return { kind: "operator", operator: "/", span };
		return {
			kind: "unreadable",
			message: `the delimiter ${delim} is not read`,
			expected: "( ) [ ] \\{ \\} or |",
			span,
		};
	}

	private text(nodes: readonly Node[], depth: number): Token {
		const { start } = this.here();
		const math: Token[][] = [];
		const text = this.plain(nodes, depth, math);
		const span = this.closed({ start, end: Math.max(start, this.cursor) });
		return text.startsWith("\\")
			? {
					kind: "unreadable",
					message: `the command ${text} is not allowed`,
					expected: "mathematics without links or HTML",
					span,
				}
			: { kind: "text", text, math, span };
	}

	/** The characters of a text; formulas within it are collected in `math` and stand as `$`. */
	private plain(
		nodes: readonly Node[],
		depth: number,
		math: Token[][],
	): string {
		let text = "";
		for (const node of nodes) {
			if (
				node.type === "textord" ||
				node.type === "mathord" ||
				node.type === "atom"
			) {
				this.place(node);
				text += node.text ?? "";
			} else if (node.type === "spacing" || node.type === "kern") text += " ";
			else if (
				node.mode === "text" &&
				["ordgroup", "text", "font", "sizing"].includes(node.type)
			)
				text += this.plain(bodyOf(node), depth, math);
			else {
				math.push(this.node(node, depth + 1));
				text += "$";
			}
		}
		return text;
	}

	private space(width: number, node: Node): Token {
		return { kind: "space", width, span: this.place(node) };
	}

	/** A strut that only sets the height of a line, as `\mathstrut` is. */
	private strut(node: Node): Token[] {
		const body = bodyOf(node)[0];
		const visible = body?.type === "ordgroup" ? bodyOf(body)[0] : body;
		return visible?.text && visible.text in brackets
			? []
			: [this.unreadable(node, hidden.phantom as string, "signs that show")];
	}

	private array(node: Node, depth: number): ArrayToken {
		const { start } = this.here();
		const rows = (node.body as readonly (readonly Node[])[]).map((row) =>
			row.map((cell) => this.list([cell], depth)),
		);
		const tags = rows.map((_, i) => {
			const tag = node.tags?.[i];
			return Array.isArray(tag)
				? this.plain(tag as readonly Node[], depth, [])
				: null;
		});
		const aligned =
			node.colSeparationType === "align" ||
			node.colSeparationType === "alignat";
		return {
			kind: "array",
			rows,
			tags,
			aligned,
			span: this.closed({ start, end: Math.max(start, this.cursor) }),
		};
	}

	private tagged(node: Node, depth: number): Token[] {
		const body = this.list(bodyOf(node), depth);
		const { start } = this.here();
		const text = this.plain(node.tag ?? [], depth, []);
		this.remarks.push({
			text,
			span: {
				start: Math.max(0, start - 1),
				end: Math.max(start, this.cursor),
			},
		});
		return body;
	}

	private unreadable(node: Node, message: string, expected: string): Token {
		const { start } = this.here();
		const inner = this.list(
			node.type === "verb" ? [] : bodyOf(node),
			DEEPEST - 20,
		).filter((t) => t.span.end > start);
		return {
			kind: "unreadable",
			message,
			expected,
			span: {
				start,
				end: Math.max(this.here().end, spanOf(inner, this.here()).end),
			},
		};
	}

	/** Where a node stands: its own place, or for what came out of a macro the place where the macro is used. */
	private place(node: Node): Span {
		const own = this.parsed.locate(node);
		const fromMacro =
			own === null && node.loc !== undefined && node.loc !== null;
		const span =
			own ?? (fromMacro ? (this.macro ?? this.macroHere()) : this.here());
		if (node.loc) this.macro = fromMacro ? span : null;
		this.cursor = Math.max(this.cursor, span.end);
		return span;
	}

	/** The macro that is used at the cursor, or the end of its argument. */
	private macroHere(): Span {
		const match = /[\s{&]*(\\[a-zA-Z]+|\}|)/sy;
		match.lastIndex = this.cursor;
		const found = match.exec(this.source)?.[1] ?? "";
		return { start: match.lastIndex - found.length, end: match.lastIndex };
	}

	/** The next command or character of the source after what has been read. */
	private here(): Span {
		const match =
			/[\s{}&]*((?:\\(?:left|right|middle|[bB]igg?[lrm]?)\s*)?(?:\\(?:[a-zA-Z]+|.)|[^\s]))?/sy;
		match.lastIndex = this.cursor;
		const found = match.exec(this.source);
		if (!found?.[1])
			return {
				start: Math.min(this.cursor, this.source.length),
				end: this.source.length,
			};
		return { start: match.lastIndex - found[1].length, end: match.lastIndex };
	}

	/** The span with the closing brace of its last argument. */
	private closed(span: Span): Span {
		return this.source[span.end] === "}"
			? { start: span.start, end: span.end + 1 }
			: span;
	}
}

const bigOperators: Readonly<
	Record<string, readonly ("sum" | "product" | "integral")[]>
> = {
	"\\sum": ["sum"],
	"\\prod": ["product"],
	"\\int": ["integral"],
	"\\iint": ["integral", "integral"],
	"\\iiint": ["integral", "integral", "integral"],
	"∑": ["sum"],
	"∏": ["product"],
	"∫": ["integral"],
};

const hidden: Readonly<Record<string, string>> = {
	phantom: "something invisible in a formula",
	lap: "signs printed over one another",
	raisebox: "signs moved out of their line",
	rule: "a black box in a formula",
	verb: "verbatim text in a formula",
	includegraphics: "a picture in a formula",
	xArrow: "an arrow with a label is not read",
};

const isLetter = (node: Node) => node.mode === "text" && node.text === "µ";

function countPrimes(sup: readonly Token[] | null): number {
	let count = 0;
	while (
		sup?.[count]?.kind === "operator" &&
		(sup[count] as { operator: string }).operator === "′"
	)
		count++;
	return count;
}

function kernWidth(node: Node): number {
	const { number, unit } = node.dimension ?? { number: 0, unit: "em" };
	const emPerUnit: Readonly<Record<string, number>> = {
		mu: 1 / 18,
		em: 1,
		ex: 0.43,
		pt: 0.1,
		cm: 2.85,
		mm: 0.285,
		in: 7.2,
	};
	return number * (emPerUnit[unit] ?? 0.1);
}

/** Joins what KaTeX leaves apart: digits of a numeral, `:` and `=`, two bars, a stroke and its relation. */
function combine(tokens: readonly Token[]): Token[] {
	const joined: Token[] = [];
	for (const token of tokens) {
		const last = joined[joined.length - 1];
		const both = last && join(last, token);
		if (both) joined[joined.length - 1] = both;
		else joined.push(token);
	}
	return joined.flatMap(withoutFullStop);
}

function join(a: Token, b: Token): Token | null {
	const span = { start: a.span.start, end: b.span.end };
	if (
		a.kind === "number" &&
		b.kind === "number" &&
		(b.text !== "." || !/\d.*\./.test(a.text))
	)
		return { kind: "number", text: a.text + b.text, span };
	if (a.kind === "relation" && b.kind === "relation") {
		if (a.relation === ":" && b.relation === "=" && !b.above)
			return { ...b, relation: ":=", span };
		if (a.relation === "not")
			return {
				...b,
				relation: negations.get(b.relation) ?? `not ${b.relation}`,
				span,
			};
	}
	const adjacent = a.span.end === b.span.start;
	if (
		a.kind === "bar" &&
		b.kind === "bar" &&
		adjacent &&
		![a, b].some((t) => t.double || t.middle || t.pair)
	)
		return { kind: "bar", double: true, middle: false, pair: true, span };
	return null;
}

/** A full stop ends a sentence and belongs to no numeral. */
function withoutFullStop(token: Token): Token[] {
	if (token.kind !== "number" || /^(\d+|\d*\.\d+)$/.test(token.text))
		return [token];
	const { text, span } = token;
	if (/^\.{3,}$/.test(text)) return [{ kind: "sign", sign: "dots", span }];
	if (!/^\d*\.$/.test(text))
		return [
			{
				kind: "unreadable",
				message: `“${text}” is no number`,
				expected: "a decimal number",
				span,
			},
		];
	const stop: Token = {
		kind: "punctuation",
		mark: ".",
		span: { start: span.end - 1, end: span.end },
	};
	const numeral: Token = {
		kind: "number",
		text: text.slice(0, -1),
		span: { start: span.start, end: span.end - 1 },
	};
	return text === "." ? [stop] : [numeral, stop];
}

/** Replaces negative space that moves signs over one another by an unreadable token, at any depth. */
function withoutOverprinting(tokens: readonly Token[]): Token[] {
	let backwards = 0;
	return tokens.map((token) => {
		if (token.kind !== "space") backwards = 0;
		else if (token.width < 0) backwards += token.width;
		if (backwards < OVERPRINT || nested(token).some(overprints))
			return {
				kind: "unreadable",
				message: "negative space prints signs over one another",
				expected: "signs side by side",
				span: token.span,
			};
		return token;
	});
}

function overprints(tokens: readonly Token[]): boolean {
	return withoutOverprinting(tokens).some(
		(t, i) => t.kind === "unreadable" && tokens[i]?.kind !== "unreadable",
	);
}
