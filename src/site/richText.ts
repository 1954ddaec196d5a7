import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";

/** A message with formulas between dollars and code between backticks; everything else is text. */
export function richText(text: string, typesetter: Typesetter): Html {
	const parts = text.split(/(\$[^$\n]+\$|`[^`\n]+`)/);
	return join(
		parts.map((part, n) => {
			if (n % 2 === 0) return part;
			const inner = part.slice(1, -1);
			return part.startsWith("$")
				? typesetter.inline(inner)
				: html`<code>${inner}</code>`;
		}),
	);
}

/** The message as a sentence of its own: a capital letter first, a full stop last. */
export function sentence(text: string): string {
	const trimmed = text.trim();
	const capital = /^\p{Ll}\p{Ll}/u.test(trimmed)
		? trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
		: trimmed;
	return capital === "" || /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
