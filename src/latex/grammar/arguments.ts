import type { Surface } from "../surface.js";
import { functions } from "../tokens/vocabulary.js";
import { startsDerivative } from "./derivative.js";
import type { Applied, Reader } from "./reader.js";

/**
 * Whether the argument of a function or derivative without brackets ends here although the product goes on: before a derivative
 * (`\nabla f \nabla g`), and before what nobody puts there.
 */
export function endsArgument(
	r: Reader,
	of: Applied,
	factors: readonly Surface[],
): boolean {
	const at = r.atOperator("·", "×", "*", "/") ? 1 : 0;
	const token = r.peek(at);
	if (token && startsDerivative(r, token)) return true;
	if (of === "function" && atOwnValue(r, at)) return true;
	return at === 0 && r.atOpen() && isScored(of, factors);
}

/** A logarithm or ψ within an argument: `\log a \log b`, `\ln b / \ln a`. */
function atOwnValue(r: Reader, at: number): boolean {
	const token = r.peek(at);
	if (token?.kind === "word") return functions.get(token.name) === "log";
	return (
		token?.kind === "letter" &&
		/^[pP]si$/.test(token.name) &&
		r.atOpen(at + 1) &&
		!r.lexicon.isSymbol(token.name)
	);
}

/** `\log q(z)` and `\nabla \log q(z)` as they stand before the bracket that they are multiplied by. */
function isScored(of: Applied, factors: readonly Surface[]): boolean {
	const [only, ...others] = factors;
	if (!only || others.length > 0) return false;
	if (of === "function") return isDensity(only);
	const [inside] =
		only.kind === "call" && only.function.name === "log" ? only.arguments : [];
	return inside !== undefined && isDensity(inside);
}

/** A call with a bar, as densities have it, or of p or q. */
export function isDensity(s: Surface): boolean {
	return (
		s.kind === "call" && (s.given.length > 0 || /^[pq]$/.test(s.function.name))
	);
}
