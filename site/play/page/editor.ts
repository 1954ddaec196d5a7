import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
	drawSelection,
	EditorView,
	highlightActiveLine,
	highlightSpecialChars,
	keymap,
	lineNumbers,
} from "@codemirror/view";
import { language } from "./language.js";

/** Characters that nobody types at once. */
const longInput = 200;

/** The editor of a sheet. Tab moves on to the next control, as everywhere on a page. */
export function createEditor(
	parent: HTMLElement,
	text: string,
	onChange: (text: string) => void,
	extensions: Extension,
): EditorView {
	const state = EditorState.create({
		doc: text,
		extensions: [
			lineNumbers(),
			lintGutter(),
			highlightSpecialChars(),
			history(),
			drawSelection(),
			bracketMatching(),
			highlightActiveLine(),
			EditorView.lineWrapping,
			EditorView.contentAttributes.of({
				"aria-label": "The sheet, in Markdown with LaTeX",
				tabindex: "0",
				spellcheck: "false",
				autocapitalize: "off",
				autocorrect: "off",
			}),
			takeWhole,
			language,
			extensions,
			keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
			EditorView.updateListener.of((update) => {
				if (update.docChanged) onChange(update.state.doc.toString());
			}),
		],
	});
	return new EditorView({ state, parent });
}

/**
 * Puts a long text in at once that comes as if it had been typed, as keyboards of phones paste and dictation speaks. Browsers
 * would make an element for each of its lines and have them read again one by one, which takes minutes for thousands.
 */
const takeWhole = EditorView.domEventHandlers({
	beforeinput(event, view) {
		const text = event.inputType === "insertText" ? event.data : null;
		if (text === null || text.length < longInput) return false;
		view.dispatch(view.state.replaceSelection(text), {
			userEvent: "input.paste",
		});
		return true;
	},
});

/** Replaces the whole text, as one change that can be undone. */
export function replaceText(view: EditorView, text: string): void {
	view.dispatch({
		changes: { from: 0, to: view.state.doc.length, insert: text },
		selection: { anchor: 0 },
		scrollIntoView: true,
	});
}
