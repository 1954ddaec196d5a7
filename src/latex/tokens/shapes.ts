import { bodyOf, type Node } from "../nodes.js";
import { separatingBars } from "./sides.js";
import { delimiterToken, signToken } from "./signs.js";
import { accents } from "./symbols.js";
import { plainText } from "./text.js";
import { type ArrayToken, spanOf, type Token } from "./token.js";
import { present, unreadable, type Walk } from "./walk.js";

/** `\frac`, `\binom`, and `\over`, `\choose`. */
export function fractionToken(walk: Walk, node: Node, depth: number): Token {
	const next = walk.places.next().start;
	const upper = present(walk, [node.numer], depth);
	const lower = present(walk, [node.denom], depth);
	const first = spanOf([...upper, ...lower], { start: next, end: next }).start;
	const span = walk.places.since(Math.min(next, first));
	const { hasBarLine, leftDelim, rightDelim } = node;
	if (hasBarLine && !leftDelim && !rightDelim)
		return { kind: "fraction", numerator: upper, denominator: lower, span };
	if (!hasBarLine && leftDelim === "(" && rightDelim === ")")
		return { kind: "binomial", upper, lower, span };
	return {
		kind: "unreadable",
		message: "this stack of two lines is not read",
		expected: "\\frac or \\binom",
		span,
	};
}

export function rootToken(walk: Walk, node: Node, depth: number): Token {
	const { start } = walk.places.next();
	const degree = node.index ? walk.list([node.index], depth) : null;
	const body = walk.list(bodyOf(node), depth);
	return { kind: "root", degree, body, span: walk.places.since(start) };
}

/** An accent goes to the letter under it; `\bar` and `\overline` are one. */
export function accentedTokens(walk: Walk, node: Node, depth: number): Token[] {
	const { start } = walk.places.next();
	const [first, ...rest] = node.base
		? walk.node(node.base, depth)
		: walk.list(bodyOf(node), depth);
	const accent = accentOf(node);
	if (
		!accent ||
		first?.kind !== "letter" ||
		rest.some((t) => t.kind !== "scripts")
	)
		return [
			{
				kind: "unreadable",
				message: "an accent over something else than one letter",
				expected: "a letter under the accent",
				span: walk.places.since(start),
			},
		];
	const span = {
		start: Math.min(start, first.span.start),
		end: first.span.end,
	};
	return [{ ...first, accents: [...first.accents, accent], span }, ...rest];
}

function accentOf(node: Node): string | undefined {
	if (node.type === "accent") return accents.get(node.label ?? "");
	return node.type === "overline" ? "bar" : "underline";
}

/** `\boxed` is read; what is struck out or on coloured ground is not. */
export function enclosedTokens(walk: Walk, node: Node, depth: number): Token[] {
	if (node.label === "\\fbox") return walk.list(bodyOf(node), depth);
	const coloured = node.label === "\\colorbox" || node.label === "\\fcolorbox";
	const what = coloured ? "a coloured box" : "something struck out";
	return [
		unreadable(
			walk,
			node,
			depth,
			`${what} in a formula`,
			"signs that stand as they are meant",
		),
	];
}

export function leftRightTokens(
	walk: Walk,
	node: Node,
	depth: number,
): Token[] {
	const side = (delim: string | undefined, mclass: string) => {
		const half: Node = { type: "leftright", delim: delim ?? ".", mclass };
		return delimiterToken(half, walk.places.of(half));
	};
	const environment = walk.places.ofEnvironment("begin");
	const open = environment
		? delimiterToken(
				{ ...node, delim: node.left, mclass: "mopen" },
				environment,
			)
		: side(node.left, "mopen");
	const body = walk.list(bodyOf(node), depth);
	const end = environment ? walk.places.ofEnvironment("end") : null;
	const close = end
		? delimiterToken({ ...node, delim: node.right, mclass: "mclose" }, end)
		: side(node.right, "mclose");
	return separatingBars([open, ...body, close]);
}

/** A strut that only sets the height of a line, as `\mathstrut` does, is nothing; other invisible signs are unread. */
export function strutTokens(walk: Walk, node: Node, depth: number): Token[] {
	const body = bodyOf(node)[0];
	const visible = body?.type === "ordgroup" ? bodyOf(body)[0] : body;
	const none = { start: 0, end: 0 };
	const isBracket =
		visible?.text !== undefined &&
		signToken(visible.text, none).kind === "open";
	return isBracket
		? []
		: [
				unreadable(
					walk,
					node,
					depth,
					"something invisible in a formula",
					"signs that show",
				),
			];
}

/** Rows of cells, as environments and `\substack` make them. */
export function arrayToken(walk: Walk, node: Node, depth: number): ArrayToken {
	const { start } = walk.places.next();
	const body = node.body as readonly (readonly Node[])[];
	const rows = body.map((row) => row.map((cell) => walk.list([cell], depth)));
	const tags = rows.map((_, i) => tagOf(walk, node.tags?.[i], depth));
	const { colSeparationType } = node;
	const aligned =
		colSeparationType === "align" || colSeparationType === "alignat";
	const ruled =
		(node.cols?.some((column) => column.type === "separator") ?? false) ||
		(node.hLinesBeforeRow?.some((lines) => lines.length > 0) ?? false);
	const span = walk.places.since(start);
	return { kind: "array", rows, tags, aligned, ruled, span };
}

function tagOf(
	walk: Walk,
	tag: boolean | readonly Node[] | undefined,
	depth: number,
): string | null {
	return typeof tag === "object" ? plainText(walk, tag, depth, []) : null;
}

/** The tokens of a formula with a `\tag` of its own. */
export function taggedTokens(walk: Walk, node: Node, depth: number): Token[] {
	const body = walk.list(bodyOf(node), depth);
	const { start } = walk.places.next();
	const text = plainText(walk, node.tag ?? [], depth, []);
	const span = walk.places.since(Math.max(0, start - 1));
	walk.remarks.push({ text, span });
	return body;
}
