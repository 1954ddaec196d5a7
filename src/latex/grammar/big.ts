import type { Surface, SurfaceBig } from "../surface.js";
import type { BigToken, Token, WordToken } from "../tokens/token.js";
import { type Binder, readBinders } from "./range.js";
import { endOfTerm, reachOf } from "./reach.js";
import type { Reader } from "./reader.js";

/**
 * Reads Σ, Π, max or min with its indices and body. The body is the product that follows, up to the next + or −; it goes on over
 * later terms only where an index would else be left unbound, and that is kept beside
 * the reading without it.
 */
export function readBig(r: Reader): Surface {
	const from = r.position;
	const token = r.next() as BigToken | WordToken;
	const start = token.span.start;
	const operator = operatorOf(token);
	const { under, over } = bounds(r);
	if (!under || under.length === 0)
		throw r.problem(
			`a ${operator} without an index`,
			"an index under the sign, as in \\sum_i",
			r.since(start),
		);
	const binders = readBinders(r, under, over);
	const names = binders
		.filter((b) => b.index.accents.length === 0)
		.map((b) => b.index.name);
	const outside = r.bound;
	const reach = farReach(r, names, from);
	r.bound = [...outside, ...names];
	const body = reach === null ? readBody(r) : wideBody(r, reach, names, start);
	r.bound = outside;
	return binders.reduceRight<Surface>(
		(inner, binder) => nest(r, operator, binder, inner, start),
		body,
	);
}

function operatorOf(token: BigToken | WordToken): SurfaceBig["operator"] {
	if (token.kind === "word") return token.name === "min" ? "min" : "max";
	return token.operator === "product" ? "product" : "sum";
}

function nest(
	r: Reader,
	operator: SurfaceBig["operator"],
	binder: Binder,
	body: Surface,
	start: number,
): Surface {
	return { kind: "big", operator, ...binder, body, span: r.since(start) };
}

function bounds(r: Reader): {
	under: readonly Token[] | null;
	over: readonly Token[] | null;
} {
	let under: readonly Token[] | null = null;
	let over: readonly Token[] | null = null;
	for (let token = r.peek(); token?.kind === "scripts"; token = r.peek()) {
		if (token.primes > 0 || (under && token.sub) || (over && token.sup))
			throw r.problem(
				"these bounds are not read",
				"one lower and one upper bound",
			);
		under = token.sub ?? under;
		over = token.sup ?? over;
		r.next();
	}
	return { under, over };
}

/** Where the later terms end that use an index which nothing else binds; null if there are none. */
function farReach(
	r: Reader,
	names: readonly string[],
	sign: number,
): number | null {
	const from = r.position;
	if (r.awaited > 0 || r.reading.reaching === null) return null;
	r.position = endOfTerm(r, from);
	const reach = reachOf(r, names, sign);
	r.position = from;
	return reach;
}

/** One term, with a sign before it if there is one. */
function readBody(r: Reader): Surface {
	const start = r.here().start;
	if (!r.atOperator("-", "+")) return r.grammar.term(r);
	const sign = r.atOperator("-") ? -1 : 1;
	r.next();
	return {
		kind: "sum",
		terms: [{ sign, term: r.grammar.term(r) }],
		span: r.since(start),
	};
}

function wideBody(
	r: Reader,
	reach: number,
	names: readonly string[],
	start: number,
): Surface {
	const { end } = r;
	const first = endOfTerm(r, r.position);
	const from = (r.tokens[first] as Token).span.start;
	r.end = reach;
	const body = r.grammar.sum(r);
	r.end = end;
	const span = r.since(start);
	r.reading.reaching?.push({
		indices: names,
		over: r.reading.source.slice(from, span.end).trim(),
		span,
	});
	return body;
}
