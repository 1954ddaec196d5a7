import { bodyOf, type Node } from "../nodes.js";
import { withoutOverprinting } from "./combine.js";
import { unknownSign } from "./signs.js";
import { type BigToken, spanOf, type Token } from "./token.js";
import type { Walk } from "./walk.js";

/** `\sum`, `\log`, `\mathop{…}`, `\operatorname{…}`. */
export function operatorTokens(walk: Walk, node: Node, depth: number): Token[] {
	if (node.type === "operatorname") return [operatorName(walk, node, depth)];
	if (!node.name) return walk.list(bodyOf(node), depth);
	const span = walk.places.of(node);
	const big = bigOperators[node.name];
	if (big) return big.map((operator) => ({ kind: "big", operator, span }));
	const name = node.name.replace(/^\\/, "");
	return node.symbol || !/^[A-Za-z]+$/.test(name)
		? [unknownSign(node.name, span)]
		: [{ kind: "word", name, style: "upright", span }];
}

const bigOperators: Readonly<Record<string, readonly BigToken["operator"][]>> =
	{
		"\\sum": ["sum"],
		"\\prod": ["product"],
		"\\int": ["integral"],
		"\\iint": ["integral", "integral"],
		"\\iiint": ["integral", "integral", "integral"],
		"∑": ["sum"],
		"∏": ["product"],
		"∫": ["integral"],
	};

function operatorName(walk: Walk, node: Node, depth: number): Token {
	const { start } = walk.places.next();
	const list = walk.list(bodyOf(node), depth);
	const inner = withoutOverprinting(list).filter((t) => t.kind !== "space");
	const end = spanOf(inner, walk.places.next()).end;
	const span = { start, end: Math.max(end, walk.places.since(start).end) };
	const name = inner
		.map((t) => (t.kind === "letter" || t.kind === "word" ? t.name : "?"))
		.join("");
	if (!/^[A-Za-z]+$/.test(name))
		return {
			kind: "unreadable",
			message: "the name of this operator cannot be read",
			expected: "letters",
			span,
		};
	return name.length === 1
		? { kind: "letter", name, style: "upright", accents: [], span }
		: { kind: "word", name, style: "upright", span };
}
