import type { CheckedSheet } from "../check/result.js";
import { algorithmMarkup } from "./algorithm.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import type { LineAnchors } from "./lineAnchors.js";
import { itemPanel, nameOf } from "./panel.js";
import type { Placement } from "./placement.js";
import { richText, sentence } from "./richText.js";
import { messages } from "./sheetHeader.js";
import type { SheetView } from "./sheetPage.js";
import { symbolTable } from "./symbols.js";
import { itemMark } from "./verdict.js";
import { mark } from "./vocabulary.js";

/** A part of the page that was made from the sheet and its verdicts. */
export interface Section {
	readonly id: string;
	readonly title: string;
	readonly content: Html;
}

/** What stands below a sheet, in order; parts of which there is nothing to say are left out. */
export function sectionsOf(
	view: SheetView,
	placement: Placement,
	lines: LineAnchors,
	typesetter: Typesetter,
): readonly Section[] {
	const { checked } = view;
	const all: readonly (readonly [string, string, Html | null])[] = [
		["elsewhere", "Elsewhere in the sheet", elsewhere(placement, typesetter)],
		["symbols", "Symbols", symbols(checked, lines, typesetter)],
		[
			"updates",
			"Certificates of the updates",
			certificates(placement, typesetter),
		],
		["solver", "The algorithm", algorithm(view, typesetter)],
		["fit", "The fit", plots(view)],
		["notes", "How it was read", messages(checked, ["info"], typesetter)],
	];
	return all.flatMap(([name, title, content]) =>
		content === null ? [] : [{ id: `page-${name}`, title, content }],
	);
}

export function sectionMarkup({ id, title, content }: Section): Html {
	return html`<section class="part" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}</section>
`;
}

function symbols(
	{ context }: CheckedSheet,
	lines: LineAnchors,
	typesetter: Typesetter,
): Html | null {
	if (context.symbols.size === 0) return null;
	return symbolTable(context.symbols, lines, typesetter);
}

/** Verdicts of what stands in no display, so that none is left out. */
function elsewhere(placement: Placement, typesetter: Typesetter): Html | null {
	if (placement.elsewhere.length === 0) return null;
	const entries = placement.elsewhere.map((item) => {
		const formula =
			item.kind === "step"
				? typesetter.inline(item.checked.right)
				: typesetter.inline(item.checked.target);
		return html`<li><p>line ${item.checked.line}: ${formula}</p>${itemMark(item, typesetter)}${itemPanel(item, true, typesetter)}</li>`;
	});
	return html`<ul class="elsewhere">${join(entries)}</ul>`;
}

/** What was shown of each update, and where it stands. */
function certificates(
	placement: Placement,
	typesetter: Typesetter,
): Html | null {
	const items = [
		...[...placement.byDisplay.values()].flat(),
		...placement.elsewhere,
	];
	const rows = items.flatMap((item) => {
		if (item.kind !== "update") return [];
		const { target, verdict, certificate } = item.checked;
		return [
			html`<tr><th scope="row"><a href="#${item.anchor}">${nameOf(item)}</a></th><td>${typesetter.inline(target)}</td><td>${mark(verdict)}</td><td>${richText(sentence(certificate), typesetter)}</td></tr>
`,
		];
	});
	if (rows.length === 0) return null;
	return html`<div class="table" tabindex="0" role="group" aria-label="Certificates"><table class="certificates"><thead><tr><th scope="col">Update</th><th scope="col">Parameter</th><th scope="col">Verdict</th><th scope="col">Certificate</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** The updates as pseudo-code and as a program. */
function algorithm({ checked, solver }: SheetView, typesetter: Typesetter) {
	const steps =
		checked.solvable && algorithmMarkup(checked.solvable, typesetter);
	if (steps === null && solver === null) return null;
	const program =
		solver !== null &&
		html`<div class="program"><p>The same as a program: a module of JavaScript that needs nothing else. <a href="${solver.address}" download>Download the module</a>.</p>
<details class="code"><summary>Show the program</summary><pre tabindex="0" role="group" aria-label="Source of the solver"><code>${solver.source}</code></pre></details></div>`;
	return html`${steps}${program}`;
}

function plots({ plot }: SheetView): Html | null {
	if (plot === null) return null;
	return html`<figure class="plot"><img src="${plot}" alt="The data with the fitted components, and the bound by sweep"><figcaption>What the compiled algorithm finds in the data: points with the fitted components, and the bound growing sweep by sweep.</figcaption></figure>`;
}
