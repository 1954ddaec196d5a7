import type { Surface } from "../surface.js";
import type { FractionToken, Token } from "../tokens/token.js";
import type { Reader } from "./reader.js";
import { readSuperscript } from "./scripts.js";

/** Whether the fraction is a derivative: ∂ above and below, or d above and one d with a variable below. */
export function isDerivative(r: Reader, fraction: FractionToken): boolean {
	const [above] = visible(fraction.numerator);
	const below = visible(fraction.denominator);
	if (isPartial(above) && isPartial(below[0])) return true;
	if (!isD(above, r) || !isD(below[0], r)) return false;
	const variable = below.slice(1).filter((t) => t.kind !== "scripts");
	return variable.length === 1 && variable[0]?.kind === "letter";
}

function visible(tokens: readonly Token[]): Token[] {
	return tokens.filter((t) => t.kind !== "space");
}

function isPartial(token: Token | undefined): boolean {
	return token?.kind === "sign" && token.sign === "partial";
}

function isD(token: Token | undefined, r: Reader): boolean {
	if (token?.kind !== "letter" || token.name !== "d") return false;
	return (
		token.style === "upright" ||
		(token.style === "plain" && !r.lexicon.isSymbol("d"))
	);
}

/** Whether a derivative begins with this token. */
export function startsDerivative(r: Reader, token: Token): boolean {
	if (token.kind === "fraction") return isDerivative(r, token);
	return (
		token.kind === "sign" &&
		(token.sign === "nabla" || token.sign === "partial")
	);
}

/** Reads `\frac{\partial f}{\partial x}`; without an f above, it applies to the product that follows. */
export function readDerivative(r: Reader): Surface {
	const token = r.next() as FractionToken;
	const { order, of } = r.inside(token.numerator, readAbove);
	const variables = r.inside(token.denominator, (inner) =>
		readBelow(inner, order),
	);
	const total = variables.reduce((sum, v) => sum + v.order, 0);
	if (total !== order)
		throw r.problem(
			`a derivative of order ${order} by ${total} variables`,
			"as many ∂ below as above",
			token.span,
		);
	const body = of ?? operand(r);
	return variables.reduceRight<Surface>(
		(inner, v) => ({
			kind: "derivative",
			by: v.by,
			order: v.order,
			of: inner,
			span: r.since(token.span.start),
		}),
		body,
	);
}

function operand(r: Reader): Surface {
	r.argumentOf = "derivative";
	return r.grammar.term(r);
}

/** ∂, its order, and what stands behind it. */
function readAbove(r: Reader): { order: number; of: Surface | null } {
	r.next();
	const scripts = r.peek();
	const order = scripts?.kind === "scripts" ? orderOf(r, scripts.sup) : 1;
	if (scripts?.kind === "scripts") r.next();
	return { order, of: r.atEnd ? null : r.grammar.sum(r) };
}

function orderOf(r: Reader, sup: readonly Token[] | null): number {
	const [only, ...more] = sup ?? [];
	if (
		only?.kind !== "number" ||
		more.length > 0 ||
		(only.text !== "1" && only.text !== "2")
	)
		throw r.problem(
			"a derivative of this order is not read",
			"the first or second derivative",
		);
	return Number(only.text);
}

/** `\partial x`, `\partial x^2` of the second order, `\partial x \partial y`. */
function readBelow(r: Reader, order: number): By[] {
	const variables: By[] = [];
	while (!r.atEnd) {
		const token = r.next();
		if (!isPartial(token) && !isD(token, r))
			throw r.problem(
				"a derivative by something else",
				"∂ and a variable",
				token.span,
			);
		const by = r.grammar.factor(r);
		const twice =
			order === 2 &&
			by.kind === "power" &&
			by.exponent.kind === "number" &&
			by.exponent.text === "2";
		variables.push(twice ? { by: by.base, order: 2 } : { by, order: 1 });
	}
	return hessian(variables) ?? variables;
}

interface By {
	readonly by: Surface;
	readonly order: number;
}

/** `\partial x \, \partial x^\top` is twice by the vector x. */
function hessian([first, second, ...more]: readonly By[]): By[] | null {
	if (!first || !second || more.length > 0) return null;
	const isTransposed =
		second.by.kind === "transposed" && isSame(first.by, second.by.of);
	return isTransposed ? [{ by: first.by, order: 2 }] : null;
}

/** Whether two surfaces are written alike, wherever they stand. */
function isSame(a: Surface, b: Surface): boolean {
	const text = (s: Surface) =>
		JSON.stringify(s, (key, value) => (key === "span" ? undefined : value));
	return text(a) === text(b);
}

/** `\nabla_{x} f` and `\partial_x f`: applied to the product that follows. */
export function readGradient(r: Reader): Surface {
	const { start } = r.next().span;
	const scripts = r.peek();
	if (scripts?.kind !== "scripts" || !scripts.sub || scripts.primes > 0)
		return readSlashed(r, start);
	const once = scripts.sup ? orderOf(r, scripts.sup) : 1;
	r.next();
	const by = variableBelow(r, scripts.sub);
	const order = once === 1 && takesSecondGradient(r, by) ? 2 : once;
	return {
		kind: "derivative",
		by,
		order,
		of: operand(r),
		span: r.since(start),
	};
}

function variableBelow(r: Reader, sub: readonly Token[]): Surface {
	return r.inside(sub, (inner) => inner.grammar.factor(inner));
}

/** Moves over the second ∇ of `\nabla_x \nabla_x^\top f` and `\nabla_x \nabla_x f`, the matrix of second derivatives. */
function takesSecondGradient(r: Reader, by: Surface): boolean {
	const [sign, scripts] = [r.peek(), r.peek(1)];
	if (sign?.kind !== "sign" || sign.sign !== "nabla") return false;
	if (scripts?.kind !== "scripts" || !scripts.sub) return false;
	const isPlain =
		!scripts.sup ||
		readSuperscript(r, scripts.sup, scripts.span).kind === "transposed";
	if (!isPlain || !isSame(variableBelow(r, scripts.sub), by)) return false;
	r.next();
	r.next();
	return true;
}

/** `\partial f / \partial x` in one line. */
function readSlashed(r: Reader, start: number): Surface {
	const problem = () =>
		r.problem(
			"this derivative does not say by what",
			"\\frac{\\partial f}{\\partial x} or \\nabla_x f",
			r.since(start),
		);
	if (!isPartial(r.tokens[r.position - 1]) || r.peek()?.kind === "scripts")
		throw problem();
	const of = r.grammar.factor(r);
	if (!r.atOperator("/") || !isPartial(r.peek(1))) throw problem();
	r.next();
	r.next();
	return {
		kind: "derivative",
		by: r.grammar.factor(r),
		order: 1,
		of,
		span: r.since(start),
	};
}
