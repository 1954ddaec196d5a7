import type { CheckedUpdate } from "../check/result.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html } from "./html.js";
import type { Item } from "./placement.js";
import { richText, sentence } from "./richText.js";
import { mark } from "./vocabulary.js";

/** The verdict in the margin beside its row: the mark, the rules that were used or the certificate, a link to it. */
export function itemMark(item: Item, typesetter: Typesetter): Html {
	const said =
		item.kind === "step"
			? stepMark(item.checked, typesetter)
			: updateMark(item.checked, typesetter);
	return html`<div class="verdict ${item.checked.verdict}" id="${itemId(item)}">${said}${link(item)}</div>`;
}

/** The anchor of a step or an update on its page. */
export function itemId(item: Item): string {
	return `${item.kind}-${item.number}`;
}

/** Whether the reason stands beneath the row, because there is more to say than a margin holds. */
export function isLoud({ checked }: Item): boolean {
	return checked.verdict === "refuted" || checked.verdict === "unread";
}

type Step = Extract<Item, { kind: "step" }>["checked"];

/** Rules that are named at once; the others stand behind the disclosure. */
const rulesShown = 3;

function stepMark(step: Step, typesetter: Typesetter): Html {
	const { verdict, rules } = step;
	const note = marginNote(step, typesetter);
	const shown = rules.slice(0, rulesShown).join(", ");
	const used = shown !== "" && html`<p class="rules">${shown}</p>`;
	const why = whyOf(step).map(
		(text) => html`<p class="why">${richText(text, typesetter)}</p>`,
	);
	if (verdict === "agrees") return html`<p>${mark(verdict)}</p>${why}${note}`;
	if (why.length === 0 || verdict === "refuted" || verdict === "unread") {
		return html`<p>${mark(verdict)}</p>${used}${note}`;
	}
	return html`<details><summary>${mark(verdict)}</summary>${why}</details>${used}${note}`;
}

/** A note that is longer than this stands beneath the row. */
const longestNote = 90;

/** Whether the margin holds the note of a step or an update. */
export function isNoteInMargin(item: Item): boolean {
	const { note } = item.checked;
	return (
		item.kind === "step" &&
		note !== null &&
		!isLoud(item) &&
		note.length <= longestNote
	);
}

function marginNote(step: Step, typesetter: Typesetter): Html | null {
	const item = { kind: "step" as const, number: 0, checked: step };
	if (!isNoteInMargin(item)) return null;
	return html`<p class="rules">${richText(step.note ?? "", typesetter)}</p>`;
}

/** What the margin leaves to say: the reason, unless it repeats the rules, and those of a proof that did not fit. */
function whyOf({ verdict, reason, rules, note }: Step): readonly string[] {
	if (note?.startsWith("says nothing")) return [];
	if (verdict === "agrees") return [sentence(reason)].filter(Boolean);
	const others = rules.slice(rulesShown).join(", ");
	const repeats = rules.join(", ").startsWith(reason);
	return [repeats ? "" : sentence(reason), others && `Also: ${others}.`].filter(
		Boolean,
	);
}

function updateMark(update: CheckedUpdate, typesetter: Typesetter): Html {
	const { verdict, target, certificate } = update;
	const [kind = ""] = certificate.split(":");
	const stands = verdict !== "refuted" && verdict !== "unread";
	return html`<p>${mark(verdict)}</p><p class="target">Update of ${typesetter.inline(target)}</p>${
		stands &&
		html`<p class="rules"><a href="#page-updates">${kind.length < 40 ? kind : "certificate"}</a></p>`
	}`;
}

function link(item: Item): Html {
	const name = `${item.kind} ${item.number}, line ${item.checked.line}`;
	return html`<a class="number" href="#${itemId(item)}" aria-label="Link to ${name}">${item.number}</a>`;
}
