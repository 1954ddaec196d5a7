import type { CheckedSheet, SheetMessage } from "../check/result.js";
import { ownErrors } from "../report/tally.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import type { Heading } from "./outline.js";
import { nameOf } from "./panel.js";
import type { Placement } from "./placement.js";
import { richText, sentence } from "./richText.js";
import { mark } from "./vocabulary.js";

/** Links to what a reader must look at: everything refuted or unread. */
export function attention(placement: Placement): Html | null {
	const items = [
		...[...placement.byDisplay.values()].flat(),
		...placement.elsewhere,
	];
	const lists = (["refuted", "unread"] as const).map((verdict) => {
		const links = items
			.filter(({ checked }) => checked.verdict === verdict)
			.map((item) => html`<a href="#${item.anchor}">${nameOf(item)}</a> `);
		return links.length > 0 && html`<li>${mark(verdict)} ${join(links)}</li>`;
	});
	if (!lists.some(Boolean)) return null;
	return html`<nav class="attention" aria-label="Refuted and unread"><ul>${lists}</ul></nav>`;
}

/** The headings of the page, folded above the sheet, or beside it where there is room: the style shows one of the two. */
export function contents(headings: readonly Heading[]): Html | null {
	if (headings.length < 3) return null;
	const entries = headings.map(
		(heading) =>
			html`<li class="level-${heading.level}"><a href="#${heading.id}">${heading.text}</a></li>`,
	);
	const list = html`<ol>${join(entries)}</ol>`;
	return html`<nav class="contents folded" aria-label="On this page"><details><summary>On this page</summary>${list}</details></nav>
<nav class="contents rail" aria-label="On this page">${list}</nav>`;
}

export function messages(
	checked: CheckedSheet,
	levels: readonly SheetMessage["level"][],
	typesetter: Typesetter,
): Html | null {
	// What an unread step says of itself is not said twice.
	const own = new Set(ownErrors(checked));
	const shown = checked.messages.filter(
		(message) =>
			levels.includes(message.level) &&
			(message.level !== "error" || own.has(message)),
	);
	if (shown.length === 0) return null;
	return html`<ul class="messages">${shown.map((message) => messageMarkup(message, typesetter))}</ul>`;
}

function messageMarkup(message: SheetMessage, typesetter: Typesetter): Html {
	const { level, line, text, expected } = message;
	const where = level === "info" ? `Line ${line}` : `${level}, line ${line}`;
	const wanted =
		expected !== null && richText(` Expected: ${expected}.`, typesetter);
	return html`<li class="${level}"><span class="where">${where}</span> ${richText(sentence(text), typesetter)}${wanted}</li>`;
}
