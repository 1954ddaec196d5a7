import { anchorOf } from "./anchors.js";
import type { Equations } from "./equations.js";
import { type Html, html, join } from "./html.js";

/** `\eqref{…}` and its kin, and Quarto's `@eq-…`. */
const reference = /(\\(?:eq|c|C|auto)?ref\s*\{[^{}\n]*\}|@eq-[\w-]*\w)/;

/** Text in which references to equations are links that show their numbers; all else is text. */
export function withReferences(text: string, equations: Equations): Html {
	return join(
		text
			.split(reference)
			.map((part, n) => (n % 2 === 0 ? part : link(part, equations))),
	);
}

/** A formula that is nothing but a reference; null for any other. */
export function referenceAlone(
	source: string,
	equations: Equations,
): Html | null {
	const whole = new RegExp(`^${reference.source}$`);
	return whole.test(source.trim()) ? link(source.trim(), equations) : null;
}

/** `\ref` shows the bare number, as in LaTeX. A label that the sheet does not have is shown as it is. */
function link(written: string, equations: Equations): Html {
	const label = /\{([^{}]*)\}/.exec(written)?.[1]?.trim() ?? written.slice(1);
	const found = equations.find(label);
	if (found === null) {
		return written.startsWith("@") ? html`${written}` : elsewhere(label);
	}
	const shown = written.startsWith("\\ref") ? found.shown : `(${found.shown})`;
	return html`<a class="reference" href="#${found.anchor}" aria-label="Equation ${found.shown}">${shown}</a>`;
}

/** The label may be that of a passage or a heading, which has an anchor and no number. */
function elsewhere(label: string): Html {
	return html`<a class="reference" href="#${anchorOf(label)}">(${label})</a>`;
}
