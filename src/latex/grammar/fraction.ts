import type { Surface } from "../surface.js";
import { greekFunctions } from "../tokens/vocabulary.js";
import { atMeasure } from "./integral.js";
import type { Reader } from "./reader.js";

/**
 * Reads a slash and its denominator. By convention the denominator takes in the names and numbers beside it, so that
 * `1/2\sigma^2` is 1/(2σ²); brackets, functions, sums and fractions behind it are factors of their own, and a
 * denominator that is a bracket ends with it.
 */
export function readSlash(
	r: Reader,
	numerator: Surface,
	start: number,
): Surface {
	r.next();
	const bracketed = !isPlain(r);
	const factors = [r.grammar.factor(r)];
	while (!bracketed && isPlain(r)) factors.push(r.grammar.factor(r));
	const [first] = factors as [Surface];
	const denominator: Surface =
		factors.length === 1
			? first
			: { kind: "product", factors, span: r.since(first.span.start) };
	const span = r.since(start);
	if (factors.length === 1)
		return { kind: "fraction", numerator, denominator, span };
	const written = r.reading.source.slice(span.start, span.end);
	const noted = `in ${written} the slash was read over everything beside it: the denominator is ${r.reading.source.slice(first.span.start, span.end)}`;
	r.note(noted, span);
	return { kind: "fraction", numerator, denominator, noted, span };
}

/** A number, or a name that applies to nothing. */
function isPlain(r: Reader): boolean {
	const token = r.peek();
	if (token?.kind === "number") return true;
	if (token?.kind !== "letter" || (r.awaited > 0 && atMeasure(r))) return false;
	let i = 1;
	while (r.peek(i)?.kind === "scripts") i++;
	if (!r.atOpen(i, "([")) return token.name !== "E" || r.lexicon.isSymbol("E");
	return (
		r.lexicon.isSymbol(token.name) ||
		!(
			r.lexicon.isFunction(token.name) ||
			greekFunctions.has(token.name) ||
			token.style === "cal" ||
			token.style === "bb"
		)
	);
}
