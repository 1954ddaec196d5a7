import { bodyOf, type Node } from "../nodes.js";
import { spanOf, type Token } from "./token.js";
import { present, unreadable, type Walk } from "./walk.js";

/** The tokens of a base with sub- and superscript: the base's, and one for the scripts. */
export function scriptedTokens(walk: Walk, node: Node, depth: number): Token[] {
	const { base } = node;
	if (base?.type === "horizBrace") return braced(walk, node, depth);
	if (base?.type === "op" && base.suppressBaseShift !== undefined)
		return stacked(walk, node, base, depth);
	const tokens = base ? walk.node(base, depth) : [];
	if (tokens.length === 0)
		return [
			unreadable(
				walk,
				node,
				depth,
				"a script without a sign before it",
				"a base for the script",
			),
		];
	return [...tokens, scriptsToken(walk, node, depth)];
}

function scriptsToken(walk: Walk, node: Node, depth: number): Token {
	const sup = node.sup ? walk.list([node.sup], depth) : null;
	const sub = node.sub ? walk.list([node.sub], depth) : null;
	const primes = countPrimes(sup ?? []);
	const rest = sup?.slice(primes) ?? [];
	const span = spanOf([...(sub ?? []), ...(sup ?? [])], walk.places.next());
	return {
		kind: "scripts",
		sub,
		sup: sup && (rest.length > 0 || primes === 0) ? rest : null,
		primes,
		span,
	};
}

function countPrimes(sup: readonly Token[]): number {
	const isPrime = (t: Token) => t.kind === "operator" && t.operator === "′";
	const first = sup.findIndex((t) => !isPrime(t));
	return first < 0 ? sup.length : first;
}

/** `\underbrace{X}_{label}` reads as X. */
function braced(walk: Walk, node: Node, depth: number): Token[] {
	const body = node.base ? walk.node(node.base, depth) : [];
	const label = present(walk, [node.sub, node.sup], depth);
	const hiding = label.find((t) => t.kind === "unreadable");
	remark(walk, label);
	const [relation, ...name] = label.filter((t) => t.kind !== "space");
	if (relation?.kind === "relation" && namingSigns.has(relation.relation))
		walk.namings.push({ name, relation, body });
	return hiding ? [...body, hiding] : body;
}

const namingSigns: ReadonlySet<string> = new Set([":=", "=:"]);

function remark(walk: Walk, label: readonly Token[]): void {
	const [only] = label;
	if (!only) return;
	const span = spanOf(label, only.span);
	const isText = label.length === 1 && only.kind === "text";
	const text = isText
		? only.text.trim()
		: walk.source.slice(span.start, span.end);
	walk.remarks.push({ text, span });
}

/** `\overset{a}{=}` and `\underset{x}{\mathbb E}`. */
function stacked(walk: Walk, node: Node, op: Node, depth: number): Token[] {
	const base = walk.list(bodyOf(op), depth);
	const over = present(walk, [node.sup, node.sub], depth);
	const [only] = base;
	if (base.length === 1 && only?.kind === "relation")
		return [{ ...only, above: over }];
	const span = spanOf(over, walk.places.next());
	if (node.sub && !node.sup)
		return [
			...base,
			{ kind: "scripts", sub: over, sup: null, primes: 0, span },
		];
	return [
		{
			kind: "unreadable",
			message: "something is set over something else",
			expected: "one line of signs",
			span: spanOf([...base, ...over], span),
		},
	];
}
