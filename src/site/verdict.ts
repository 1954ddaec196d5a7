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
			: updateMark(item.checked, item.anchor !== null, typesetter);
	const { anchor } = item;
	if (anchor === null)
		return html`<div class="verdict ${item.checked.verdict}">${said}</div>`;
	return html`<div class="verdict ${item.checked.verdict}" id="${anchor}">${said}${link(item, anchor)}</div>`;
}

/** Whether the reason stands beneath the row, because there is more to say than a margin holds. */
export function isLoud({ verdict }: Item["checked"]): boolean {
	return verdict === "refuted" || verdict === "unread";
}

type Step = Extract<Item, { kind: "step" }>["checked"];

/** Rules that are named at once, and how long they may be together; the others stand behind the disclosure. */
const most = { rules: 2, letters: 56 };

/** What nearly every step uses, and what therefore says least of one. */
const everyday: ReadonlySet<string> = new Set([
	"linearity of the expectation",
	"logarithm of a product",
	"probabilities add up to 1",
	"sum over a Kronecker delta",
	"common denominator",
]);

/** The rules of a step, the telling ones first: those that the margin names, and the others. */
export function rulesOf(rules: readonly string[]): {
	readonly named: readonly string[];
	readonly others: readonly string[];
} {
	const telling = rules.filter((rule) => !everyday.has(rule));
	const ordered = [...telling, ...rules.filter((rule) => everyday.has(rule))];
	let count = Math.min(most.rules, ordered.length);
	const length = () => ordered.slice(0, count).join(", ").length;
	while (count > 1 && length() > most.letters) count -= 1;
	return { named: ordered.slice(0, count), others: ordered.slice(count) };
}

function stepMark(step: Step, typesetter: Typesetter): Html {
	const { verdict, rules } = step;
	const note =
		isNoteInMargin("step", step) &&
		html`<p class="rules">${richText(step.note ?? "", typesetter)}</p>`;
	const { named, others } = rulesOf(rules);
	const shown = named.join(", ");
	const used =
		shown !== "" && html`<p class="rules">${richText(shown, typesetter)}</p>`;
	const why = whyOf(step).map(
		(text) => html`<p class="why">${richText(text, typesetter)}</p>`,
	);
	if (verdict === "agrees") return html`<p>${mark(verdict)}</p>${why}${note}`;
	if (why.length === 0 || verdict === "refuted" || verdict === "unread") {
		return html`<p>${mark(verdict)}</p>${used}${note}`;
	}
	const more =
		others.length > 0 && html` <span class="more">+${others.length}</span>`;
	return html`<details><summary>${mark(verdict)}${more}</summary>${why}</details>${used}${note}`;
}

/** A note that is longer than this stands beneath the row. */
const longestNote = 90;

/** Whether the margin holds the note of a step or an update. */
export function isNoteInMargin(
	kind: Item["kind"],
	checked: Item["checked"],
): boolean {
	const { note } = checked;
	return (
		kind === "step" &&
		note !== null &&
		!isLoud(checked) &&
		note.length <= longestNote
	);
}

/** What the margin leaves to say: the reason, unless it repeats the rules, and those of a proof that did not fit. */
function whyOf({ verdict, reason, rules, note }: Step): readonly string[] {
	if (note?.startsWith("says nothing")) return [];
	if (verdict === "agrees") return [sentence(reason)].filter(Boolean);
	const others = rulesOf(rules).others.join(", ");
	const repeats = rules.join(", ").startsWith(reason);
	return [repeats ? "" : sentence(reason), others && `Also: ${others}.`].filter(
		Boolean,
	);
}

/** @param isLinked whether the page has the certificates */
function updateMark(
	update: CheckedUpdate,
	isLinked: boolean,
	typesetter: Typesetter,
): Html {
	const { verdict, target, certificate } = update;
	const [kind = ""] = certificate.split(":");
	const stands = verdict !== "refuted" && verdict !== "unread";
	const shown = kind.length < 40 ? kind : "certificate";
	return html`<p>${mark(verdict)}</p><p class="target">Update of ${typesetter.inline(target)}</p>${
		stands &&
		html`<p class="rules">${isLinked ? html`<a href="#page-updates">${shown}</a>` : shown}</p>`
	}`;
}

function link(item: Item, anchor: string): Html {
	const name = `${item.kind} ${item.number}, line ${item.checked.line}`;
	return html`<a class="number" href="#${anchor}" aria-label="Link to ${name}">${item.number}</a>`;
}
