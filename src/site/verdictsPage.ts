import { html, join } from "./html.js";
import type { PageContent } from "./layout.js";
import { mark, terms } from "./vocabulary.js";

/** How to read the verdicts: the same for every site. */
export function verdictsPage(): PageContent {
	const entries = terms.map(
		(term) =>
			html`<div class="term ${term.verdict}"><dt>${mark(term.verdict)}</dt><dd><p>${term.promise}</p><p class="advice">${term.advice}</p></dd></div>
`,
	);
	const main = html`<article class="verdicts"><header class="title"><h1>How to read the verdicts</h1>
<p class="lead">A derivation is a chain of steps. Each step joins two neighbouring expressions by a relation, and each has one of five verdicts beside it.</p></header>
<dl class="terms">${join(entries)}</dl>
<section><h2>Two opinions on every step</h2>
<p>One part of the checker rewrites formulas by rules. Another computes numbers and knows no rules: it adds up, integrates and differentiates both sides in small worlds, with concrete sizes and values that the sheet’s assumptions allow. A step is proved only where the two agree, and no step is called proved on the word of one of them.</p></section>
<section><h2>What a counterexample shows</h2>
<p>Beside a refuted step stand the sizes, such as the number of points and of dimensions, the values of the symbols, and what both sides come to there. You can follow it with pencil and paper. Where the step holds in one dimension alone, the report says so.</p></section>
<section><h2>Constants and proportionality</h2>
<p>“Equal up to a constant” and “proportional to” always leave something free: the two sides may differ by what does not depend on one variable. Each such step says which variable that is.</p></section>
<section><h2>Certified updates</h2>
<p>An update is checked against the model itself, whatever the derivation did on the way. An exact certificate says that the update gives the optimal factor; a restricted one says that it is the only stationary point within the family, and a maximum. Only certified updates become part of the algorithm.</p></section>
<section><h2>What is not checked</h2>
<p>Prose, asides, remarks beside a row and formulas within a line of text are shown as written, without a verdict.</p></section></article>`;
	return {
		title: "How to read the verdicts",
		current: "verdicts",
		main: main.text,
	};
}
