import type { Counts, Verdict } from "../check/result.js";
import { type Html, html, join, raw } from "./html.js";

/** A verdict as readers meet it. The word is its name, and the colour goes by it. */
export interface Term {
	readonly verdict: Verdict;
	/** Drawn in a box of 16 by 16 units; the outlines differ, so that colour is never needed to tell them apart. */
	readonly drawing: string;
	readonly promise: string;
	readonly advice: string;
}

/** The five verdicts, in the order in which they are counted. */
export const terms: readonly Term[] = [
	{
		verdict: "proved",
		drawing:
			'<circle class="filled" cx="8" cy="8" r="7"/><path class="cut" d="M4.6 8.4l2.4 2.4 4.4-5"/>',
		promise:
			"Both sides were rewritten to the same normal form, under the sheet’s stated assumptions alone, and a separate numerical evaluation agrees wherever it decides.",
		advice: "You can rely on it.",
	},
	{
		verdict: "agrees",
		drawing:
			'<rect class="outlined" x="1.5" y="1.5" width="13" height="13" rx="3.5"/><path class="line" d="M4.2 6.9c1.3-1.5 2.5-1.4 3.8-.5s2.5 1 3.8-.5M4.2 10.6c1.3-1.5 2.5-1.4 3.8-.5s2.5 1 3.8-.5"/>',
		promise:
			"Both sides came out equal in every case that was tried, with different sizes and random values, but no symbolic proof was found.",
		advice: "Very likely right. It is evidence, not a proof.",
	},
	{
		verdict: "refuted",
		drawing:
			'<path class="filled" d="M5.1 1h5.8l4.1 4.1v5.8l-4.1 4.1h-5.8l-4.1-4.1v-5.8z"/><path class="cut" d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4"/>',
		promise:
			"There are sizes and values, allowed by the sheet’s own assumptions, for which the step fails. They are shown beside it and were confirmed in extended precision.",
		advice:
			"It is wrong as written. The numbers show it; where a small correction makes the step hold, it is offered below.",
	},
	{
		verdict: "unread",
		drawing:
			'<path class="outlined" d="M8 .9l7.1 7.1-7.1 7.1-7.1-7.1z"/><path class="line" d="M6.4 6.6c0-2.2 3.2-2.2 3.2-.1 0 1.3-1.6 1.3-1.6 2.6"/><circle class="dot" cx="8" cy="11.2" r=".9"/>',
		promise:
			"The line could not be read as mathematics, or no case decides. The reason names the place and what would help.",
		advice: "Nothing is said of it. It never counts as right.",
	},
	{
		verdict: "given",
		drawing: '<circle class="dot" cx="8" cy="8" r="3"/>',
		promise:
			"A definition, a statement of the model or the family, or a condition such as “set to zero”.",
		advice: "There is nothing to check.",
	},
];

/** The drawings, to be put once into each page; `mark` refers to them. */
export const drawings: Html = html`<svg class="drawings" aria-hidden="true">${terms.map(
	(term) =>
		raw(
			`<symbol id="mark-${term.verdict}" viewBox="0 0 16 16">${term.drawing}</symbol>`,
		),
)}</svg>`;

/** Shape, colour and word of a verdict. */
export function mark(verdict: Verdict): Html {
	return html`<span class="mark ${verdict}">${icon(verdict)}<b>${verdict}</b></span>`;
}

/** The shape alone, where the word stands beside it. */
export function icon(verdict: Verdict): Html {
	return html`<svg class="icon" aria-hidden="true"><use href="#mark-${verdict}"/></svg>`;
}

/** A bar whose segments are as long as the verdicts are many, and the numbers in words. */
export function tally(counts: Counts): Html {
	const present = terms.filter((term) => counts[term.verdict] > 0);
	if (present.length === 0) return html`<p class="tally">No steps.</p>`;
	const segments = present.map(
		(term) =>
			html`<i class="${term.verdict}" style="flex-grow:${counts[term.verdict]}"></i>`,
	);
	const numbers = present.map(
		(term) =>
			html`<li class="mark ${term.verdict}">${icon(term.verdict)}<b>${counts[term.verdict]} ${term.verdict}</b></li>`,
	);
	return html`<div class="tally"><div class="bar" aria-hidden="true">${join(segments)}</div>
<ul class="counts" aria-label="Verdicts">${join(numbers)}</ul></div>`;
}
