import type { Surface, SurfaceName } from "../surface.js";
import type { LetterToken, Token } from "../tokens/token.js";
import { divergences, greekFunctions } from "../tokens/vocabulary.js";
import { type Head, readHead, wrapped } from "./names.js";
import type { Reader } from "./reader.js";

/** What stands in the brackets of a call: `(x, z \mid y; \theta)`. */
export interface Arguments {
	readonly arguments: readonly Surface[];
	readonly given: readonly Surface[];
	readonly parameters: readonly Surface[];
}

/** Reads the bracket here: items separated by commas, after a bar and after a semicolon. */
export function readArguments(r: Reader, divergence = false): Arguments {
	return r.within((inner) => {
		const lists = {
			arguments: [] as Surface[],
			given: [] as Surface[],
			parameters: [] as Surface[],
		};
		let current = lists.arguments;
		while (!inner.atEnd) {
			current.push(inner.grammar.item(inner));
			const token = inner.peek();
			if (token?.kind === "punctuation" && token.mark === ",") inner.next();
			else if (
				token?.kind === "punctuation" &&
				token.mark === ";" &&
				current !== lists.parameters
			)
				current = after(inner, lists.parameters);
			else if (token?.kind === "bar" && lists.given.length === 0) {
				if (token.double && !divergence)
					inner.note(
						"a double bar was read as the bar of a condition",
						token.span,
					);
				current = after(inner, lists.given);
			} else inner.expectEnd();
			if (inner.atEnd && token)
				throw inner.problem(
					"the list ends too early",
					"something before the bracket closes",
				);
		}
		return lists;
	});
}

function after(r: Reader, list: Surface[]): Surface[] {
	r.next();
	return list;
}

/** Reads a name and, if the bracket behind it holds arguments, its application. */
export function readNameOrCall(r: Reader): Surface {
	const token = r.peek() as LetterToken;
	const written = readHead(r);
	const density = written.wraps.length === 0 ? capitalDensity(r, token) : null;
	const head = density ? asDensity(r, written, density) : written;
	if (head === written && !applies(r, token))
		return wrapped(r, head.name, head.wraps);
	if (token.name === "sigma")
		r.note("σ(…) was read as the logistic function 1/(1 + e^{−x})", token.span);
	const isDivergence = divergesBy(r, token);
	return isDivergence
		? readDivergence(r, head)
		: wrapped(r, applied(r, head.name), head.wraps);
}

/** `P(x \mid z)` and `Q(z)`, where P and Q are no names of the sheet and the display has no p or q of its own that might be another. */
function capitalDensity(
	r: Reader,
	{ name, style }: LetterToken,
): "p" | "q" | null {
	const isPlain = style === "plain" || style === "upright" || style === "bb";
	if (!isPlain || r.lexicon.isSymbol(name)) return null;
	if (name === "P") return isOnlyProbability(r) ? "p" : null;
	const isFree = !r.lexicon.isFunction(name) && !r.reading.functions.has(name);
	return name === "Q" && isFree && isOnly(r, "q") && holdsVariables(r)
		? "q"
		: null;
}

/** Whether the name before a bracket can be the density p: the display has no p of its own. */
export function isOnlyProbability(r: Reader): boolean {
	return isOnly(r, "p");
}

const standsAlone = {
	p: /(?<![A-Za-z\\])p(?![A-Za-z])/,
	q: /(?<![A-Za-z\\])q(?![A-Za-z])/,
};

function isOnly(r: Reader, letter: "p" | "q"): boolean {
	return (
		r.atOpen(0, "([") &&
		r.lexicon.isFunction(letter) &&
		!standsAlone[letter].test(r.reading.source)
	);
}

/** Whether names alone stand in the bracket, the first of them Latin: `Q(\theta \mid \theta^{(t)})` is that of EM, and no density. */
function holdsVariables(r: Reader): boolean {
	const inside = r.tokens
		.slice(r.position + 1, r.closingOf())
		.filter((t) => t.kind !== "scripts" && t.kind !== "space");
	const [first] = inside;
	return (
		first?.kind === "letter" &&
		/^[A-Za-z]$/.test(first.name) &&
		inside.every(
			(t) =>
				t.kind === "letter" || t.kind === "punctuation" || t.kind === "bar",
		)
	);
}

/** The name as one of the density, with a note. */
export function asDensity(
	r: Reader,
	head: Head,
	letter: "p" | "q" = "p",
): Head {
	const whole = { start: 0, end: r.reading.source.length };
	const written = head.name.name;
	r.note(`${written}(…) was read as the density ${letter}(…)`, whole);
	return { ...head, name: { ...head.name, name: letter, style: "plain" } };
}

/** The call of a name whose bracket begins here. */
export function applied(r: Reader, name: SurfaceName): Surface {
	const read = readArguments(r);
	return {
		kind: "call",
		function: name,
		...read,
		span: r.since(name.span.start),
	};
}

/** `\mathrm{KL}(q \| p)`; a comma does for the bars. */
export function readDivergence(r: Reader, head: Head): Surface {
	const read = readArguments(r, true);
	const [first, second, ...more] = [...read.arguments, ...read.given];
	if (!first || !second || more.length > 0 || read.parameters.length > 0)
		throw r.problem(
			"a divergence is of two densities",
			"KL(q \\| p)",
			r.since(head.name.span.start),
		);
	const name: SurfaceName = {
		...head.name,
		name: "KL",
		style: "upright",
		subscripts: [],
		labels: [],
	};
	return wrapped(
		r,
		{
			kind: "call",
			function: name,
			arguments: [first],
			given: [second],
			parameters: [],
			span: r.since(head.name.span.start),
		},
		head.wraps,
	);
}

/** D with two bars in its bracket. */
function divergesBy(r: Reader, token: LetterToken): boolean {
	return (
		(token.name === "D" && hasAtTop(r, (t) => t.kind === "bar" && t.double)) ||
		divergences.has(token.name)
	);
}

/** Whether the bracket here (if there is one) holds arguments of the name before it, instead of being a factor. */
function applies(r: Reader, token: LetterToken): boolean {
	if (!r.atOpen(0, "([")) return false;
	const { name, style } = token;
	if (style === "cal" || style === "bb" || style === "frak") return true;
	if (r.reading.functions.has(name)) return true;
	if (!r.lexicon.isSymbol(name)) {
		if (
			r.lexicon.isFunction(name) ||
			greekFunctions.has(name) ||
			(style === "upright" && /^[A-Z]$/.test(name))
		)
			return true;
	}
	return hasAtTop(r, (t) => t.kind === "punctuation" || t.kind === "bar");
}

/** Whether the bracket here has such a token directly in it. */
export function hasAtTop(r: Reader, test: (token: Token) => boolean): boolean {
	const close = r.closingOf();
	let depth = 0;
	for (let i = r.position + 1; i < close; i++) {
		const token = r.tokens[i] as Token;
		if (token.kind === "open") depth++;
		else if (token.kind === "close") depth--;
		else if (depth === 0 && test(token)) return true;
	}
	return false;
}
