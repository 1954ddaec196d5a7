import type { Lexicon } from "../surface.js";
import type { LetterToken, Token } from "./token.js";
import {
	bareCallees,
	bareWords,
	constants,
	mustBeUpright,
} from "./vocabulary.js";

/**
 * Bare letters that spell a known word become that word: `const`, `ELBO`, and `KL`, `exp` before a bracket. `log` and the
 * like, which a page shows as a product of letters, become unreadable. All other runs stay letters side by side.
 */
export function joinBareWords(
	tokens: readonly Token[],
	lexicon: Lexicon,
): Token[] {
	const result: Token[] = [];
	for (let i = 0; i < tokens.length; ) {
		const run = runAt(tokens, i);
		const word =
			run.length > 1 ? wordOf(run, tokens[i + run.length], lexicon) : null;
		if (word) result.push(word);
		else result.push(...tokens.slice(i, i + Math.max(1, run.length)));
		i += Math.max(1, run.length);
	}
	return result;
}

/** The plain Latin letters from an index on that touch each other in the source, or come out of one macro. */
function runAt(tokens: readonly Token[], from: number): LetterToken[] {
	const run: LetterToken[] = [];
	for (let i = from; ; i++) {
		const token = tokens[i];
		if (
			token?.kind !== "letter" ||
			token.style !== "plain" ||
			token.accents.length > 0 ||
			!/^[A-Za-z]$/.test(token.name)
		)
			return run;
		const last = run[run.length - 1];
		if (
			last &&
			last.span.end !== token.span.start &&
			last.span.start !== token.span.start
		)
			return run;
		run.push(token);
	}
}

function wordOf(
	run: readonly LetterToken[],
	behind: Token | undefined,
	lexicon: Lexicon,
): Token | null {
	const name = run.map((t) => t.name).join("");
	const span = {
		start: (run[0] as LetterToken).span.start,
		end: (run[run.length - 1] as LetterToken).span.end,
	};
	const misspelt = [...mustBeUpright].find(
		(f) => name === f || (f.length > 2 && name.endsWith(f)),
	);
	if (misspelt && !run.every((t) => lexicon.isSymbol(t.name)))
		return {
			kind: "unreadable",
			message: `the letters “${misspelt}” look like a product`,
			expected: `\\${misspelt}`,
			span,
		};
	const called = bareCallees.has(name) && behind?.kind === "open";
	return called || bareWords.has(name) || constants.has(name)
		? { kind: "word", name, style: "upright", span }
		: null;
}
