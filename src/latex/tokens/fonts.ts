import type { Span } from "../../problem.js";
import type { LetterToken, Style, Token } from "./token.js";

/** Words that stay words in bold, where other runs of letters are products of bold letters. */
const boldWords = new Set(["KL", "ELBO", "Var", "Cov", "Cat", "tr", "Tr"]);

/**
 * The tokens of a font command's argument in that style. Several letters under one upright, calligraphic or double-struck
 * command are a word (`\mathrm{KL}`), with points and spaces a text (`\mathrm{const.\ w.r.t.}`).
 */
export function styled(
	tokens: readonly Token[],
	style: Style,
	span: Span,
): Token[] {
	const isPlain = (t: Token): t is LetterToken =>
		t.kind === "letter" && t.style === "plain" && /^[A-Za-z]$/.test(t.name);
	if (isProse(tokens))
		return [{ kind: "text", text: proseOf(tokens), math: [], span }];
	if (tokens.length > 1 && tokens.every(isPlain)) {
		const name = tokens.map((t) => (t as LetterToken).name).join("");
		if (style !== "bold" || boldWords.has(name))
			return [
				{
					kind: "word",
					name,
					style: style === "plain" ? "upright" : style,
					span,
				},
			];
	}
	return joinRuns(tokens, style);
}

function isProse(tokens: readonly Token[]): boolean {
	const letters = tokens.filter((t) => t.kind === "letter").length;
	return (
		letters > 1 &&
		tokens.some((t) => t.kind === "space" || t.kind === "punctuation") &&
		tokens.every(
			(t) =>
				t.kind === "letter" ||
				t.kind === "space" ||
				(t.kind === "punctuation" && t.mark === ".") ||
				(t.kind === "operator" && t.operator === "-"),
		)
	);
}

function proseOf(tokens: readonly Token[]): string {
	return tokens
		.map((t) =>
			t.kind === "letter"
				? t.name
				: t.kind === "punctuation"
					? t.mark
					: t.kind === "operator"
						? "-"
						: " ",
		)
		.join("");
}

/** Letters get the style; in upright fonts neighbouring ones become a word. */
function joinRuns(tokens: readonly Token[], style: Style): Token[] {
	const result: Token[] = [];
	for (const token of tokens) {
		const last = result[result.length - 1];
		if (token.kind === "letter" && token.style === "plain") {
			const joins =
				(style === "upright" || style === "sans") &&
				token.accents.length === 0 &&
				/^[A-Za-z]$/.test(token.name);
			if (
				joins &&
				last &&
				(last.kind === "word" ||
					(last.kind === "letter" &&
						last.style === style &&
						/^[A-Za-z]$/.test(last.name)))
			)
				result[result.length - 1] = {
					kind: "word",
					name: last.name + token.name,
					style,
					span: { start: last.span.start, end: token.span.end },
				};
			else result.push({ ...token, style });
		} else if (
			token.kind === "number" &&
			token.text === "1" &&
			(style === "bold" || style === "bb")
		)
			result.push({
				kind: "letter",
				name: "1",
				style,
				accents: [],
				span: token.span,
			});
		else if (token.kind === "scripts") result.push(token);
		else result.push(token);
	}
	return result;
}
