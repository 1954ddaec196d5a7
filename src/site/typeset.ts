import katex from "katex";
import { findDefinitions } from "../latex/definitions.js";
import { type Macros, packageMacros } from "../latex/katex.js";
import { asRead } from "./asRead.js";
import { type Html, html, raw } from "./html.js";

/** A formula longer than this is shown as written: nobody reads it, and typesetting takes time that grows with it. */
const longestFormula = 20_000;
/** Markup for the formulas of one page, in characters. Beyond it the rest is shown as written. */
const budget = 6_000_000;
/** Macros that replace one token by more than this are forgotten, so that a few uses cannot fill the memory. */
const longestMacro = 300;

/**
 * Typesets the formulas of one page. The macros that a formula defines hold for those after it, as in a document.
 * Commands that make links, load pictures or set attributes are off; what cannot be typeset is shown as written.
 */
export class Typesetter {
	private readonly macros: Macros = { ...packageMacros };
	private spent = 0;

	/** A formula in a line of text. */
	inline(source: string): Html {
		return this.attempt(asRead(source)) ?? asWritten(source);
	}

	/** A formula in display style, in a cell of its own; null if it cannot be typeset. */
	cell(source: string): Html | null {
		return this.attempt(`\\displaystyle ${source}`);
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

	private attempt(source: string): Html | null {
		if (source.length > longestFormula || this.spent > budget) return null;
		try {
			const markup = katex.renderToString(withoutReferences(source), {
				displayMode: false,
				throwOnError: true,
				strict: "ignore",
				trust: refuse,
				maxSize: 20,
				maxExpand: 400 + source.length,
				globalGroup: true,
				macros: this.macros as Record<string, string>,
			});
			this.spent += markup.length;
			return raw(markup);
		} catch {
			// KaTeX's own errors, and a stack that overflows on deep nesting: both are the author's formula.
			return null;
		} finally {
			this.forgetLongMacros();
		}
	}

	private forgetLongMacros(): void {
		for (const [name, macro] of Object.entries(this.macros)) {
			if (lengthOf(macro) > longestMacro) delete this.macros[name];
		}
	}
}

/** KaTeX would set the bare name of such a command and drop the rest; the formula as written says more. */
function refuse({ command }: { command: string }): never {
	throw new Error(`${command} is not allowed`);
}

/** LaTeX as code, for what cannot be typeset. */
export function asWritten(source: string): Html {
	return html`<code>${source.trim()}</code>`;
}

/** KaTeX knows neither labels nor references; a reference is set as its name. */
function withoutReferences(source: string): string {
	return source
		.replace(/\\label\s*\{[^{}]*\}/g, "")
		.replace(/\\(?:eq|c)?ref\s*\{([^{}]*)\}/g, (_, label: string) => {
			return `\\text{(${label.replace(/[\\_^%#&$~]/g, "-")})}`;
		});
}

function lengthOf(macro: unknown): number {
	if (typeof macro === "string") return macro.length;
	if (typeof macro !== "object" || macro === null) return 0;
	const { tokens } = macro as { tokens?: unknown };
	return Array.isArray(tokens) ? tokens.length : 0;
}
