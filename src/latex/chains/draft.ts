import type { Span } from "../../problem.js";
import type { Chain, Surface } from "../surface.js";
import type { RelationToken, Token, UnreadableToken } from "../tokens/token.js";
import type { IndexRange } from "./asides.js";

/** A chain before its sides are read: rows have been put together, and what stands beside the formulas is set apart. */
export interface Draft {
	readonly sides: DraftSide[];
	readonly remarks: Remark[];
	readonly ranges: IndexRange[];
	readonly distinct: (readonly [string, string])[];
	withRespectTo: Surface | null;
	/** Begins with a relation, with nothing above it in this display. */
	readonly continues: boolean;
	/** Words that introduce names stand before it. */
	introduces: boolean;
	/** It names a part of another formula. */
	readonly beside: boolean;
	/** What it is to a formula with an arrow in the same line. */
	role: Chain["role"] | null;
}

export interface DraftSide {
	readonly relation: RelationToken | null;
	readonly tokens: readonly Token[];
}

export interface Remark {
	readonly text: string;
	readonly span: Span;
}

/** What stands beside a formula, as far as it could be read. */
export interface Beside extends Remark {
	readonly withRespectTo?: Surface | null;
	readonly ranges?: readonly IndexRange[];
	readonly distinct?: readonly (readonly [string, string])[];
}

export function emptyDraft(continues: boolean): Draft {
	return {
		sides: [],
		remarks: [],
		ranges: [],
		distinct: [],
		withRespectTo: null,
		continues,
		introduces: false,
		beside: false,
		role: null,
	};
}

/** Formulas side by side, one of them with an arrow: those before it are premises too, those behind it conclusions. */
export function shareArrow(line: readonly Draft[]): void {
	const arrow = line.findIndex(hasArrow);
	if (arrow < 0) return;
	line.forEach((draft, i) => {
		const isEquation = draft.sides.length === 2 && !hasArrow(draft);
		if (isEquation && !draft.introduces)
			draft.role = i < arrow ? "premise" : "conclusion";
	});
}

function hasArrow(draft: Draft): boolean {
	return draft.sides.some(
		({ relation }) => relation && "⇒⇔".includes(relation.relation),
	);
}

/** The definition of a name that stands at a part of a formula: `Q := a + b`. */
export function naming(
	name: readonly Token[],
	sign: RelationToken,
	body: readonly Token[],
): Draft {
	const relation: RelationToken = { ...sign, relation: ":=" };
	const sides = [
		{ relation: null, tokens: name },
		{ relation, tokens: body },
	];
	return { ...emptyDraft(false), sides, beside: true };
}

/** A draft that ends in `… =: Q`, and the definition of Q by the side before. */
export function withNamings(draft: Draft): readonly Draft[] {
	const [before, last] = draft.sides.slice(-2);
	if (!before || last?.relation?.relation !== "=:") return [draft];
	return [
		{ ...draft, sides: draft.sides.slice(0, -1) },
		naming(last.tokens, last.relation, before.tokens),
	];
}

/** Adds to a chain what stands beside it. */
export function addBeside(draft: Draft, beside: Beside): void {
	draft.remarks.push({ text: beside.text, span: beside.span });
	draft.ranges.push(...(beside.ranges ?? []));
	draft.distinct.push(...(beside.distinct ?? []));
	draft.withRespectTo ??= beside.withRespectTo ?? null;
}

/** Splits at the relations outside of brackets and adds the sides. */
export function addSides(draft: Draft, tokens: readonly Token[]): void {
	split(draft, tokens, null);
}

/** Puts the tokens behind the last side. */
export function extendLast(draft: Draft, tokens: readonly Token[]): void {
	const last = draft.sides.pop();
	split(draft, [...(last?.tokens ?? []), ...tokens], last?.relation ?? null);
}

/** Adds a side that cannot be read, so that no step goes on over it. */
export function addUnread(draft: Draft, token: UnreadableToken): void {
	draft.sides.push({ relation: null, tokens: [token] });
}

function split(
	draft: Draft,
	tokens: readonly Token[],
	relation: RelationToken | null,
): void {
	let current: Token[] = [];
	let before = relation;
	let depth = 0;
	tokens.forEach((token, i) => {
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
		if (token.kind !== "relation" || depth > 0 || token.relation === ":") {
			current.push(token);
			return;
		}
		if (i > 0) draft.sides.push({ relation: before, tokens: current });
		before = token;
		current = [];
	});
	draft.sides.push({ relation: before, tokens: current });
}
