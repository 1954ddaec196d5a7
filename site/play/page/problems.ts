import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { Finding } from "../protocol.js";

/** Underlines what the checker found, at its place. */
export function showProblems(
	view: EditorView,
	findings: readonly Finding[],
): void {
	const diagnostics = findings.map((finding) => asDiagnostic(view, finding));
	diagnostics.sort((a, b) => a.from - b.from || a.to - b.to);
	view.dispatch(setDiagnostics(view.state, diagnostics));
}

function asDiagnostic(view: EditorView, finding: Finding): Diagnostic {
	const { doc } = view.state;
	const { line, column, endLine, written, severity, message } = finding;
	const first = doc.line(Math.min(Math.max(line, 1), doc.lines));
	const from = Math.min(first.from + column - 1, first.to);
	const last = doc.line(Math.min(Math.max(endLine, line), doc.lines));
	const isThere =
		written !== "" && doc.sliceString(from, from + written.length) === written;
	return {
		from,
		to: isThere ? from + written.length : Math.max(last.to, from),
		severity,
		message,
	};
}
