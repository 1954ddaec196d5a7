import type { Span } from "../../problem.js";
import { bodyOf, type Node } from "../nodes.js";
import type { Places } from "./places.js";
import type { RelationToken, Token, UnreadableToken } from "./token.js";

/** `\underbrace{body}_{=: name}`. */
export interface Naming {
	readonly name: readonly Token[];
	readonly relation: RelationToken;
	readonly body: readonly Token[];
}

/** What the parts of the flattening share while they walk KaTeX's tree in reading order. */
export interface Walk {
	readonly places: Places;
	readonly source: string;
	/** Words under braces, and tags. */
	readonly remarks: { text: string; span: Span }[];
	readonly namings: Naming[];
	/** The tokens of some nodes side by side. */
	list(nodes: readonly Node[], depth: number): Token[];
	/** The tokens of one node. */
	node(node: Node, depth: number): Token[];
}

/** The tokens of the nodes that are there. */
export function present(
	walk: Walk,
	nodes: readonly (Node | null | undefined)[],
	depth: number,
): Token[] {
	return walk.list(
		nodes.filter((node) => node != null),
		depth,
	);
}

/** A token for something that must not be read over. Its body is walked, for the sake of the places behind it. */
export function unreadable(
	walk: Walk,
	node: Node,
	depth: number,
	message: string,
	expected: string,
): UnreadableToken {
	const { start, end } = walk.places.next();
	walk.list(bodyOf(node), depth);
	const whole = walk.places.since(start);
	return {
		kind: "unreadable",
		message,
		expected,
		span: whole.end > start ? whole : { start, end },
	};
}
