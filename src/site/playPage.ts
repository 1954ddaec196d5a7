import { html } from "./html.js";
import { drawings } from "./vocabulary.js";

/**
 * Scripts of the site itself run, and what these make: the worker, and the module compiled from the sheet, are blobs.
 * Nothing else does, nothing is sent anywhere, and no script stands in the page.
 */
const policy =
	"default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src blob:; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";

/** The page of the playground, one folder below the others. */
export function playPage(): string {
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Playground · Tightbound</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../assets/katex/katex.css">
<link rel="stylesheet" href="../assets/tightbound.css">
<link rel="stylesheet" href="play.css">
<script defer src="page.js"></script>
</head>
<body class="playground">
<a class="skip" href="#editor">Skip to the editor</a>
${drawings}
<header class="site"><nav aria-label="Site"><span class="brand">Tightbound</span><a href="../index.html">All sheets</a><a href="../verdicts.html">How to read the verdicts</a><a href="index.html" aria-current="page">Playground</a></nav></header>
<main id="page-main">
<div class="bar-of-tools" role="group" aria-label="The sheet">
<button type="button" id="open-gallery">Sheets</button>
<label>Hints <select id="hints"><option value="where">where</option><option value="kind">what kind</option><option value="repair" selected>the repair</option></select></label>
<button type="button" id="share">Share</button>
<button type="button" id="download">Download</button>
<p id="draft" role="status"></p>
<p id="status" role="status">Loading the checker …</p>
</div>
<div id="linked" class="linked" hidden><label>Link to this sheet <input id="link" readonly></label></div>
<div class="panes">
<section class="pane writing" aria-label="Editor"><div id="editor"></div></section>
<section class="pane reading" id="reading" tabindex="0" aria-label="The sheet, checked"><div class="views" role="group" aria-label="What is shown"><button type="button" id="show-sheet" aria-pressed="true">Sheet</button><button type="button" id="show-algorithm" aria-pressed="false">Algorithm</button></div>
<header class="title"><h1 id="title">Playground</h1><div id="counts"></div></header><div id="sheet"><div id="preview" class="sheet"></div></div><div id="algorithm" hidden></div></section>
</div>
</main>
<dialog id="gallery" aria-labelledby="gallery-title"><header><h2 id="gallery-title">Sheets to start from</h2><button type="button" id="close-gallery">Close</button></header>
<ul id="gallery-sheets"></ul></dialog>
<noscript><p>The playground checks sheets in the browser and needs scripts, its own alone.</p></noscript>
</body>
</html>
`.text;
}
