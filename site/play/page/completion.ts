import type {
	Completion,
	CompletionContext,
	CompletionResult,
} from "@codemirror/autocomplete";
import type { Name } from "../protocol.js";
import { commands, passages } from "./words.js";

const commandOptions: readonly Completion[] = commands.map((label) => ({
	label: `\\${label}`,
	type: "keyword",
}));

const passageOptions: readonly Completion[] = passages.map(
	({ name, detail }) => ({ label: name, detail, type: "namespace" }),
);

/** Completes commands, the macros and symbols of the sheet, and the names of passages. */
export function completion(names: () => readonly Name[]) {
	return (context: CompletionContext): CompletionResult | null => {
		const passage = context.matchBefore(/^\s*:::+\s*\w*/);
		if (passage) {
			const from = passage.from + passage.text.search(/\w*$/);
			return { from, options: passageOptions, validFor: /^\w*$/ };
		}
		const command = context.matchBefore(/\\[A-Za-z]*/);
		if (command) {
			const text = context.state.doc.toString();
			const options = [...symbols(names()), ...macros(text), ...commandOptions];
			return { from: command.from, options, validFor: /^\\[A-Za-z]*$/ };
		}
		return asked(context, names());
	};
}

/** On request, symbols that begin with what stands there. */
function asked(
	context: CompletionContext,
	names: readonly Name[],
): CompletionResult | null {
	if (!context.explicit) return null;
	const word = context.matchBefore(/[A-Za-z]*/);
	const options = symbols(names);
	return { from: word?.from ?? context.pos, options };
}

function symbols(names: readonly Name[]): Completion[] {
	return names.map(({ latex, detail }) => ({
		label: latex,
		detail,
		type: "variable",
		boost: 2,
	}));
}

const definition =
	/\\(?:(?:re|provide)?newcommand|DeclareMathOperator)\*?\s*\{?(\\[A-Za-z]+)|\\def\s*(\\[A-Za-z]+)/g;

function macros(text: string): Completion[] {
	const found = new Set<string>();
	for (const match of text.matchAll(definition))
		found.add(match[1] ?? match[2] ?? "");
	return [...found].map((label) => ({
		label,
		detail: "macro of the sheet",
		type: "function",
		boost: 1,
	}));
}
