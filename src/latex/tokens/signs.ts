import type { Span } from "../../problem.js";
import type { Node } from "../nodes.js";
import {
	bars,
	letters,
	operators,
	relations,
	separators,
	sided,
	signs,
} from "./symbols.js";
import type { Token } from "./token.js";

/** The token for a character or command that KaTeX treats as one symbol. */
export function signToken(text: string, span: Span): Token {
	const side = sided.get(text);
	if (side) return { kind: side[0], delimiter: side[1], span };
	const separator = separators.get(text);
	const bar = separator ?? bars.get(text);
	if (bar)
		return {
			kind: "bar",
			double: bar === "||",
			middle: separator !== undefined,
			pair: false,
			span,
		};
	if (/^[0-9.]$/.test(text)) return { kind: "number", text, span };
	if (/^[A-Za-z]$/.test(text)) return letter(text, span);
	if (text === "\\prime" || text === "′")
		return { kind: "operator", operator: "′", span };
	if (text === "̸")
		return { kind: "relation", relation: "not", above: null, span };
	return tabled(text, span) ?? unknownSign(text, span);
}

function letter(name: string, span: Span): Token {
	return { kind: "letter", name, style: "plain", accents: [], span };
}

function tabled(text: string, span: Span): Token | null {
	const name = letters.get(text);
	if (name) return letter(name, span);
	const relation = relations.get(text);
	if (relation) return { kind: "relation", relation, above: null, span };
	const operator = operators.get(text);
	if (operator) return { kind: "operator", operator, span };
	const sign = signs.get(text);
	if (sign) return { kind: "sign", sign, span };
	return text === "," || text === ";"
		? { kind: "punctuation", mark: text, span }
		: null;
}

/** A sign without a reading. */
export function unknownSign(text: string, span: Span): Token {
	return {
		kind: "unreadable",
		message: `the sign ${text} is not read`,
		expected: "another notation",
		span,
	};
}

/** A delimiter with `\left`, `\right`, `\middle` or `\big` before it. */
export function delimiterToken(node: Node, span: Span): Token {
	const delim = node.delim ?? ".";
	const side =
		node.mclass === "mopen"
			? "open"
			: node.mclass === "mclose"
				? "close"
				: null;
	if (delim === "." && side) return { kind: side, delimiter: ".", span };
	const known = sided.get(angles[delim] ?? delim);
	if (known && node.type !== "middle")
		return { kind: side ?? known[0], delimiter: known[1], span };
	const bar = separators.get(delim) ?? bars.get(delim) ?? barOf(known?.[1]);
	if (bar && side) return { kind: side, delimiter: bar, span };
	const middle = node.type === "middle" || node.mclass === "mrel";
	if (bar)
		return { kind: "bar", double: bar === "||", middle, pair: false, span };
	if (delim === "/") return { kind: "operator", operator: "/", span };
	return {
		kind: "unreadable",
		message: `the delimiter ${delim} is not read`,
		expected: "( ) [ ] \\{ \\} or |",
		span,
	};
}

/** `\left<` means an angle bracket. */
const angles: Readonly<Record<string, string>> = {
	"<": "\\langle",
	">": "\\rangle",
};

function barOf(delimiter: string | undefined): "|" | "||" | undefined {
	return delimiter === "|" || delimiter === "||" ? delimiter : undefined;
}
