import type { Typesetter } from "./formula/typeset.js";
import { drawnName } from "./graph/name.js";
import { type Html, html } from "./html.js";

/** A symbol as plain text in the type of formulas, as heads of tables need it; typeset where it is more than that. */
export function symbolName(latex: string, typesetter: Typesetter): Html {
	const { base, isItalic, isBold, subscript } = drawnName(latex, "");
	const isPlain = /^\p{L}[\p{L}\p{M}\p{N}]*$/u.test(base);
	if (!isPlain) return typesetter.inline(latex);
	const style = `${isItalic ? "letter" : "upright"}${isBold ? " bold" : ""}`;
	const below = subscript !== "" && html`<sub>${subscript}</sub>`;
	return html`<span class="symbol ${style}">${base}${below}</span>`;
}
