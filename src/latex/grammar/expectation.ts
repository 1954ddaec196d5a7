import type { Span } from "../../problem.js";
import type { Surface, SurfaceExpectation } from "../surface.js";
import type { ScriptsToken, Token } from "../tokens/token.js";
import { readArguments } from "./calls.js";
import { type Wrap, wrapped } from "./names.js";
import type { Reader } from "./reader.js";
import { atAllBut, nextAfterComma, readSuperscript } from "./scripts.js";

type Moment = SurfaceExpectation["operator"];

/**
 * Which moment a letter stands for here, or null: `\mathbb E`, `E[`, `\mathbb V`, `H[q]`. Where E is a symbol, `\operatorname{E}[`
 * is still an expectation.
 */
export function momentAt(r: Reader): Moment | null {
	const token = r.peek();
	if (token?.kind !== "letter" || token.accents.length > 0) return null;
	const { name, style } = token;
	const operator =
		name === "E" ? "E" : name === "V" ? "Var" : name === "H" ? "H" : null;
	if (!operator || style === "frak" || (style === "cal" && operator !== "H"))
		return null;
	if (style === "bb" && operator !== "H") return operator;
	const isUprightCall =
		operator === "E" && style === "upright" && bracketAhead(r, "[");
	if (r.lexicon.isSymbol(name)) return isUprightCall ? operator : null;
	if (operator === "E" && style !== "plain") return operator;
	return bracketAhead(r, operator === "Var" ? "[" : "([{") ? operator : null;
}

function bracketAhead(r: Reader, shapes: string): boolean {
	let i = 1;
	while (r.peek(i)?.kind === "scripts") i++;
	return r.atOpen(i, shapes);
}

/** `\mathbb E_q[x]`, `\operatorname{Var}(x)`, and without brackets `\mathbb E_q \log x`, which reaches over the product. */
export function readMoment(r: Reader, operator: Moment): Surface {
	const { start } = r.next().span;
	const { law, wraps } = ownScripts(r);
	const read = r.atOpen()
		? readArguments(r)
		: { arguments: [r.grammar.term(r)], given: [], parameters: [] };
	if (read.parameters.length > 0 && law)
		throw r.problem(
			"a semicolon in an expectation with a law",
			"E_q[…], or E[…; m, s^2] with parameters of q",
			r.since(start),
		);
	const moment: Surface = {
		kind: "expectation",
		operator,
		law,
		arguments: read.arguments,
		given: read.given,
		...(read.parameters.length > 0 ? { parameters: read.parameters } : {}),
		span: r.since(start),
	};
	return wrapped(r, moment, wraps);
}

function ownScripts(r: Reader): {
	law: Surface | null;
	wraps: readonly Wrap[];
} {
	let law: Surface | null = null;
	const wraps: Wrap[] = [];
	for (let token = r.peek(); token?.kind === "scripts"; token = r.peek()) {
		if ((token.sub && law) || token.primes > 0)
			throw r.problem(
				"these scripts of an expectation are not read",
				"one law, as in E_q",
			);
		if (token.sub) law = readLaw(r, token.sub);
		if (token.sup) wraps.push(powerOf(r, token));
		r.next();
	}
	return { law, wraps };
}

function powerOf(r: Reader, token: ScriptsToken): Wrap {
	const superscript = readSuperscript(
		r,
		token.sup as readonly Token[],
		token.span,
	);
	if (superscript.kind !== "power")
		throw r.problem(
			"this superscript of an expectation is not read",
			"a power",
			token.span,
		);
	return superscript;
}

/** The law under an expectation: `q`, `q(\mu)`, `\mu \sim q`, `q(\mu) q(c)`, `-j`. */
export function readLaw(r: Reader, tokens: readonly Token[]): Surface {
	return r.inside(tokens, (inner) => {
		const start = inner.here().start;
		const items: Surface[] = [];
		do items.push(lawItem(inner));
		while (nextAfterComma(inner));
		return items.length === 1
			? (items[0] as Surface)
			: { kind: "tuple", items, span: inner.since(start) };
	});
}

function lawItem(r: Reader): Surface {
	if (!atAllBut(r)) return r.grammar.item(r);
	const { start } = r.next().span;
	const term = r.grammar.term(r);
	return { kind: "sum", terms: [{ sign: -1, term }], span: r.since(start) };
}

/** `\langle x, y \rangle` is xᵀy. */
function innerProduct(left: Surface, right: Surface, span: Span): Surface {
	const row: Surface = { kind: "transposed", of: left, span: left.span };
	return { kind: "product", factors: [row, right], span };
}

/** `\langle x \rangle`, with the law as a subscript if there is one. */
export function readAngles(r: Reader): Surface {
	const { start } = r.here();
	const read = readArguments(r);
	if (read.parameters.length > 0)
		throw r.problem(
			"a semicolon between angle brackets",
			"one expression",
			r.since(start),
		);
	const scripts = r.peek();
	const law =
		scripts?.kind === "scripts" && scripts.sub ? readLaw(r, scripts.sub) : null;
	const [left, right, ...more] = read.arguments;
	if (left && right && more.length + read.given.length === 0 && !law)
		return innerProduct(left, right, r.since(start));
	if (read.arguments.length + read.given.length !== 1)
		throw r.problem(
			"several things between angle brackets",
			"one expression; x^\\top y for an inner product",
			r.since(start),
		);
	if (law && scripts?.kind === "scripts") r.next();
	const moment: Surface = {
		kind: "expectation",
		operator: "E",
		law,
		arguments: read.arguments,
		given: [],
		span: r.since(start),
	};
	return law && scripts?.kind === "scripts" && scripts.sup
		? wrapped(r, moment, [powerOf(r, scripts)])
		: moment;
}
