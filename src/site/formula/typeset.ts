import katex from "katex";
import { manyColumnsAt } from "../../latex/columns.js";
import { findDefinitions } from "../../latex/definitions.js";
import { type Macros, packageMacros } from "../../latex/katex.js";
import { type Html, html, raw } from "../html.js";
import { asRead } from "./asRead.js";
import { Economy } from "./economy.js";
import { type FormulaMark, markClasses, shifted, withMarks } from "./marks.js";
import { type Part, partsOf } from "./markup.js";
import { nativeMath } from "./native.js";

/** A formula longer than this is shown as written: nobody reads it, and typesetting takes time that grows with it. */
const longestFormula = 20_000;
/** Markup for the formulas of one page, in characters. Beyond it the rest is shown as written. */
const budget = 6_000_000;
/** KaTeX's markup that is kept from one page to the next, in characters: some 60 MB of memory. */
const mostKept = 16_000_000;
/** Macros that replace one token by more than this are forgotten, so that a few uses cannot fill the memory. */
const longestMacro = 300;

/**
 * How formulas are set, from the best to the smallest: by KaTeX with MathML beside it for screen readers; by KaTeX with
 * its source as its name; or as MathML alone, which browsers set by themselves.
 */
export const thrifts = ["whole", "named", "native"] as const;
export type Thrift = (typeof thrifts)[number];

/** What a reference shows: the number of an equation; null for a label that the sheet does not have. */
export type References = (label: string) => string | null;

export interface TypesetterSetting {
	/** What the formulas of the page share; the page must contain its rules and drawings. */
	readonly economy?: Economy;
	readonly references?: References;
	readonly thrift?: Thrift;
	/** Markup of formulas that were set before, for who sets a sheet again and again. The economy must be a loose one. */
	readonly kept?: KeptFormulas;
	/** The same before a page's economy said it shorter, for who sets pages that have formulas in common. */
	readonly formulas?: SetFormulas;
}

/** Markup by what it was made of; null for what cannot be typeset. */
export type KeptFormulas = Map<string, string | null>;

type SetFormula = readonly Part[] | null;

/** What KaTeX made of formulas, by what it was made of. It forgets all when it holds too much. */
export class SetFormulas extends Map<string, SetFormula> {
	#length = 0;

	keep(key: string, formula: SetFormula, length: number): void {
		if (this.#length + length > mostKept) {
			this.clear();
			this.#length = 0;
		}
		this.#length += length;
		this.set(key, formula);
	}
}

/**
 * Typesets the formulas of one sheet. The macros that a formula defines hold for those after it, as in a document.
 * Commands that make links, load pictures or set attributes are off; what cannot be typeset is shown as written.
 */
export class Typesetter {
	private readonly macros: Macros = { ...packageMacros };
	private readonly economy: Economy;
	private readonly references: References;
	private readonly thrift: Thrift;
	private readonly kept: KeptFormulas | null;
	private readonly formulas: SetFormulas | null;
	/** The formulas so far that defined macros. */
	private defining = "";
	private spent = 0;

	constructor(setting: TypesetterSetting = {}) {
		this.economy = setting.economy ?? new Economy();
		this.references = setting.references ?? (() => null);
		this.thrift = setting.thrift ?? "whole";
		this.kept = setting.kept ?? null;
		this.formulas = setting.formulas ?? null;
	}

	/** The macros that were defined so far, for who reads formulas of the sheet once more. */
	get definedMacros(): Macros {
		return this.macros;
	}

	/** A formula in a line of text. */
	inline(source: string): Html {
		return this.attempt(asRead(source)) ?? asWritten(source);
	}

	/** A formula in display style, in a cell of its own; null if it cannot be typeset. */
	cell(source: string, marks: readonly FormulaMark[] = []): Html | null {
		return this.attempt(
			`${displayStyle}${source}`,
			shifted(marks, displayStyle.length),
		);
	}

	/** Takes up the macros that are defined in `source`, and shows nothing. Definitions that fail are left out. */
	define(source: string): void {
		let end = 0;
		for (const { span } of findDefinitions(source)) {
			if (span.start < end) continue; // inside of the body of another
			end = span.end;
			this.defineOne(source.slice(span.start, span.end));
		}
	}

	/** A name that is known already may be defined anew: by two displays, or because KaTeX has it and LaTeX has not. */
	private defineOne(definition: string): void {
		const again = definition.replace(/^\\newcommand/, "\\renewcommand");
		if (this.attempt(definition) === null) this.attempt(again);
	}

	private attempt(
		source: string,
		marks: readonly FormulaMark[] = [],
	): Html | null {
		if (source.length > longestFormula || this.spent > budget) return null;
		if (/\\html[A-Z]/.test(source)) return null;
		if (manyColumnsAt(source) !== null) return null;
		const markup = this.remembered(source, marks);
		if (markup === null) return null;
		this.spent += markup.length;
		return raw(markup);
	}

