import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import { plainFormulas } from "./plainFormula.js";

/** A formula between dollars, code between backticks, a factor such as `q(μ_k)`, or a symbol with a subscript, such as `s_k^2`. */
const special =
	/(\$[^$\n]+\$|`[^`\n]+`|(?<![\w\\])[pq]\([A-Za-z\u0370-\u03ff]_\w{1,3}\)|(?<![\w\\])[A-Za-z\u0370-\u03ff]_(?:\w{1,3}|\{[\w,]+\})(?:\^\d)?(?!\w))/;

/** A message with its formulas typeset and its code as code; everything else is text. */
export function richText(text: string, typesetter: Typesetter): Html {
	const parts = text.split(special);
	return join(
		parts.map((part, n) => {
			if (n % 2 === 0) return plainText(part, typesetter);
			const inner = part.slice(1, -1);
			if (part.startsWith("`")) return html`<code>${inner}</code>`;
			return typesetter.inline(part.startsWith("$") ? inner : braced(part));
		}),
	);
}

/** Text with what stands in it as a formula typeset as well. */
function plainText(text: string, typesetter: Typesetter): Html {
	return join(
		plainFormulas(text).map(({ text, isFormula }) =>
			isFormula ? typesetter.inline(text) : text,
		),
	);
}

/** `c_ik` as `c_{ik}`, which is what a message means. */
function braced(symbol: string): string {
	return symbol.replace(/_(\w+)/, "_{$1}");
}

/** The message as a sentence of its own: a capital letter first, a full stop last. */
export function sentence(text: string): string {
	const trimmed = text.trim();
	const capital = /^\p{Ll}\p{Ll}/u.test(trimmed)
		? trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
		: trimmed;
	return capital === "" || /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
