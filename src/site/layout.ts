import { type Fragment, html } from "./html.js";
import { drawings } from "./vocabulary.js";

/** A whole page. `current` names the entry of the navigation that the reader is at, if any. */
export function page(options: {
	readonly title: string;
	readonly current: "index" | "verdicts" | null;
	readonly main: Fragment;
}): string {
	const { title, current, main } = options;
	const entry = (name: "index" | "verdicts", text: string) =>
		html`<a href="${name}.html"${current === name && html` aria-current="page"`}>${text}</a>`;
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/katex/katex.css">
<link rel="stylesheet" href="assets/tightbound.css">
</head>
<body>
<a class="skip" href="#page-main">Skip to the content</a>
${drawings}
<header class="site"><nav aria-label="Site"><span class="brand">Tightbound</span>${entry("index", "All sheets")}${entry("verdicts", "How to read the verdicts")}</nav></header>
<main id="page-main">
${main}
</main>
<footer class="site"><p>Checked and typeset by Tightbound. No script runs on this page and nothing is loaded from elsewhere.</p></footer>
</body>
</html>
`.text;
}

/** No script, no frame, no form, nothing from elsewhere. KaTeX sets sizes in style attributes. */
const policy =
	"default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
