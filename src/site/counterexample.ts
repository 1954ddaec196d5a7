import type { Counterexample, ShownWorld } from "../check/result.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join, raw } from "./html.js";
import { symbolName } from "./symbolName.js";

/** Names that LaTeX knows as commands; any other name of several letters is set upright. */
const greek = new Set(
	"alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(
		" ",
	),
);

/** The sizes and values in which a step fails, and what both sides come to there. */
export function counterexampleTable(
	example: Counterexample,
	relation: string,
	typesetter: Typesetter,
): Html {
	const values = Object.entries(example.world.values);
	const rows = values.map(
		([name, value]) =>
			html`<tr><th scope="row">${symbolName(nameInLatex(name), typesetter)}</th><td>${shownValue(value)}</td></tr>`,
	);
	return html`<div class="counterexample">
${worldSentence(example.world, typesetter)}
${rows.length > 0 && html`<div class="values" tabindex="0" role="group" aria-label="Values"><table><tbody>${join(rows)}</tbody></table></div>`}
<dl class="sides"><div><dt>left side</dt><dd>${withMinus(example.left)}</dd></div>
<div class="fails" aria-hidden="true">${struck(relation, typesetter)}</div>
<div><dt>right side</dt><dd>${withMinus(example.right)}</dd></div></dl>
</div>`;
}

function worldSentence(world: ShownWorld, typesetter: Typesetter): Html | null {
	const numbers = [
		...Object.entries(world.sizes),
		...Object.entries(world.indices),
	];
	const parts = numbers.map(([name, value]) =>
		typesetter.inline(`${nameInLatex(name)} = ${value}`),
	);
	if (parts.length === 0) return null;
	return html`<p class="world">It fails with ${join(parts.flatMap((part, n) => (n > 0 ? [", ", part] : [part])))}.</p>`;
}

/** The relation with a stroke, where it is one that has a struck form. */
function struck(relation: string, typesetter: Typesetter): Html {
	const forms: Record<string, string> = {
		equal: "\\ne",
		"=": "\\ne",
		":=": "\\ne",
		proportional: "\\not\\propto",
		"∝": "\\not\\propto",
		"\\propto": "\\not\\propto",
		atLeast: "\\ngeq",
		"≥": "\\ngeq",
		"\\ge": "\\ngeq",
		atMost: "\\nleq",
		"≤": "\\nleq",
		"\\le": "\\nleq",
		">": "\\ngtr",
		"<": "\\nless",
	};
	const form = forms[relation];
	return form === undefined ? raw("–") : typesetter.inline(form);
}

/** `phi` as φ, `s_new` and the like upright; a name that is LaTeX already stays as it is. */
export function nameInLatex(name: string): string {
	if (/[\\{}]/.test(name)) return name;
	const [base = "", ...subscripts] = name.split("_");
	const shown = letterInLatex(base);
	return subscripts.length === 0
		? shown
		: `${shown}_{${subscripts.map(letterInLatex).join(",")}}`;
}

function letterInLatex(name: string): string {
	if (greek.has(name)) return `\\${name}`;
	if (/^[A-Za-z]$|^\d+$/.test(name)) return name;
	return `\\text{${name.replace(/[^\p{L}\p{N} ,.'()[\]=-]/gu, " ")}}`;
}

/** A number, a row of numbers, or nested rows: a matrix has a line for each row. */
function shownValue(value: unknown): Html {
	if (!Array.isArray(value)) return html`${numberText(value)}`;
	if (value.some((entry) => Array.isArray(entry))) {
		return html`${join(value.map((entry) => html`<div>${flat(entry)}</div>`))}`;
	}
	return html`${flat(value)}`;
}

function flat(value: unknown): string {
	return Array.isArray(value)
		? `(${value.map(flat).join(", ")})`
		: numberText(value);
}

/** Six significant digits, with a real minus sign. */
function numberText(value: unknown): string {
	if (typeof value !== "number") return String(value);
	return withMinus(String(Number(value.toPrecision(6))));
}

/** A minus sign as wide as a plus, where a hyphen stands before a digit. */
function withMinus(text: string): string {
	return text.replace(/-(?=[\d.])/g, "−");
}
