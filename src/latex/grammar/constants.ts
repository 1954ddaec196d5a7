import type { Surface } from "../surface.js";
import type { TextToken, Token } from "../tokens/token.js";
import { constants } from "../tokens/vocabulary.js";
import type { Reader } from "./reader.js";
import { nextAfterComma } from "./scripts.js";

const constantText =
	/^\(?\s*(?:const(?:ant)?s?|cste?)\b|^\(?\s*(?:(?:other|all|some)\s+)?terms?\b.*\b(?:independent|not|without|constant)\b/i;

/** A text that ends in a preposition: what follows is the variable. */
const ofWhat =
	/(?:w\.?\s*r\.?\s*t\.?|respect to|independent of|on|involv(?:e|ing)|without|in|of)\s*$/i;

/** Whether an additive constant is written here, in words. */
export function atConstant(r: Reader): boolean {
	const token = r.peek();
	if (token?.kind === "word") return constants.has(token.name);
	return token?.kind === "text" && constantText.test(token.text.trim());
}

/** `\text{const}`, `\text{const}_{\mu_k}`, `\text{const. w.r.t. } \mu_k`. */
export function readConstant(r: Reader): Surface {
	const token = r.next();
	const start = token.span.start;
	const scripts = r.peek();
	let variable: Surface | null = null;
	if (scripts?.kind === "scripts") {
		if (!scripts.sub || scripts.sup || scripts.primes > 0)
			throw r.problem(
				"a constant in words takes a subscript at most",
				"\\text{const}_{\\mu_k}",
				scripts.span,
			);
		r.next();
		variable = r.inside(scripts.sub, readVariables);
	} else if (token.kind === "text") variable = variableOf(r, token);
	return { kind: "const", variable, span: r.since(start) };
}

function variableOf(r: Reader, token: TextToken): Surface | null {
	const [inWords, ...more] = token.math;
	if (more.length > 0)
		throw r.problem(
			"a constant that is free of several things",
			"one variable",
			token.span,
		);
	if (inWords) return r.inside(inWords, readVariables);
	return ofWhat.test(token.text) && !r.atEnd ? r.grammar.factor(r) : null;
}

/** One variable, or a tuple of several. */
export function readVariables(r: Reader): Surface {
	const start = r.here().start;
	const items: Surface[] = [r.grammar.factor(r)];
	while (nextAfterComma(r)) items.push(r.grammar.factor(r));
	return items.length === 1
		? (items[0] as Surface)
		: { kind: "tuple", items, span: r.since(start) };
}

/** Whether a C that is no symbol stands here alone as a term: `+ C`, `+ C_1`, `+ C_\theta`. */
export function atLetterConstant(r: Reader): boolean {
	const token = r.peek();
	if (
		token?.kind !== "letter" ||
		token.name !== "C" ||
		token.style !== "plain" ||
		token.accents.length > 0 ||
		r.lexicon.isSymbol("C")
	)
		return false;
	const scripts = r.peek(1);
	const after =
		scripts?.kind === "scripts" &&
		(isNumbered(scripts) || namesSymbol(r, scripts))
			? r.peek(2)
			: scripts;
	return (
		after === undefined ||
		["relation", "punctuation", "bar"].includes(after.kind) ||
		(after.kind === "operator" && "+-".includes(after.operator))
	);
}

function isNumbered(token: Token): boolean {
	if (token.kind !== "scripts" || token.sup || token.primes > 0) return false;
	return token.sub?.every((t) => t.kind === "number") ?? false;
}

/** Whether a subscript begins with a symbol of the sheet: the variable that the constant is free of. */
function namesSymbol(r: Reader, token: Token): boolean {
	if (token.kind !== "scripts" || token.sup || token.primes > 0) return false;
	const first = token.sub?.find((t) => t.kind !== "space");
	return first?.kind === "letter" && r.lexicon.isSymbol(first.name);
}

/** Reads the C of `+ C_1`, and that of `+ C_\theta` with its variable. */
export function readLetterConstant(r: Reader): Surface {
	const { start } = r.next().span;
	const scripts = r.peek();
	let variable: Surface | null = null;
	if (scripts?.kind === "scripts") {
		if (scripts.sub && !isNumbered(scripts))
			variable = r.inside(scripts.sub, readVariables);
		r.next();
	}
	return { kind: "const", variable, span: r.since(start) };
}
