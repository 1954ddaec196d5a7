import katex from "katex";
import { Problem, type Span } from "../problem.js";
import type { Definition } from "./definitions.js";
import type { Node } from "./nodes.js";
import type { Prepared } from "./prepare.js";

/** Macros that a sheet has defined so far, by name; the values are KaTeX's own. Filled as displays are read. */
export type Macros = Record<string, unknown>;

/** Commands that LaTeX packages have and KaTeX has not. A page that is typeset with KaTeX needs them too. */
export const packageMacros: Readonly<Record<string, string>> = {
	"\\mbox": "\\text{#1}",
	"\\ensuremath": "#1",
	"\\mathds": "\\mathbb{#1}",
	"\\mathbbm": "\\mathbb{#1}",
	"\\DeclareMathOperator": "\\@ifstar{\\@declareoperator}{\\@declareoperator}",
	"\\@declareoperator": "\\gdef#1{\\operatorname{#2}}",
	// KaTeX has these write to the console, which is the terminal of whoever checks the sheet.
	"\\message": "\\writingToTheTerminal",
	"\\errmessage": "\\writingToTheTerminal",
	"\\show": "\\writingToTheTerminal",
};

/** Names that KaTeX predefines and LaTeX leaves free, or has for accents in words alone: a sheet may define them. */
const freeNames = new Set(
	"N R Z C real reals natnums cnums argmax argmin red blue green gray bra ket set Set v u r H c b d k t"
		.split(" ")
		.map((name) => `\\${name}`),
);

/** Stands before the source, so that the expander can be watched from the first token on. */
const guard = "\\@guard ";
/** Tokens that all expansions of one display may make together. */
const MOST_TOKENS = 500_000;
/** Copies of arguments that the definitions of one display may make at a time. */
const MOST_COPIES = 200;

/** What KaTeX made of a display. */
export interface Parsed {
	readonly nodes: readonly Node[];
	/** Where a node stands in the source; null if it came out of a macro's body. */
	locate(node: Node): Span | null;
}

/**
 * Parses prepared LaTeX with KaTeX, the only place that touches its internal parser. New macros are added to `macros`.
 * @throws Problem, with place and expectation, for everything that KaTeX refuses.
 */
export function parseWithKatex(prepared: Prepared, macros: Macros): Parsed {
	for (const definition of prepared.definitions)
		checkDefinition(definition, prepared);
	const input = guard + freed(prepared);
	const store: Macros = {
		...packageMacros,
		...macros,
		"\\@guard": watchExpansion,
	};
	try {
		const nodes = internalParse(input, {
			displayMode: true,
			strict: false,
			trust: false,
			globalGroup: true,
			maxExpand: Math.min(50_000, 2_000 + 20 * input.length),
			macros: store,
		});
		return {
			nodes,
			locate: (node) => locate(node, input, prepared.definitions),
		};
	} catch (error) {
		throw explained(error, prepared.text);
	} finally {
		keepDefinitions(store, macros);
	}
}

const internalParse = (
	katex as unknown as {
		__parse(source: string, settings: object): readonly Node[];
	}
).__parse;

function keepDefinitions(store: Macros, macros: Macros): void {
	for (const [name, value] of Object.entries(store))
		if (!name.includes("@") && packageMacros[name] !== value)
			macros[name] = value;
}

interface Expander {
	pushTokens(tokens: readonly unknown[]): void;
}

/** A macro without a body that counts, from then on, the tokens which expansions make. */
function watchExpansion(expander: Expander): string {
	const push = expander.pushTokens.bind(expander);
	let made = 0;
	expander.pushTokens = (tokens) => {
		made += tokens.length;
		if (made > MOST_TOKENS)
			throw new Problem(
				"the macros here expand without end",
				null,
				"macros that do not call themselves",
			);
		push(tokens);
	};
	return "";
}

/** @throws Problem if the definition changes the meaning of something that LaTeX defines, or could hide that it does. */
function checkDefinition(definition: Definition, prepared: Prepared): void {
	const { name, nameSpan, copies, command } = definition;
	if (copies > MOST_COPIES)
		throw new Problem(
			"this definition copies its arguments too often",
			nameSpan,
			`at most ${MOST_COPIES} uses of #`,
		);
	if (command === "providecommand") return;
	if (!/^\\[a-zA-Z]+$/.test(name))
		throw new Problem(
			"this definition does not name a command",
			nameSpan,
			"\\newcommand{\\name}{…}",
		);
	if (
		command.endsWith("let") &&
		definesCommand(prepared.text.slice(nameSpan.end, definition.span.end))
	)
		throw new Problem(
			"a second name for a defining command",
			nameSpan,
			"\\newcommand by its own name",
		);
	if (!freeNames.has(name) && isBuiltIn(name))
		throw new Problem(
			`${name} already has a meaning, which a sheet may not change`,
			nameSpan,
			"a name of your own",
		);
}

