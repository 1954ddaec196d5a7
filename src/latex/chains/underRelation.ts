import { Problem } from "../../problem.js";
import { readVariables } from "../grammar/constants.js";
import { Reader, type Reading } from "../grammar/reader.js";
import type { Surface } from "../surface.js";
import { trimmed } from "../tokens/spacing.js";
import { spanOf, type Token } from "../tokens/token.js";
import type { Draft, DraftSide } from "./draft.js";

/**
 * The draft with `\propto_\theta`, and `\overset{c}{=}_\theta`, read as a relation and its variable. All such subscripts of a
 * chain must name one variable: a second one stays where it is, and is not read.
 */
export function withVariablesUnder(draft: Draft, reading: Reading): Draft {
	let named: { readonly text: string; readonly variable: Surface } | null =
		null;
	const sides = draft.sides.map((side): DraftSide => {
		const below = subscriptOf(side);
		if (!below) return side;
		const text = textOf(below.sub, reading);
		const variable = named ? null : variableIn(below.sub, reading);
		if (variable) named = { text, variable };
		return named?.text === text ? { ...side, tokens: below.rest } : side;
	});
	if (!named) return draft;
	const { variable } = named as { variable: Surface };
	return { ...draft, sides, withRespectTo: draft.withRespectTo ?? variable };
}

/** The tokens of a subscript that stands on a loose relation, and the side without it. */
function subscriptOf({
	relation,
	tokens,
}: DraftSide): { sub: readonly Token[]; rest: readonly Token[] } | null {
	const isLoose =
		relation?.relation === "∝" ||
		(relation?.relation === "=" && (relation.above ?? []).length > 0);
	const [first, ...rest] = trimmed(tokens);
	if (!isLoose || first?.kind !== "scripts") return null;
	const { sub, sup, primes } = first;
	return sub && !sup && primes === 0 ? { sub, rest } : null;
}

function variableIn(
	tokens: readonly Token[],
	reading: Reading,
): Surface | null {
	const place = spanOf(tokens, { start: 0, end: 0 });
	try {
		const reader = new Reader(tokens, { ...reading, notes: [] }, place);
		const variable = readVariables(reader);
		return reader.atEnd ? variable : null;
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

function textOf(tokens: readonly Token[], { source }: Reading): string {
	const { start, end } = spanOf(tokens, { start: 0, end: 0 });
	return source.slice(start, end);
}
