import type { Token } from "./token.js";

/**
 * `p(x \lvert y)`: a bar with a side that finds no partner before the bracket around it closes can only separate.
 * One that is still open where the list ends is left alone, since its partner may stand in the next cell or line.
 */
export function separatingBars(written: readonly Token[]): Token[] {
	const tokens = joinedPairs(written);
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

/** `q \\lvert\\rvert p`: bars with nothing between them are the double bar of a divergence. */
function joinedPairs(tokens: readonly Token[]): readonly Token[] {
	const isEmpty = (i: number) => {
		const [open, close] = [tokens[i], tokens[i + 1]];
		return (
			open?.kind === "open" &&
			open.delimiter === "|" &&
			close?.kind === "close" &&
			close.delimiter === "|"
		);
	};
	return tokens.flatMap((token, i): Token[] => {
		if (i > 0 && isEmpty(i - 1)) return [];
		if (!isEmpty(i)) return [token];
		const span = { start: token.span.start, end: token.span.end };
		return [{ kind: "bar", double: true, middle: true, pair: false, span }];
	});
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
