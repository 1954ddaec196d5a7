import {
	HighlightStyle,
	StreamLanguage,
	type StringStream,
	syntaxHighlighting,
} from "@codemirror/language";
import { tags } from "@lezer/highlight";

interface State {
	/** What ends the formula or the front matter that the stream is in; null in prose. */
	closing: string | null;
	isFrontMatter: boolean;
	isStart: boolean;
}

/** Sheets as they are coloured: front matter, blocks, formulas and the commands in them. Nothing else needs colour. */
const sheet = StreamLanguage.define<State>({
	name: "sheet",
	startState: () => ({ closing: null, isFrontMatter: false, isStart: true }),
	token(stream, state) {
		if (stream.sol() && state.isStart) {
			state.isStart = false;
			if (stream.match(/^---\s*$/)) {
				state.isFrontMatter = true;
				return "meta";
			}
		}
		if (state.isFrontMatter) return frontMatter(stream, state);
		return state.closing === null ? prose(stream, state) : math(stream, state);
	},
	tokenTable: {
		delimiter: tags.processingInstruction,
		command: tags.keyword,
		block: tags.heading,
	},
});

function frontMatter(stream: StringStream, state: State): string | null {
	if (stream.sol() && stream.match(/^---\s*$/)) {
		state.isFrontMatter = false;
		return "meta";
	}
	if (stream.sol() && stream.match(/^\s*[\w-]+(?=\s*:)/)) return "propertyName";
	stream.skipToEnd();
	return null;
}

const openings: readonly (readonly [RegExp, string])[] = [
	[/^\$\$/, "$$"],
	[/^\$(?!\s)/, "$"],
	[/^\\\[/, "\\]"],
	[/^\\\(/, "\\)"],
];

function prose(stream: StringStream, state: State): string | null {
	if (stream.sol()) {
		if (stream.match(/^\s*:::+.*/)) return "block";
		if (stream.match(/^#{1,6}\s.*/)) return "heading";
		if (stream.match(/^\s*```math\s*$/)) {
			state.closing = "```";
			return "delimiter";
		}
	}
	for (const [opening, closing] of openings)
		if (stream.match(opening)) {
			state.closing = closing;
			return "delimiter";
		}
	if (stream.match(/^\\[^[(]/)) return null;
	stream.next();
	stream.match(/^[^$\\]+/);
	return null;
}

function math(stream: StringStream, state: State): string | null {
	if (state.closing && stream.match(state.closing)) {
		state.closing = null;
		return "delimiter";
	}
	if (stream.match(/^\\([A-Za-z]+|.)/)) return "command";
	if (stream.match(/^%.*/)) return "comment";
	if (stream.match(/^\d+(\.\d+)?/)) return "number";
	stream.next();
	return null;
}

const style = HighlightStyle.define([
	{ tag: tags.keyword, class: "tok-command" },
	{ tag: tags.processingInstruction, class: "tok-delimiter" },
	{ tag: tags.heading, class: "tok-block" },
	{ tag: [tags.meta, tags.propertyName], class: "tok-meta" },
	{ tag: tags.comment, class: "tok-comment" },
	{ tag: tags.number, class: "tok-number" },
]);

export const language = [sheet, syntaxHighlighting(style)];
