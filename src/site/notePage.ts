import { html } from "./html.js";
import type { PageContent } from "./layout.js";

/** A page that says one thing, such as why there is nothing else to see. */
export function notePage(title: string, text: string): PageContent {
	const main = html`<article class="index"><header class="title"><h1>${title}</h1>
<p class="lead">${text}</p></header></article>`;
	return { title, current: null, main: main.text };
}
