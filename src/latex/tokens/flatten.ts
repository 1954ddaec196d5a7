import type { Span } from "../../problem.js";
import type { Parsed } from "../katex.js";
import { bodyOf, type Node } from "../nodes.js";
import { colourHides } from "./colours.js";
import { combine, withoutOverprinting } from "./combine.js";
import { evaluations } from "./evaluations.js";
import { styled } from "./fonts.js";
import { operatorTokens } from "./named.js";
import { Places } from "./places.js";
import { scriptedTokens } from "./scripted.js";
import {
	accentedTokens,
	arrayToken,
	enclosedTokens,
	fractionToken,
	leftRightTokens,
	rootToken,
	strutTokens,
	taggedTokens,
} from "./shapes.js";
import { separatingBars } from "./sides.js";
import { delimiterToken, signToken } from "./signs.js";
import { fonts } from "./symbols.js";
import { openText, textToken } from "./text.js";
import { spanOf, type Token } from "./token.js";
import { type Naming, unreadable, type Walk } from "./walk.js";

/** A display laid flat, with the words that stood under braces and the like. */
export interface Flat {
	readonly tokens: readonly Token[];
	/** Labels of `\underbrace` and tags: shown, never read. */
	readonly remarks: readonly { readonly text: string; readonly span: Span }[];
	/** Names that labels of braces give to what they are about. */
	readonly namings: readonly Naming[];
}

/** Lays KaTeX's tree flat. What may not be read over becomes an `unreadable` token; nothing is thrown. */
export function flatten(parsed: Parsed, source: string): Flat {
	const walk: Walk = {
		places: new Places(parsed, source),
		source,
		remarks: [],
		namings: [],
		list: (nodes, depth) => listTokens(walk, nodes, depth),
		node: (node, depth) => nodeTokens(walk, node, depth),
	};
	const tokens = withoutOverprinting(walk.list(parsed.nodes, 0));
	return { tokens, remarks: walk.remarks, namings: walk.namings };
}

/** Deepest nesting of KaTeX nodes that is followed. */
const DEEPEST = 1_200;

function listTokens(
	walk: Walk,
	nodes: readonly Node[],
	depth: number,
): Token[] {
	const tokens: Token[] = [];
	for (let i = 0; i < nodes.length; i++) {
		const text = openText(walk, nodes, i);
		if (text) {
			tokens.push(text.token);
			i = text.last;
		} else tokens.push(...walk.node(nodes[i] as Node, depth + 1));
	}
	return [...evaluations(separatingBars(combine(tokens)))];
}

type Handler = (walk: Walk, node: Node, depth: number) => Token[];

function nodeTokens(walk: Walk, node: Node, depth: number): Token[] {
	if (depth > DEEPEST) return [tooDeep(walk)];
	const handler = handlers[node.type];
	if (handler) return handler(walk, node, depth);
	const message = hidden[node.type] ?? `a “${node.type}” cannot be read`;
	return [unreadable(walk, node, depth, message, "plain mathematics")];
}

function tooDeep(walk: Walk): Token {
	return {
		kind: "unreadable",
		message: "this is nested too deeply",
		expected: "fewer levels",
		span: walk.places.next(),
	};
}

/** Braces and sizes are not seen: what they hold stands in the open. */
const transparent: Handler = (walk, node, depth) =>
	walk.list(bodyOf(node), depth);

const sign: Handler = (walk, node) => [
	signToken(node.text ?? "", walk.places.of(node)),
];

const delimiter: Handler = (walk, node) => [
	delimiterToken(node, walk.places.of(node)),
];

const font: Handler = (walk, node, depth) => {
	const style = fonts.get(node.font ?? "boldsymbol") ?? "plain";
	const inner = walk.list(bodyOf(node), depth);
	return styled(inner, style, spanOf(inner, walk.places.next()));
};

const coloured: Handler = (walk, node, depth) =>
	colourHides(node.color ?? "")
		? [
				unreadable(
					walk,
					node,
					depth,
					`ink of colour ${node.color} does not show`,
					"ink that can be seen",
				),
			]
		: walk.list(bodyOf(node), depth);

const handlers: Readonly<Record<string, Handler>> = {
	mathord: sign,
	textord: sign,
	atom: sign,
	ordgroup: transparent,
	styling: transparent,
	sizing: transparent,
	vcenter: transparent,
	smash: transparent,
	mclass: transparent,
	color: coloured,
	font,
	pmb: font,
	op: operatorTokens,
	operatorname: operatorTokens,
	supsub: scriptedTokens,
	genfrac: (walk, node, depth) => [fractionToken(walk, node, depth)],
	sqrt: (walk, node, depth) => [rootToken(walk, node, depth)],
	accent: accentedTokens,
	overline: accentedTokens,
	underline: accentedTokens,
	horizBrace: (walk, node, depth) =>
		node.base ? walk.node(node.base, depth) : [],
	enclose: enclosedTokens,
	leftright: leftRightTokens,
	middle: delimiter,
	delimsizing: delimiter,
	text: (walk, node, depth) => [textToken(walk, bodyOf(node), depth)],
	hbox: (walk, node, depth) => [textToken(walk, bodyOf(node), depth)],
	spacing: (walk, node) => [
		{ kind: "space", width: spacingWidth(node), span: walk.places.of(node) },
	],
	kern: (walk, node) => [
		{ kind: "space", width: kernWidth(node), span: walk.places.ofSpace() },
	],
	htmlmathml: (walk, node, depth) => walk.list(node.mathml ?? [], depth),
	mathchoice: (walk, node, depth) => walk.list(node.display ?? [], depth),
	internal: () => [],
	vphantom: strutTokens,
	cr: (walk, node) => [{ kind: "break", span: walk.places.of(node) }],
	array: (walk, node, depth) => [arrayToken(walk, node, depth)],
	tag: taggedTokens,
};

const hidden: Readonly<Record<string, string>> = {
	phantom: "something invisible in a formula",
	lap: "signs printed over one another",
	raisebox: "signs moved out of their line",
	rule: "a black box in a formula",
	verb: "verbatim text in a formula",
	includegraphics: "a picture in a formula",
	xArrow: "an arrow with a label is not read",
};

function spacingWidth(node: Node): number {
	return node.text === "\\nobreak" || node.text === "\\allowbreak" ? 0 : 0.33;
}

const emPerUnit: Readonly<Record<string, number>> = {
	mu: 1 / 18,
	em: 1,
	ex: 0.43,
	pt: 0.1,
	cm: 2.85,
	mm: 0.285,
	in: 7.2,
};

function kernWidth(node: Node): number {
	const { number, unit } = node.dimension ?? { number: 0, unit: "em" };
	return number * (emPerUnit[unit] ?? 0.1);
}
