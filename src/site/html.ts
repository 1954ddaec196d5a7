/** Markup that may be inserted as it stands. Everything else that a template is given is escaped. */
export class Html {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}

	toString(): string {
		return this.text;
	}
}

/** What may stand in a template's slot; `null`, `undefined` and `false` leave it empty. */
export type Fragment =
	| Html
	| string
	| number
	| null
	| undefined
	| false
	| readonly Fragment[];

/** A template whose slots are escaped, unless they hold markup. */
export function html(
	pieces: TemplateStringsArray,
	...slots: readonly Fragment[]
): Html {
	let text = pieces[0] ?? "";
	for (const [n, slot] of slots.entries()) {
		text += fragment(slot) + (pieces[n + 1] ?? "");
	}
	return new Html(text);
}

/** The fragments one after the other. */
export function join(fragments: readonly Fragment[]): Html {
	return new Html(fragments.map(fragment).join(""));
}

/** Markup made by a renderer that escapes by itself. */
export function raw(markup: string): Html {
	return new Html(markup);
}

/** Text as it may stand between tags or inside a quoted attribute. */
export function escapeText(text: string): string {
	return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Characters that no HTML document may hold, and those that turn the text behind them around to pass for another. */
const unseemly =
	/(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e]/gu;
/** Those, halves of characters that may be such, and nothing that is common: found six times as fast. */
const suspect =
	/[^\t\n\r -~\xa0-\u2029\u202f-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]/;

/** Markup in which such characters can be seen. */
export function seemly(markup: string): string {
	return suspect.test(markup) ? markup.replace(unseemly, "\ufffd") : markup;
}

function fragment(slot: Fragment): string {
	if (slot instanceof Html) return slot.text;
	if (typeof slot === "string") return escapeText(slot);
	if (typeof slot === "number") return String(slot);
	if (slot === null || slot === undefined || slot === false) return "";
	return slot.map(fragment).join("");
}