function definesCommand(text: string): boolean {
	return /\\(?:[a-z]*command|[gex]?def|let|futurelet|global|DeclareMathOperator)(?![a-zA-Z])/.test(
		text,
	);
}

const knownBuiltIns = new Map<string, boolean>();

/** Whether KaTeX knows the command by itself. */
function isBuiltIn(name: string): boolean {
	let known = knownBuiltIns.get(name);
	if (known === undefined) {
		known = refusesNewCommand(name);
		knownBuiltIns.set(name, known);
	}
	return known;
}

function refusesNewCommand(name: string): boolean {
	try {
		internalParse(`\\newcommand{${name}}{}`, { macros: { ...packageMacros } });
		return false;
	} catch {
		return true;
	}
}

/** `\newcommand{\R}` would fail, as KaTeX has an `\R`; `\def` of the same length does not. */
function freed(prepared: Prepared): string {
	let { text } = prepared;
	for (const { command, name, nameSpan, span } of prepared.definitions) {
		if (command !== "newcommand" || !freeNames.has(name)) continue;
		const end = text[nameSpan.end] === "}" ? nameSpan.end + 1 : nameSpan.end;
		if (/^\s*\[/.test(text.slice(end))) continue;
		text =
			text.slice(0, span.start) +
			`\\def ${name} `.padEnd(end - span.start) +
			text.slice(end);
	}
	return text;
}

function locate(
	node: Node,
	input: string,
	definitions: readonly Definition[],
): Span | null {
	if (!node.loc || node.loc.lexer.input !== input) return null;
	const start = node.loc.start - guard.length;
	const end = node.loc.end - guard.length;
	return start < 0 ||
		definitions.some((d) => d.span.start <= start && start < d.span.end)
		? null
		: { start, end };
}

interface KatexError {
	readonly name: "ParseError";
	readonly rawMessage?: string;
	readonly message: string;
	readonly position?: number;
	readonly length?: number;
}

/** KaTeX's error as a Problem, in the words of someone who writes the sheet. */
function explained(error: unknown, text: string): Problem {
	if (error instanceof Problem)
		return new Problem(
			error.message,
			error.span ?? { start: 0, end: text.length },
			error.expected,
		);
	if (error instanceof RangeError)
		return new Problem(
			"this formula is nested too deeply",
			{ start: 0, end: text.length },
			"fewer levels",
		);
	if ((error as KatexError | null)?.name !== "ParseError") throw error;
	const { rawMessage, message, position, length } = error as KatexError;
	const span = spanOf(position, length, text);
	return inWords(rawMessage ?? message, span, text);
}

function spanOf(
	position: number | undefined,
	length: number | undefined,
	text: string,
): Span {
	if (position === undefined) return { start: 0, end: text.length };
	const start = Math.max(0, Math.min(position - guard.length, text.length));
	const written = text.slice(start, start + (length ?? 1)).trimEnd();
	const end = Math.min(text.length, start + Math.max(1, written.length));
	return { start, end };
}

function inWords(raw: string, span: Span, text: string): Problem {
	const unknown = /^Undefined control sequence: (.+)$/.exec(raw)?.[1];
	if (unknown)
		return new Problem(
			`unknown command ${unknown}`,
			locateName(unknown, span, text),
			`a command that KaTeX knows, or a definition \\newcommand{${unknown}}{…} before it`,
		);
	if (/^Too many expansions/.test(raw))
		return new Problem(
			"the macros here expand without end",
			span,
			"macros that do not call themselves",
		);
	const mismatch = /^Expected (.+), got '(.*)'$/.exec(raw);
	if (mismatch) {
		const found =
			mismatch[2] === "EOF" ? "the end of the formula" : `“${mismatch[2]}”`;
		return new Problem(
			`${found} where something else must stand`,
			span,
			mismatch[1] as string,
		);
	}
	const environment = /^No such environment: (.+)$/.exec(raw)?.[1];
	if (environment)
		return new Problem(
			`unknown environment ${environment}`,
			span,
			"aligned, align, gather, split or array",
		);
	return new Problem(
		`KaTeX cannot read this: ${raw}`,
		span,
		"LaTeX that KaTeX can typeset",
	);
}

/** An unknown command from a macro's body is reported where its name stands, or else where KaTeX stopped. */
function locateName(name: string, span: Span, text: string): Span {
	if (text.startsWith(name, span.start)) return span;
	const start = text.indexOf(name);
	return start < 0 ? span : { start, end: start + name.length };
}
