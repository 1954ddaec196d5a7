import type { CheckedUpdate } from "../check/result.js";
import { type Html, html } from "./html.js";
import type { Item } from "./placement.js";
import { richText } from "./richText.js";
import type { Typesetter } from "./typeset.js";
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

function stepMark(step: Step, typesetter: Typesetter): Html {
	const { verdict, reason, rules } = step;
	const used =
		rules.length > 0 && html`<p class="rules">${rules.join(", ")}</p>`;
	const why = html`<p class="why">${richText(reason, typesetter)}</p>`;
	const disclosed =
		reason !== "" && (verdict === "proved" || verdict === "given");
	if (disclosed) {
		return html`<details><summary>${mark(verdict)}</summary>${why}</details>${used}`;
	}
	return html`<p>${mark(verdict)}</p>${verdict === "agrees" && why}${used}`;
}

function updateMark(update: CheckedUpdate, typesetter: Typesetter): Html {
	const { verdict, target, certificate } = update;
	const stands = verdict !== "refuted" && verdict !== "unread";
	return html`<p>${mark(verdict)}</p><p class="target">Update of ${typesetter.inline(target)}</p>${
		stands && html`<p class="why">${richText(certificate, typesetter)}</p>`
	}`;
}

function link(item: Item): Html {
	const name = `${item.kind} ${item.number}, line ${item.checked.line}`;
	return html`<a class="number" href="#${itemId(item)}" aria-label="Link to ${name}" title="${name}">${item.number}</a>`;
}
