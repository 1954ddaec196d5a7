import type { Span } from "../../problem.js";
import type { Surface, SurfaceName, SurfaceSum } from "../surface.js";
import type {
	BinomialToken,
	FractionToken,
	LetterToken,
	NumberToken,
	RootToken,
	SignToken,
} from "../tokens/token.js";
import { divergences } from "../tokens/vocabulary.js";
import { endsArgument } from "./arguments.js";
import { readMatrix } from "./arrays.js";
import { readBig } from "./big.js";
import { readBracket } from "./brackets.js";
import { readDivergence, readNameOrCall } from "./calls.js";
import { atLetterConstant, readLetterConstant } from "./constants.js";
import { isDerivative, readDerivative, readGradient } from "./derivative.js";
import { readEvaluated } from "./evaluation.js";
import { momentAt, readMoment } from "./expectation.js";
import { readSlash } from "./fraction.js";
import { atIndicator, readIndicator } from "./indicator.js";
import { atMeasure, readIntegral } from "./integral.js";
import { readHead, scripted } from "./names.js";
import type { Grammar, Reader } from "./reader.js";
import { readWord } from "./words.js";

/** The grammar of formulas: sums of products of factors, and relations between sums. */
export const grammar: Grammar = {
	sum: readSum,
	term: (r) => r.deeper(readEntrywise),
	factor: (r) => readFactorials(r, readFactor(r)),
	item: readItem,
};

function readSum(r: Reader): Surface {
	const start = r.here().start;
	const terms: SurfaceSum["terms"][number][] = [];
	do {
		const sign = readSign(r, terms.length === 0);
		const constant = terms.length > 0 && atLetterConstant(r);
		const term = constant ? readLetterConstant(r) : r.grammar.term(r);
		terms.push({ sign, term: readEvaluated(r, term, terms.length === 0) });
	} while (r.atOperator("+", "-", "±"));
	const [only] = terms;
	return terms.length === 1 && only?.sign === 1
		? only.term
		: { kind: "sum", terms, span: r.since(start) };
}

function readSign(r: Reader, first: boolean): 1 | -1 {
	if (r.atOperator("±")) throw r.problem("± stands for two formulas", "+ or −");
	const sign = r.atOperator("-") ? -1 : 1;
	if (r.atOperator("+", "-")) r.next();
	else if (!first)
		throw r.problem(`${r.shown()} is not expected here`, "+ or −");
	if (r.atOperator("+", "-", "±"))
		throw r.problem("two signs in a row", "brackets around the second");
	return sign;
}

/** Products, and ⊙ between them: the product entry by entry. */
function readEntrywise(r: Reader): Surface {
	const start = r.here().start;
	let left = readTerm(r);
	while (r.atOperator("⊙")) {
		r.next();
		const right = readTerm(r);
		const span = r.since(start);
		left = {
			kind: "call",
			function: plainName("hadamard", span),
			arguments: [left, right],
			given: [],
			parameters: [],
			span,
		};
	}
	return left;
}

/** More slashes than this in one product are not read: each makes the tree deeper. */
const MOST_SLASHES = 20;

function readTerm(r: Reader): Surface {
	const start = r.here().start;
	const { argumentOf } = r;
	r.argumentOf = null;
	let factors: Surface[] = [];
	let slashes = 0;
	const dots: number[] = [];
	do {
		if (r.atOperator("/") && factors.length > 0) {
			if (++slashes > MOST_SLASHES)
				throw r.problem("too many slashes in a row", "\\frac, or brackets");
			factors = [readSlash(r, productOf(r, factors, dots, start), start)];
			dots.length = 0;
			continue;
		}
		if (r.atOperator("·", "×", "*") && factors.length > 0) {
			if (r.atOperator("·")) dots.push(factors.length - 1);
			r.next();
		} else refuseNumerals(r, factors[factors.length - 1]);
		factors.push(r.grammar.factor(r));
	} while (
		!endsTerm(r) &&
		!(argumentOf && endsArgument(r, argumentOf, factors))
	);
	return productOf(r, factors, dots, start);
}

/** `n!`; a double factorial is another function. */
function readFactorials(r: Reader, base: Surface): Surface {
	if (!r.atOperator("!")) return base;
	r.next();
	if (r.atOperator("!"))
		throw r.problem("a double factorial is not read", "n!, or a product");
	const span = r.since(base.span.start);
	return scripted(r, {
		kind: "call",
		function: plainName("factorial", span),
		arguments: [base],
		given: [],
		parameters: [],
		span,
	});
}

function plainName(name: string, span: Span): SurfaceName {
	return {
		kind: "name",
		name,
		style: "upright",
		accents: [],
		subscripts: [],
		labels: [],
		span,
	};
}

function productOf(
	r: Reader,
	factors: readonly Surface[],
	dots: readonly number[],
	start: number,
): Surface {
	const [only] = factors;
	if (only && factors.length === 1) return only;
	if (factors.some((f) => f.kind === "const"))
		throw r.problem(
			"a constant in words as a factor",
			"\\propto",
			r.since(start),
		);
	return {
		kind: "product",
		factors: [...factors],
		...(dots.length > 0 ? { dots: [...dots] } : {}),
		span: r.since(start),
	};
}

/** `2 \, 3` is neither 23 nor clearly 6. */
function refuseNumerals(r: Reader, before: Surface | undefined): void {
	if (before?.kind === "number" && r.peek()?.kind === "number")
		throw r.problem("two numerals side by side", "\\cdot between them");
}

