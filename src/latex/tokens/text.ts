import { bodyOf, type Node } from "../nodes.js";
import type { Token } from "./token.js";
import type { Walk } from "./walk.js";

/** The token of a `\text{…}`. */
export function textToken(
	walk: Walk,
	nodes: readonly Node[],
	depth: number,
): Token {
	const { start } = walk.places.next();
	const math: Token[][] = [];
	const text = plainText(walk, nodes, depth, math);
	const span = walk.places.since(start);
	return text.startsWith("\\")
		? {
				kind: "unreadable",
				message: `the command ${text} is not allowed`,
				expected: "mathematics without links or HTML",
				span,
			}
		: { kind: "text", text, math, span };
}

/** The characters of a text; formulas within it are collected in `math` and stand as `$`. */
export function plainText(
	walk: Walk,
	nodes: readonly Node[],
	depth: number,
	math: Token[][],
): string {
	let text = "";
	for (const node of nodes) {
		if (isCharacter(node)) {
			walk.places.of(node);
			text += node.text ?? "";
		} else if (node.type === "spacing" || node.type === "kern") text += " ";
		else if (isWording(node))
			text += plainText(walk, bodyOf(node), depth, math);
		else {
			math.push(walk.node(node, depth + 1));
			text += "$";
		}
	}
	return text;
}

function isCharacter(node: Node): boolean {
	return (
		node.type === "textord" || node.type === "mathord" || node.type === "atom"
	);
}

function isWording(node: Node): boolean {
	if (node.type === "text") return true;
	return (
		node.mode === "text" && ["ordgroup", "font", "sizing"].includes(node.type)
	);
}

/** Characters in text mode that stand in the open, as in `\fbox{text}`: their token, and the index of the last. */
export function openText(
	walk: Walk,
	nodes: readonly Node[],
	first: number,
): { token: Token; last: number } | null {
	if (!isOpenText(nodes[first]) || nodes[first]?.text === "µ") return null;
	let last = first;
	while (isOpenText(nodes[last + 1]) || nodes[last + 1]?.type === "spacing")
		last++;
	return { token: textToken(walk, nodes.slice(first, last + 1), 0), last };
}

function isOpenText(node: Node | undefined): boolean {
	return (
		node?.mode === "text" &&
		(node.type === "textord" || node.type === "mathord")
	);
}
