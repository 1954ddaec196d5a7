import { add } from "./arithmetic.js";
import {
	keyOf,
	mapParts,
	one,
	parts,
	type Scalar,
	someScalar,
} from "./scalar.js";

/**
 * log Γ(u) + log u as log Γ(u + 1). A normal form splits logarithms of factorials so, and then log (n − x)! is ∞ − ∞ where
 * a count x reaches its n.
 */
export function withFactorials(value: Scalar): Scalar {
	if (value.kind !== "add")
		return mapParts(value, (part) => withFactorials(part));
	const terms = value.terms.map((t) => withFactorials(t));
	for (let at = 0; at < terms.length; at++) {
		const joined = joinedWithLogarithm(terms, at);
		if (joined) return withFactorials({ ...value, terms: joined });
	}
	return { ...value, terms };
}

/** The terms with a log Γ of one of them joined with its logarithm in another one, or null if there is none. */
function joinedWithLogarithm(
	terms: readonly Scalar[],
	at: number,
): Scalar[] | null {
	const term = terms[at] as Scalar;
	for (const u of argumentsOfLogGamma(term)) {
		const key = keyOf(u);
		const wanted = keyOf(exchanged(term, key, (of) => logarithm("log", of)));
		const other = terms.findIndex((t, n) => n !== at && keyOf(t) === wanted);
		if (other < 0) continue;
		const shifted = exchanged(term, key, (of) =>
			logarithm("lgamma", add(of, one)),
		);
		return terms
			.map((t, n) => (n === at ? shifted : t))
			.filter((_, n) => n !== other);
	}
	return null;
}

function logarithm(fn: "log" | "lgamma", argument: Scalar): Scalar {
	return { kind: "call", fn, argument };
}

/** Arguments of log Γ as factors of a term, sums over indices included; but not where two are multiplied. */
function argumentsOfLogGamma(term: Scalar): Scalar[] {
	const found: Scalar[] = [];
	someScalar(term, (part) => {
		if (part.kind === "call" && part.fn === "lgamma") found.push(part.argument);
		return false;
	});
	return found.length === 1 && isLinear(term) ? found : [];
}

/** Whether its one log Γ is a factor of the term, so that the term is linear in it. */
function isLinear(s: Scalar): boolean {
	if (s.kind === "call") return s.fn === "lgamma";
	const isOpen = s.kind === "mul" || s.kind === "when" || isSum(s);
	const inner = parts(s).filter((p) =>
		someScalar(p, (part) => part.kind === "call" && part.fn === "lgamma"),
	);
	return isOpen && inner.every(isLinear);
}

function isSum(s: Scalar): boolean {
	return s.kind === "fold" && s.op === "+";
}

/** The value with its log Γ of that argument exchanged for something else. */
function exchanged(
	s: Scalar,
	key: string,
	by: (argument: Scalar) => Scalar,
): Scalar {
	if (s.kind === "call" && s.fn === "lgamma" && keyOf(s.argument) === key)
		return by(s.argument);
	return mapParts(s, (part) => exchanged(part, key, by));
}