	/** The markup of a formula, as it was made before if nothing that it depends on has changed. */
	private remembered(
		source: string,
		marks: readonly FormulaMark[],
	): string | null {
		const { kept } = this;
		if (!kept) return this.written(this.formula(source, marks), source);
		const key = this.keyOf(source, marks);
		const known = kept.get(key);
		if (known !== undefined) return known;
		return this.noting(
			source,
			() => this.written(this.made(source, marks).parts, source),
			(markup) => kept.set(key, markup),
		);
	}

	/** What KaTeX makes of a formula, or made of it before. */
	private formula(source: string, marks: readonly FormulaMark[]): SetFormula {
		const { formulas } = this;
		if (!formulas) return this.made(source, marks).parts;
		const key = this.keyOf(source, marks);
		const known = formulas.get(key);
		if (known !== undefined) return known;
		return this.noting(
			source,
			() => this.made(source, marks),
			({ parts, length }) => formulas.keep(key, parts, length),
		).parts;
	}

	/** All that the markup of a formula depends on. */
	private keyOf(source: string, marks: readonly FormulaMark[]): string {
		const shown = this.withReferences(source);
		return JSON.stringify([this.defining, shown, marks, this.output]);
	}

	/** Makes something of a formula, to be kept unless the formula defines macros: these must be defined each time. */
	private noting<T>(source: string, make: () => T, keep: (made: T) => void): T {
		const before = { ...this.macros };
		const made = make();
		if (isSame(before, this.macros)) keep(made);
		else this.defining += source;
		return made;
	}

	private made(
		source: string,
		marks: readonly FormulaMark[],
	): { readonly parts: SetFormula; readonly length: number } {
		const marked = [false, true].map((b) => withMarks(source, marks, b));
		const tries = marks.length === 0 ? [source] : [...marked, source];
		const markup = tries.reduce<string | null>(
			(made, one) => made ?? this.typeset(one),
			null,
		);
		const parts = markup === null ? null : partsOf(markup);
		return { parts, length: markup?.length ?? source.length };
	}

	private typeset(source: string): string | null {
		try {
			return katex.renderToString(this.withReferences(source), {
				displayMode: false,
				throwOnError: true,
				strict: "ignore",
				trust: isOwnMark,
				maxSize: 20,
				maxExpand: 400 + source.length,
				globalGroup: true,
				output: this.output,
				macros: this.macros as Record<string, string>,
			});
		} catch {
			// KaTeX's own errors, and a stack that overflows on deep nesting: both are the author's formula.
			return null;
		} finally {
			this.forgetLongMacros();
		}
	}

	private get output(): "html" | "mathml" | "htmlAndMathml" {
		if (this.thrift === "named") return "html";
		return this.thrift === "native" ? "mathml" : "htmlAndMathml";
	}

	private written(formula: SetFormula, source: string): string | null {
		if (formula === null) return null;
		const short = this.economy.written(formula);
		if (this.thrift === "native") return nativeMath(short);
		if (this.thrift === "whole") return short;
		const name = source.replace(/^\\displaystyle|^\{\}/g, "").trim();
		return short.replace(
			'<span class="katex">',
			html`<span class="katex" role="math" aria-label="${name}">`.text,
		);
	}

	/** KaTeX knows neither labels nor references; a reference is set as the number of its equation, or else as its name. */
	private withReferences(source: string): string {
		return source
			.replace(/\\label\s*\{[^{}]*\}/g, "")
			.replace(/\\(?:eq|c|auto)?ref\s*\{([^{}]*)\}/g, (_, label: string) => {
				const shown = this.references(label.trim()) ?? label;
				return `\\text{(${shown.replace(/[\\_^%#&$~{}]/g, "-")})}`;
			});
	}

	private forgetLongMacros(): void {
		for (const [name, macro] of Object.entries(this.macros)) {
			if (lengthOf(macro) > longestMacro) delete this.macros[name];
		}
	}
}

/** The marks of the page are the only classes that a formula may have. */
function isOwnMark(context: { command: string; class?: string }): boolean {
	const { command, class: name } = context;
	if (command === "\\htmlClass" && markClasses.has(name ?? "")) return true;
	// KaTeX would set the bare name of such a command and drop the rest; the formula as written says more.
	throw new Error(`${command} is not allowed`);
}

const displayStyle = "\\displaystyle ";

/** LaTeX as code, for what cannot be typeset. */
export function asWritten(source: string): Html {
	return html`<code>${source.trim()}</code>`;
}

function isSame(some: Macros, others: Macros): boolean {
	const names = Object.keys(others);
	return (
		names.length === Object.keys(some).length &&
		names.every((name) => some[name] === others[name])
	);
}

function lengthOf(macro: unknown): number {
	if (typeof macro === "string") return macro.length;
	if (typeof macro !== "object" || macro === null) return 0;
	const { tokens } = macro as { tokens?: unknown };
	return Array.isArray(tokens) ? tokens.length : 0;
}
