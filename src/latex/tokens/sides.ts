import type { Token } from "./token.js";

/**
 * `p(x \lvert y)`: a bar with a side that finds no partner before the bracket around it closes can only separate.
 * One that is still open where the list ends is left alone, since its partner may stand in the next cell or line.
 */
export function separatingBars(tokens: readonly Token[]): Token[] {
	const result = [...tokens];
	const open: number[] = [];
	tokens.forEach((token, i) => {
		if (token.kind === "open") open.push(i);
		if (token.kind !== "close") return;
		const partner = open.findLastIndex((at) => closes(tokens[at], token));
		const between = open.slice(partner + 1);
		if (partner >= 0 && between.every((at) => isSided(tokens[at])))
			for (const at of between) result[at] = separator(tokens[at] as Token);
		if (partner >= 0) open.length = partner;
	});
	return result;
}

function closes(opening: Token | undefined, close: Token): boolean {
	return (
		opening?.kind === "open" &&
		close.kind === "close" &&
		opening.delimiter === close.delimiter
	);
}

function isSided(token: Token | undefined): boolean {
	return (
		token?.kind === "open" &&
		(token.delimiter === "|" || token.delimiter === "||")
	);
}

function separator(token: Token): Token {
	const double = token.kind === "open" && token.delimiter === "||";
	return { kind: "bar", double, middle: true, pair: false, span: token.span };
}
