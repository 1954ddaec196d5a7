import { html, raw, seemly } from "./html.js";
import { drawings } from "./vocabulary.js";

/** What a page shows, without its frame. */
export interface PageContent {
	readonly title: string;
	/** The entry of the navigation that the reader is at, if any. */
	readonly current: "index" | "verdicts" | null;
	/** Markup. */
	readonly main: string;
	/** The address of the rules that this page alone needs, if it needs any. */
	readonly css?: string;
}

/** `live` pages come from our own server and repaint themselves when a sheet was saved; all others hold no script. */
export type PageKind = "static" | "live";

/** A whole page. */
export function page(
	{ title, current, main, css }: PageContent,
	kind: PageKind = "static",
): string {
	const isLive = kind === "live";
	const entry = (name: "index" | "verdicts", text: string) =>
		html`<a href="${name}.html"${current === name && html` aria-current="page"`}>${text}</a>`;
	const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${[...policy, ...(isLive ? livePolicy : [])].join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="assets/icon.svg">
<link rel="stylesheet" href="assets/katex/katex.css">
<link rel="stylesheet" href="assets/tightbound.css">
${css && html`<link rel="stylesheet" href="${css}">`}
${
	isLive &&
	html`<link rel="stylesheet" href="assets/live.css">
<script defer src="assets/live.js"></script>`
}
</head>
<body>
<a class="skip" href="#page-main">Skip to the content</a>
${drawings}
<header class="site"><nav aria-label="Site"><span class="brand">Tightbound</span>${entry("index", "All sheets")}${entry("verdicts", "How to read the verdicts")}<a href="play/index.html">Playground</a></nav></header>
<main id="page-main">
${raw(main)}
</main>
<footer class="site"><p>Checked and typeset by Tightbound. ${isLive ? live : still}</p></footer>
</body>
</html>
`;
	return seemly(whole.text);
}

/** No script, no frame, no form, nothing from elsewhere. KaTeX sets sizes in style attributes, never in style elements. */
const policy = [
	"default-src 'none'",
	"style-src 'self'",
	"style-src-attr 'unsafe-inline'",
	"font-src 'self'",
	"img-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
];

/** The one script that repaints a live page, and the server that it asks. */
const livePolicy = ["script-src 'self'", "connect-src 'self'"];

const still =
	"No script runs on this page and nothing is loaded from elsewhere.";
const live = "This page follows its sheet: it changes whenever that is saved.";
