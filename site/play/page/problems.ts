import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { Finding, Offer } from "../protocol.js";
import { offsetsOf } from "./places.js";

/** Underlines what the checker found, at its place; a repair can be applied from there. */
export function showProblems(
	view: EditorView,
	findings: readonly Finding[],
	apply: (offer: Offer) => void,
): void {
	const diagnostics = findings.map((finding): Diagnostic => {
		const { severity, message, region, repair } = finding;
		const actions = repair
			? [{ name: "Apply the repair", apply: () => apply(repair) }]
			: [];
		return { ...offsetsOf(view.state.doc, region), severity, message, actions };
	});
	diagnostics.sort((a, b) => a.from - b.from || a.to - b.to);
	view.dispatch(setDiagnostics(view.state, diagnostics));
}
