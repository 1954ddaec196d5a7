import type { Repair } from "../check/result.js";
import { counterexampleTable } from "./counterexample.js";
import { type Fragment, type Html, html, join } from "./html.js";
import type { Item } from "./placement.js";
import { richText } from "./richText.js";
import type { Typesetter } from "./typeset.js";
import { mark } from "./vocabulary.js";

/** The verdict as it stands in the margin beside a row: the mark, the number to link to, the rules that were used. */
export function itemMark(item: Item, typesetter: Typesetter): Html {
	const { verdict } = item.checked;
	const what =
		item.kind === "update"
			? html`<span class="target">update of ${typesetter.inline(item.checked.target)}</span>`
			: item.checked.rules.length > 0 &&
				html`<span class="rules">${item.checked.rules.join(" · ")}</span>`;
	const quiet = isQuiet(item) ? disclosedReason(item, typesetter) : null;
	return html`<div class="verdict ${verdict}" id="${itemId(item)}">${quiet ?? html`<p>${mark(verdict)}</p>`}${what}${link(item)}</div>`;
}

/** The anchor of a step or an update on its page. */
export function itemId(item: Item): string {
	return `${item.kind}-${item.number}`;
}

function link(item: Item): Html {
	const name = `${item.kind} ${item.number}, line ${item.checked.line}`;
	return html`<a class="number" href="#${itemId(item)}" aria-label="Link to ${name}" title="${name}">${item.number}</a>`;
}

/** Proved and given steps keep their reason behind a disclosure; the others say it at once. */
function isQuiet(item: Item): boolean {
	const { verdict } = item.checked;
	return item.kind === "step" && (verdict === "proved" || verdict === "given");
}

function disclosedReason(item: Item, typesetter: Typesetter): Html | null {
	const { verdict } = item.checked;
	const reason = reasonOf(item);
	if (reason === "") return null;
	return html`<details><summary>${mark(verdict)}</summary>
<p class="why">${richText(reason, typesetter)}</p></details>`;
}

function reasonOf(item: Item): string {
	return item.kind === "step" ? item.checked.reason : item.checked.certificate;
}

/**
 * What stands beneath a row: the reason, the counterexample, the note and the repair; empty for a step of which there is
 * no more to say. `alone` is false if other verdicts belong to the same row, so that the panel must say which it is.
 */
export function itemPanel(
	item: Item,
	alone: boolean,
	typesetter: Typesetter,
): Html | null {
	const { verdict, counterexample, note, repair } = item.checked;
	const reason = isQuiet(item) ? "" : reasonOf(item);
	const relation = item.kind === "step" ? item.checked.relation : "=";
	const parts: readonly Fragment[] = [
		reason !== "" &&
			html`<p class="reason">${richText(reason, typesetter)}</p>`,
		counterexample !== null &&
			counterexampleTable(counterexample, relation, typesetter),
		note !== null && html`<p class="note">${richText(note, typesetter)}</p>`,
		repair !== null && repairDisclosure(repair, typesetter),
	];
	if (parts.every((part) => part === false)) return null;
	return html`<div class="panel ${verdict}">${!alone && panelTitle(item, typesetter)}${join(parts)}</div>`;
}

function panelTitle(item: Item, typesetter: Typesetter): Html {
	if (item.kind === "update") {
		return html`<p class="which">Update of ${typesetter.inline(item.checked.target)}</p>`;
	}
	return html`<p class="which">Step ${item.number}</p>`;
}

function repairDisclosure(repair: Repair, typesetter: Typesetter): Html {
	const formula = typesetter.cell(repair.latex);
	return html`<details class="repair"><summary>A repair that holds</summary>
<p>${richText(repair.kind, typesetter)}</p>
<div class="values" tabindex="0" role="group" aria-label="Repaired right side">${formula ?? html`<code>${repair.latex}</code>`}</div></details>`;
}