function endsTerm(r: Reader): boolean {
	const token = r.peek();
	if (!token || (r.awaited > 0 && atMeasure(r))) return true;
	if (token.kind === "operator") return !"·×*/".includes(token.operator);
	return (
		token.kind === "relation" ||
		token.kind === "punctuation" ||
		token.kind === "bar" ||
		token.kind === "evaluation" ||
		token.kind === "close"
	);
}

function readItem(r: Reader): Surface {
	const start = r.here().start;
	if (atPlaceholder(r)) {
		r.next();
		return { ...plainName("·", r.since(start)), style: "plain" };
	}
	const left = readSum(r);
	const token = r.peek();
	if (token?.kind !== "relation") return left;
	r.next();
	const right = readSum(r);
	const { relation } = token;
	return { kind: "relation", relation, left, right, span: r.since(start) };
}

/** The dot of `q(\cdot \mid x)`, where a variable would stand. */
function atPlaceholder(r: Reader): boolean {
	const behind = r.peek(1);
	const isAlone =
		!behind || behind.kind === "bar" || behind.kind === "punctuation";
	return isAlone && r.atOperator("·");
}

function readFactor(r: Reader): Surface {
	const token = r.peek();
	if (!token) throw r.problem("something is missing here", "an expression");
	if (atIndicator(r)) return scripted(r, readIndicator(r));
	switch (token.kind) {
		case "number":
			return scripted(r, readNumber(r));
		case "letter":
			return scripted(r, readLetter(r, token));
		case "word":
		case "text":
			return scripted(r, readWord(r));
		case "big":
			return token.operator === "integral" ? readIntegral(r) : readBig(r);
		case "open":
			return readBracket(r);
		case "fraction":
			return isDerivative(r, token)
				? readDerivative(r)
				: scripted(r, readFraction(r));
		case "binomial":
			return scripted(r, readBinomial(r));
		case "root":
			return scripted(r, readRoot(r));
		case "sign":
			return readSignToken(r, token);
		case "array":
			return readMatrix(r, token);
		case "unreadable":
			throw r.problem(token.message, token.expected);
		default:
			throw r.problem(`${r.shown()} is not expected here`, "an expression");
	}
}

function readNumber(r: Reader): Surface {
	const { text, span } = r.next() as NumberToken;
	return { kind: "number", text, span };
}

function readLetter(r: Reader, token: LetterToken): Surface {
	const moment = momentAt(r);
	if (moment) return readMoment(r, moment);
	if (isEuler(r, token)) return readExponential(r);
	if (namesDivergence(r)) return readDivergence(r, readHead(r));
	return readNameOrCall(r);
}

/** D_{KL}, with any letters in the subscript that spell KL, before a bracket. */
function namesDivergence(r: Reader): boolean {
	const token = r.peek();
	const scripts = r.peek(1);
	if (
		token?.kind !== "letter" ||
		token.name !== "D" ||
		scripts?.kind !== "scripts" ||
		!scripts.sub ||
		!r.atOpen(2)
	)
		return false;
	const word = scripts.sub
		.map((t) =>
			t.kind === "letter" || t.kind === "word"
				? t.name
				: t.kind === "text"
					? t.text.trim()
					: "",
		)
		.join("");
	return divergences.has(word);
}

function isEuler(r: Reader, token: LetterToken): boolean {
	const scripts = r.peek(1);
	const raised =
		scripts?.kind === "scripts" &&
		scripts.sup !== null &&
		scripts.sub === null &&
		scripts.primes === 0;
	return (
		raised &&
		token.name === "e" &&
		(token.style === "plain" || token.style === "upright") &&
		!r.lexicon.isSymbol("e")
	);
}

/** `e^{…}` is exp(…). */
function readExponential(r: Reader): Surface {
	const token = r.next();
	const scripts = r.next();
	const exponent =
		scripts.kind === "scripts" ? r.inside(scripts.sup ?? [], readSum) : null;
	if (!exponent) throw r.problem("e without an exponent", "e^{…}");
	return {
		kind: "call",
		function: plainName("exp", token.span),
		arguments: [exponent],
		given: [],
		parameters: [],
		span: r.since(token.span.start),
	};
}

function readFraction(r: Reader): Surface {
	const token = r.next() as FractionToken;
	return {
		kind: "fraction",
		numerator: r.inside(token.numerator, readSum),
		denominator: r.inside(token.denominator, readSum),
		span: token.span,
	};
}

function readBinomial(r: Reader): Surface {
	const token = r.next() as BinomialToken;
	return {
		kind: "call",
		function: plainName("binom", token.span),
		arguments: [r.inside(token.upper, readSum), r.inside(token.lower, readSum)],
		given: [],
		parameters: [],
		span: token.span,
	};
}

/** A root is a power of one over its degree. */
function readRoot(r: Reader): Surface {
	const token = r.next() as RootToken;
	const { span } = token;
	const one: Surface = { kind: "number", text: "1", span };
	const degree: Surface = token.degree
		? r.inside(token.degree, readSum)
		: { kind: "number", text: "2", span };
	return {
		kind: "power",
		base: r.inside(token.body, readSum),
		exponent: { kind: "fraction", numerator: one, denominator: degree, span },
		span,
	};
}

function readSignToken(r: Reader, token: SignToken): Surface {
	if (token.sign === "partial" || token.sign === "nabla")
		return readGradient(r);
	if (token.sign !== "dots")
		throw r.problem(`${r.shown()} is not expected here`, "an expression");
	r.next();
	return { kind: "dots", span: token.span };
}
