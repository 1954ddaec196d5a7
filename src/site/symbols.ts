import type { SymbolInfo } from "../expr/context.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import type { LineAnchors } from "./lineAnchors.js";
import { symbolName } from "./symbolName.js";

const roles: Readonly<Record<SymbolInfo["role"], string>> = {
	datum: "observed",
	latent: "latent",
	parameter: "known",
	variational: "variational",
};

/** The sheet's symbols: what each is, what it may be, and the line that says so. */
export function symbolTable(
	symbols: ReadonlyMap<string, SymbolInfo>,
	lines: LineAnchors,
	typesetter: Typesetter,
): Html {
	const placed = [...symbols.values()].some((info) => info.line > 0);
	const rows = [...symbols.values()].map(
		(info) =>
			html`<tr><th scope="row">${symbolName(info.latex, typesetter)}</th><td>${roles[info.role]}</td><td>${domain(info, typesetter)}</td><td>${shape(info, typesetter)}</td>${placed && html`<td>${declared(info.line, lines)}</td>`}</tr>`,
	);
	return html`<div class="table" tabindex="0" role="group" aria-label="Symbols"><table class="symbols"><thead><tr><th scope="col">Symbol</th><th scope="col">Role</th><th scope="col">Values</th><th scope="col">Shape</th>${placed && html`<th scope="col">Declared</th>`}</tr></thead>
<tbody>${join(rows)}</tbody></table></div>`;
}

function declared(line: number, lines: LineAnchors): Html | null {
	if (line === 0) return null;
	const address = lines.addressOf(line);
	return address === null
		? html`line ${line}`
		: html`<a href="${address}">line ${line}</a>`;
}

/** `positive`, `positive definite`, or a label with what it counts to. */
function domain({ type, labels }: SymbolInfo, typesetter: Typesetter): Html {
	if (labels !== null)
		return html`label ${typesetter.inline(`1,\\dots,${labels}`)}`;
	return html`${type === "posdef" ? "positive definite" : type}`;
}

/** The lengths of the axes, `N × D`; a number has none. */
function shape({ dims }: SymbolInfo, typesetter: Typesetter): Html | null {
	return dims.length === 0 ? null : typesetter.inline(dims.join(" \\times "));
}
