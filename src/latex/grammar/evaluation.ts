import type { Surface, SurfaceRelation } from "../surface.js";
import type { Reader } from "./reader.js";
import { nextAfterComma } from "./scripts.js";

/**
 * What a product becomes by the bar behind it: `\frac{d}{dx} f \big|_{x = m}`, and the product goes on behind the bar. A bar
 * takes in one term; behind several it is not clear how many are meant, unless the last is a derivative.
 */
export function readEvaluated(
	r: Reader,
	term: Surface,
	isFirst: boolean,
): Surface {
	if (r.peek()?.kind !== "evaluation") return term;
	if (!isFirst && !isDerivative(term))
		throw r.problem(
			"how many terms does this bar reach over?",
			"\\left. … \\right| around what is meant",
		);
	const value = evaluated(r, term);
	const token = r.peek();
	if (!token || !startsFactor(r)) return value;
	const rest = r.grammar.term(r);
	return {
		kind: "product",
		factors: [value, ...(rest.kind === "product" ? rest.factors : [rest])],
		span: r.since(term.span.start),
	};
}

/** `\left. f \right|_{x = m}` */
export function readEvaluatedBracket(r: Reader): Surface {
	const of = r.within((inner) => inner.grammar.sum(inner));
	if (r.peek()?.kind !== "evaluation")
		throw r.problem(
			"a bracket on one side",
			"brackets on both sides, or a bar with x = m below it",
		);
	return evaluated(r, of);
}

function isDerivative(s: Surface): boolean {
	if (s.kind === "product") return s.factors.some(isDerivative);
	return s.kind === "derivative";
}

function startsFactor(r: Reader): boolean {
	const token = r.peek();
	return (
		token !== undefined &&
		!["operator", "relation", "punctuation", "bar", "close"].includes(
			token.kind,
		)
	);
}

function evaluated(r: Reader, of: Surface): Surface {
	const token = r.next();
	const at = token.kind === "evaluation" ? r.inside(token.at, equations) : [];
	return { kind: "evaluation", of, at, span: r.since(of.span.start) };
}

/** `x = m, y = n` */
function equations(r: Reader): SurfaceRelation[] {
	const found: SurfaceRelation[] = [];
	do {
		const item = r.grammar.item(r);
		if (item.kind !== "relation" || item.relation !== "=")
			throw r.problem("no equation below the bar", "x = m", item.span);
		found.push(item);
	} while (nextAfterComma(r));
	return found;
}
