import type { BarToken, Token } from "./token.js";

/**
 * Decides of every upright bar whether it opens, closes or separates; afterwards a remaining `bar` token separates.
 * A bar where an operand must begin opens; one after an operand closes what is open, and otherwise separates if the
 * bars that are left at its level are odd in number (`p(x | y)`), and opens if they are even (`a |x|`).
 */
export function resolveBars(tokens: readonly Token[]): Token[] {
	if (!tokens.some((t) => t.kind === "bar")) return [...tokens];
	const result: Token[] = [];
	const behind = barsBehind(tokens);
	const levels: Level[] = [{ single: false, double: false }];
	tokens.forEach((token, i) => {
		if (token.kind === "open") levels.push({ single: false, double: false });
		else if (token.kind === "close" && levels.length > 1) levels.pop();
		const level = levels[levels.length - 1] as Level;
		if (token.kind !== "bar") result.push(token);
		else
			for (const bar of touching(token, level))
				result.push(resolved(bar, behind[i] as Counts, level, result));
	});
	return result;
}

/** Which bars are open at a level of brackets. */
interface Level {
	single: boolean;
	double: boolean;
}

/** `|a||b|` has two single bars in the middle, `||a||` double ones: a pair that meets an open single bar is two. */
function touching(bar: BarToken, level: Level): readonly BarToken[] {
	if (!bar.pair || !level.single) return [bar];
	const middle = Math.floor((bar.span.start + bar.span.end) / 2);
	const half = { ...bar, double: false, pair: false };
	return [
		{ ...half, span: { start: bar.span.start, end: middle } },
		{ ...half, span: { start: middle, end: bar.span.end } },
	];
}

function resolved(
	bar: BarToken,
	behind: Counts,
	level: Level,
	before: readonly Token[],
): Token {
	if (bar.middle) return bar;
	const kind = bar.double ? "double" : "single";
	const delimiter = bar.double ? "||" : "|";
	const afterOperand = endsOperand(before);
	if (afterOperand && level[kind]) {
		level[kind] = false;
		return { kind: "close", delimiter, span: bar.span };
	}
	const isOdd = behind[kind] % 2 === 0;
	if (afterOperand ? isOdd : level[kind]) return { ...bar, middle: true };
	level[kind] = true;
	return { kind: "open", delimiter, span: bar.span };
}

interface Counts {
	readonly single: number;
	readonly double: number;
}

/** For each token, how many bars of each kind follow it on its own level of brackets. */
function barsBehind(tokens: readonly Token[]): Counts[] {
	const behind: Counts[] = new Array(tokens.length);
	const levels: Counts[] = [{ single: 0, double: 0 }];
	for (let i = tokens.length - 1; i >= 0; i--) {
		const token = tokens[i] as Token;
		if (token.kind === "close") levels.push({ single: 0, double: 0 });
		else if (token.kind === "open" && levels.length > 1) levels.pop();
		const { single, double } = levels.pop() as Counts;
		behind[i] = { single, double };
		const counts = token.kind === "bar" && !token.middle;
		levels.push({
			single: single + (counts && !token.double ? 1 : 0),
			double: double + (counts && token.double ? 1 : 0),
		});
	}
	return behind;
}

/** Whether an operand has just ended, so that another one beside it would be juxtaposition. */
function endsOperand(before: readonly Token[]): boolean {
	const last = before[before.length - 1];
	switch (last?.kind) {
		case "number":
		case "letter":
		case "text":
		case "close":
		case "fraction":
		case "binomial":
		case "root":
		case "evaluation":
			return true;
		case "sign":
			return last.sign === "dots";
		case "operator":
			return last.operator === "·" && before.at(-2)?.kind === "open";
		case "scripts":
			return endsScripted(before);
		default:
			return false;
	}
}

/** `x_i |` follows an operand, `\sum_i |` and `\log_2 |` do not. */
function endsScripted(before: readonly Token[]): boolean {
	const base = before.findLast((t) => t.kind !== "scripts");
	return (
		base !== undefined &&
		base.kind !== "big" &&
		base.kind !== "word" &&
		base.kind !== "sign"
	);
}
