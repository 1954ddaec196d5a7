import type { Problem } from "../problem.js";
import { type Html, html } from "./html.js";
import { shownPath } from "./sheetPage.js";
import type { SheetPart } from "./sheetPart.js";

/** The part of a site for a sheet of which nothing could be made: its page says why. */
export function failedPart(
	path: string,
	name: string,
	problem: Problem,
): SheetPart {
	const address = `${name}.html`;
	const title = path.split(/[\\/]/).at(-1) ?? path;
	const message = html`<ul class="messages"><li class="error"><span class="where">Not checked</span> ${sentences(problem)}</li></ul>`;
	const main = html`<article><header class="title"><h1>${title}</h1>
<p class="path">${shownPath(path)}</p>
${message}
</header></article>`;
	const card = html`<h2><a href="${address}">${title}</a></h2>
${message}
`;
	return {
		address,
		page: { title, current: null, main: main.text },
		card: {
			markup: card.text,
			graph: "",
			shared: { styles: [], drawings: [] },
		},
		more: [],
		remarks: [],
		files: [],
	};
}

function sentences({ message, expected }: Problem): Html {
	const first = message.charAt(0).toUpperCase() + message.slice(1);
	return html`${first}.${expected !== null && ` Expected: ${expected}.`}`;
}
