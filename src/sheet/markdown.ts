import MarkdownIt, { type MarkdownIt as Markdown } from "markdown-it";
import { commentPlugin } from "./comment.js";
import { divPlugin } from "./div.js";
import { mathBlockPlugin } from "./mathBlock.js";
import { mathFencePlugin } from "./mathFence.js";
import { mathInlinePlugin } from "./mathInline.js";
import { paragraphPlugin } from "./paragraph.js";

/**
 * The Markdown of sheets: CommonMark and tables, with divs and mathematics, without HTML. Comments are dropped, so that
 * nothing is checked that cannot be seen. The rules come before markdown-it's own, the last plugin's first.
 */
export function createMarkdown(): Markdown {
	return new MarkdownIt({ html: false, linkify: false, typographer: false })
		.use(mathBlockPlugin)
		.use(mathFencePlugin)
		.use(divPlugin)
		.use(commentPlugin)
		.use(paragraphPlugin)
		.use(mathInlinePlugin);
}
