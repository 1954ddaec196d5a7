import type { Surface } from "../surface.js";
import type { Token } from "../tokens/token.js";
import { hasAtTop } from "./calls.js";
import type { Reader } from "./reader.js";

const isRelation = (t: Token) => t.kind === "relation" && t.relation !== ":";

/** Whether `\mathbb 1[…]`, `\mathbb I(…)`, `1[…]` or `[…]` with a relation inside stands here. */
export function atIndicator(r: Reader): boolean {
	const token = r.peek();
	if (token?.kind === "open")
		return token.delimiter === "[" && hasAtTop(r, isRelation);
	const signs =
		(token?.kind === "letter" && (token.name === "1" || token.name === "I")) ||
		(token?.kind === "number" && token.text === "1");
	if (!signs) return false;
	const behind = r.peek(1);
	if (r.atOpen(1)) return openHasRelation(r);
	const plain = token.kind === "number" || token.style === "plain";
	return (
		behind?.kind === "scripts" &&
		!plain &&
		(behind.sub?.some(isRelation) ?? false)
	);
}

function openHasRelation(r: Reader): boolean {
	r.position++;
	const found = hasAtTop(r, isRelation);
	r.position--;
	return found;
}

/** Reads the indicator that stands here. */
export function readIndicator(r: Reader): Surface {
	const { start } = r.here();
	if (r.peek()?.kind !== "open") r.next();
	const scripts = r.peek();
	if (scripts?.kind !== "scripts")
		return indicator(r, r.within(readCondition), start);
	r.next();
	const condition = r.inside(scripts.sub ?? [], (inner) =>
		inner.atOpen() && inner.closingOf() === inner.end - 1
			? inner.within(readCondition)
			: readCondition(inner),
	);
	return indicator(r, condition, start);
}

/** One relation, or two in a row as in `a \le x \le b`. */
function readCondition(r: Reader): Surface {
	const { start } = r.here();
	const first = r.grammar.item(r);
	const token = r.peek();
	if (first.kind !== "relation" || token?.kind !== "relation") return first;
	r.next();
	const right = r.grammar.item(r);
	const { relation } = token;
	return {
		kind: "relation",
		relation,
		left: first,
		right,
		span: r.since(start),
	};
}

function indicator(r: Reader, condition: Surface, start: number): Surface {
	if (condition.kind === "relation" && condition.left.kind === "relation") {
		const { left } = condition;
		const second = { ...condition, left: left.right };
		const factors = [left, second].map((c) => indicator(r, c, start));
		return { kind: "product", factors, span: r.since(start) };
	}
	if (condition.kind !== "relation")
		throw r.problem(
			"an indicator takes one condition",
			"1[c_i = k]",
			condition.span,
		);
	return { kind: "indicator", condition, span: r.since(start) };
}
