import { Problem } from "../../problem.js";
import type { SurfaceRelationKind } from "../surface.js";
import { type RelationToken, spanOf, type Token } from "../tokens/token.js";

/** What a relation sign between two sides of a chain means, and the remark that stood over it. */
export interface ReadRelation {
	readonly kind: SurfaceRelationKind;
	readonly remark: string | null;
}

const kinds: ReadonlyMap<string, SurfaceRelationKind> = new Map([
	["=", "equal"],
	["=:", "equal"],
	[":=", "define"],
	["∝", "proportional"],
	["≥", "atLeast"],
	[">", "above"],
	["≤", "atMost"],
	["<", "below"],
	["⇔", "iff"],
	["⇒", "implies"],
	["~", "tilde"],
	["∈", "in"],
]);

/** @throws Problem for relations that are not checked, such as ≈. */
export function readRelation(
	token: RelationToken,
	source: string,
): ReadRelation {
	const kind = kinds.get(token.relation);
	if (!kind)
		throw new Problem(
			`the relation ${token.relation} is not checked`,
			token.span,
			"=, :=, ∝, ≤, ≥, ⟹ or ⟺",
		);
	const above = token.above?.filter((t) => t.kind !== "space") ?? [];
	if (above.length === 0) return { kind, remark: null };
	const words = above.map(wordOf).join("");
	if (kind === "equal" && /^(\+|\+?c|\+?const(ant)?\.?|\+C)$/.test(words))
		return { kind: "constant", remark: null };
	if (
		kind === "equal" &&
		/^(def|definition|Def|Delta|triangle)\.?$/.test(words)
	)
		return { kind: "define", remark: null };
	const span = spanOf(above, token.span);
	return { kind, remark: words || source.slice(span.start, span.end) };
}

function wordOf(token: Token): string {
	switch (token.kind) {
		case "text":
			return token.text.trim();
		case "letter":
		case "word":
			return token.name;
		case "operator":
			return token.operator;
		case "number":
			return token.text;
		case "punctuation":
			return token.mark;
		case "open":
			return token.delimiter;
		case "close":
			return token.delimiter === "(" ? ")" : token.delimiter;
		default:
			return "";
	}
}
