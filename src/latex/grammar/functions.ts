import type { Surface, SurfaceName } from "../surface.js";
import type { Token } from "../tokens/token.js";
import { isDensity } from "./arguments.js";
import { applied } from "./calls.js";
import { wrapped } from "./names.js";
import type { Reader } from "./reader.js";
import { readSubscripts, readSuperscript } from "./scripts.js";

/**
 * Reads a function that needs no brackets. With a bracket directly behind it, it applies to that bracket alone
 * (`\log(a) b` is b log a); without, to the whole product (`\log 2\pi`). `\log^2 x` is the square of the logarithm.
 */
export function readFunction(r: Reader, name: string): Surface {
	const token = r.next();
	const start = token.span.start;
	const { sub, sup } = ownScripts(r);
	const subscripts = sub
		? readSubscripts(r, sub)
		: { subscripts: [], labels: [] };
	const called: SurfaceName = {
		kind: "name",
		name,
		style: "upright",
		accents: [],
		...subscripts,
		span: r.since(start),
	};
	if (name === "argmax" || name === "argmin") return onAll(r, called);
	const call = r.atOpen() ? onBracket(r, called) : onProduct(r, called);
	if (!sup) return call;
	const power = readSuperscript(r, sup, token.span);
	if (power.kind !== "power")
		throw r.problem(
			"this superscript of a function is not read",
			"a power, as in \\log^2 x",
			r.since(start),
		);
	return wrapped(r, call, [power]);
}

/** The scripts that stand on the function itself. */
function ownScripts(r: Reader): {
	sub: readonly Token[] | null;
	sup: readonly Token[] | null;
} {
	let sub: readonly Token[] | null = null;
	let sup: readonly Token[] | null = null;
	for (let token = r.peek(); token?.kind === "scripts"; token = r.peek()) {
		if ((sub && token.sub) || (sup && token.sup) || token.primes > 0)
			throw r.problem(
				"these scripts of a function are not read",
				"a power, as in \\log^2 x",
			);
		sub = token.sub ?? sub;
		sup = token.sup ?? sup;
		r.next();
	}
	return { sub, sup };
}

/**
 * A power or factorial of the bracket belongs to the argument of a logarithm: `\log (2\pi)^{D/2}`, `\log (n + 1)!`; else to
 * the value.
 */
function onBracket(r: Reader, name: SurfaceName): Surface {
	const at = r.closingOf() + 1;
	const behind = at < r.end ? r.tokens[at] : undefined;
	const isRaised = behind?.kind === "scripts";
	const isFactorial = behind?.kind === "operator" && behind.operator === "!";
	if (name.name !== "log" || !(isRaised || isFactorial))
		return applied(r, name);
	const argument = r.grammar.factor(r);
	const span = r.since(name.span.start);
	if (isRaised)
		r.note(
			"a power behind the bracket of a logarithm was read as part of its argument: log(a)^b is log(a^b)",
			span,
		);
	return {
		kind: "call",
		function: name,
		arguments: [argument],
		given: [],
		parameters: [],
		span,
	};
}

/** What an argmax is of goes on to the end of the side: nobody adds to a maximiser. */
function onAll(r: Reader, name: SurfaceName): Surface {
	const argument = r.grammar.sum(r);
	return {
		kind: "call",
		function: name,
		arguments: [argument],
		given: [],
		parameters: [],
		span: r.since(name.span.start),
	};
}

/** A function reaches over the product behind it, up to what nobody means to be in it. */
function onProduct(r: Reader, name: SurfaceName): Surface {
	if (r.atOperator("-", "+"))
		throw r.problem(
			`a sign directly behind \\${name.name}`,
			"brackets around the argument",
		);
	r.argumentOf = "function";
	const argument = r.grammar.term(r);
	const span = r.since(name.span.start);
	if (reachesOverDensity(argument))
		r.note(
			`\\${name.name} was read as reaching over the whole product behind it, the density included: set brackets where it ends`,
			span,
		);
	return {
		kind: "call",
		function: name,
		arguments: [argument],
		given: [],
		parameters: [],
		span,
	};
}

/** `\log u\, p(u)`: who writes that may have meant \log(u) p(u). */
function reachesOverDensity(argument: Surface): boolean {
	if (argument.kind !== "product") return false;
	const [first, ...others] = argument.factors;
	return first?.kind !== "call" && others.some(isDensity);
}
