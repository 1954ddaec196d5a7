import type { Card } from "./card.js";
import { Economy } from "./formula/economy.js";
import { html, raw } from "./html.js";
import type { PageContent } from "./layout.js";

/** An index of more sheets than this has no graphs, so that it stays small. */
const mostGraphs = 40;

/** The list of all sheets, from the entry of each, and the rules that its formulas need. */
export function indexPage(cards: readonly Card[]): {
	readonly content: PageContent;
	readonly css: string;
} {
	const economy = new Economy();
	const withGraphs = cards.length <= mostGraphs;
	const entries = cards.map(
		({ markup, graph, shared }) =>
			html`<li class="card">${raw(economy.adopt(markup, shared))}${withGraphs && raw(graph)}</li>
`,
	);
	const main = html`<article class="index"><header class="title"><h1>Checked derivations</h1>
<p class="lead">Every step of every sheet was checked; each stands with its verdict beside it. <a href="verdicts.html">How to read the verdicts</a>.</p></header>
<ul class="cards">${entries}</ul></article>
${economy.symbols}`;
	return {
		content: {
			title: "Checked derivations",
			current: "index",
			main: main.text,
			css: indexStyles.join("/"),
		},
		css: economy.css,
	};
}

/** Where the rules of the index stand, by the names of folders and file. */
export const indexStyles = ["assets", "index.css"] as const;
