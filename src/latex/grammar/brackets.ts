import type { Surface } from "../surface.js";
import type { DelimiterToken } from "../tokens/token.js";
import { opensCases, readCases } from "./arrays.js";
import { readArguments } from "./calls.js";
import { readEvaluatedBracket } from "./evaluation.js";
import { readAngles } from "./expectation.js";
import { scripted } from "./names.js";
import type { Reader } from "./reader.js";

/** Reads what a bracket begins: a group, a list, a norm or determinant, an expectation in angle brackets. */
export function readBracket(r: Reader): Surface {
	const token = r.peek() as DelimiterToken;
	if (token.delimiter === "<") return scripted(r, readAngles(r));
	if (opensCases(r)) return readCases(r);
	if (token.delimiter === ".") return readEvaluatedBracket(r);
	return scripted(
		r,
		token.delimiter === "|" || token.delimiter === "||"
			? readBars(r, token)
			: readGroup(r, token),
	);
}

function readBars(r: Reader, token: DelimiterToken): Surface {
	const of = r.within((inner) => inner.grammar.sum(inner));
	return {
		kind: "bars",
		double: token.delimiter === "||",
		order: "2",
		of,
		span: r.since(token.span.start),
	};
}

/** One expression in brackets is itself; several are a tuple, as is `\{x_i\}_{i=1}^N`. */
function readGroup(r: Reader, token: DelimiterToken): Surface {
	const { arguments: items, given, parameters } = readArguments(r);
	const span = r.since(token.span.start);
	if (given.length > 0 || parameters.length > 0)
		throw r.problem(
			"a condition in brackets that belong to no function",
			"a function before the bracket, as in p(x | z)",
			span,
		);
	const [only] = items;
	if (!only) throw r.problem("empty brackets", "something between them", span);
	if (items.some((item) => item.kind === "relation"))
		throw r.problem("a relation in brackets", "an expression", span);
	const scripts = r.peek();
	const isFamily =
		token.delimiter === "{" &&
		scripts?.kind === "scripts" &&
		scripts.sub !== null;
	if (isFamily) r.next();
	return items.length > 1 || isFamily
		? { kind: "tuple", items, span: r.since(token.span.start) }
		: only;
}
