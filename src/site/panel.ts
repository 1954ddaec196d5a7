import type { Repair } from "../check/result.js";
import { counterexampleTable } from "./counterexample.js";
import type { FormulaMark } from "./formula/marks.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Fragment, type Html, html, join } from "./html.js";
import type { Item } from "./placement.js";
import { richText, sentence } from "./richText.js";
import { isLoud, isNoteInMargin } from "./verdict.js";

/**
 * What stands beneath a row: the reason, the note, the counterexample and the repair; nothing for a verdict of which
 * the margin says all. `repaired` are the marks in the repair. `alone` is false if the row has other verdicts, so that the panel must say which it belongs to.
 */
export function itemPanel(
	item: Item,
	alone: boolean,
	typesetter: Typesetter,
	repaired: readonly FormulaMark[] = [],
): Html | null {
	const { checked } = item;
	const parts: readonly Fragment[] = [
		isLoud(checked) && paragraph("reason", reasonOf(item), typesetter),
		checked.note !== null &&
			!isNoteInMargin(item.kind, checked) &&
			paragraph("note", checked.note, typesetter),
		checked.counterexample !== null &&
			counterexampleTable(checked.counterexample, relationOf(item), typesetter),
		checked.repair !== null &&
			repairDisclosure(item, checked.repair, typesetter, repaired),
	];
	if (parts.every((part) => part === false)) return null;
	const title = alone ? null : html`<p class="which">${nameOf(item)}</p>`;
	return html`<div class="panel ${checked.verdict}">${title}${join(parts)}</div>`;
}

/** How the page refers to a step or an update. */
export function nameOf(item: Item): string {
	return item.kind === "step" ? `Step ${item.number}` : `Update ${item.number}`;
}

function paragraph(
	name: string,
	text: string,
	typesetter: Typesetter,
): Html | false {
	return (
		text !== "" &&
		html`<p class="${name}">${richText(sentence(text), typesetter)}</p>`
	);
}

/** That the sides differ needs no words beside the numbers that show it. */
function reasonOf({ kind, checked }: Item): string {
	if (kind === "update") return checked.certificate;
	const isShown = checked.counterexample !== null;
	return isShown && checked.reason === "the sides differ" ? "" : checked.reason;
}

function relationOf(item: Item): string {
	return item.kind === "step" ? item.checked.relation : "=";
}

function repairDisclosure(
	item: Item,
	repair: Repair,
	typesetter: Typesetter,
	marks: readonly FormulaMark[],
): Html {
	const formula =
		typesetter.cell(repair.latex, marks) ?? html`<code>${repair.latex}</code>`;
	return html`<details class="repair" data-of="${item.key}"><summary>A repair that holds</summary>
<p>${richText(sentence(repair.kind), typesetter)}</p>
<div class="values" tabindex="0" role="group" aria-label="Repaired formula">${formula}</div></details>`;
}
