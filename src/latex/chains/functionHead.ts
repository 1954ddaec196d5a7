import type { Lexicon } from "../surface.js";
import { trimmed } from "../tokens/spacing.js";
import type { Token } from "../tokens/token.js";
import type { Draft } from "./draft.js";

/**
 * The name of a function that stands with its arguments, and nothing else, on the left of a definition: λ of
 * `\lambda(\xi) := …`; of an equation as well, where the letter is no symbol that could be a factor. Null if none does.
 */
export function functionAtHead(draft: Draft, lexicon: Lexicon): string | null {
	const [head, next] = draft.sides;
	const sign = next?.relation?.relation;
	if (!head || draft.continues || (sign !== ":=" && sign !== "=")) return null;
	const tokens = trimmed(head.tokens).filter((t) => t.kind !== "space");
	const [name, ...behind] = tokens;
	if (name?.kind !== "letter" || !isPlain(name.style)) return null;
	if (sign === "=" && lexicon.isSymbol(name.name)) return null;
	const bracket = behind[0]?.kind === "scripts" ? behind.slice(1) : behind;
	return isListOfNames(bracket) ? name.name : null;
}

function isPlain(style: string): boolean {
	return style === "plain" || style === "bold";
}

/** `(x)`, `(a, b)`: letters and commas in turn, in one bracket. */
function isListOfNames(tokens: readonly Token[]): boolean {
	const [open, close] = [tokens[0], tokens.at(-1)];
	const inside = tokens.slice(1, -1);
	return (
		open?.kind === "open" &&
		open.delimiter === "(" &&
		close?.kind === "close" &&
		inside.length % 2 === 1 &&
		inside.every((t, i) =>
			i % 2 === 0
				? t.kind === "letter"
				: t.kind === "punctuation" && t.mark === ",",
		)
	);
}
