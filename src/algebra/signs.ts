import { type Environment, rangeOf } from "./environment.js";
import type { Atom, Factor, Form, Term } from "./form.js";
import { besideSquares } from "./squares.js";
import { isDensity } from "./tables.js";

/** What the declared types imply of the sign of a form: the side conditions of log and of fractional powers. */
export type Sign = "positive" | "nonnegative" | "unknown";

export function signOf(env: Environment, form: Form): Sign {
	if (env.positive.has(form.key)) return "positive";
	let sign: Sign = "nonnegative";
	for (const term of form.terms.values()) {
		const s = signOfTerm(env, term);
		if (s === "unknown")
			return isComplement(env, form) || exceedsIndex(env, form)
				? "positive"
				: signBesideSquares(env, form);
		if (s === "positive") sign = "positive";
	}
	return form.terms.size === 0 ? "nonnegative" : sign;
}

/** 1 + (x − m)²/s², multiplied out, is positive. */
function signBesideSquares(env: Environment, form: Form): Sign {
	const terms = [...form.terms.values()];
	const rest = besideSquares(terms, (t) => signOfTerm(env, t) !== "unknown");
	if (!rest) return "unknown";
	return rest.some((t) => signOfTerm(env, t) === "positive")
		? "positive"
		: "nonnegative";
}

export function isPositive(env: Environment, form: Form): boolean {
	return signOf(env, form) === "positive";
}

function signOfTerm(env: Environment, term: Term): Sign {
	if (term.coefficient.s < 0n) return "unknown";
	let sign: Sign = "positive";
	for (const f of term.factors) {
		const s = signOfFactor(env, f);
		if (s === "unknown") return "unknown";
		if (s === "nonnegative") sign = "nonnegative";
	}
	return sign;
}

export function signOfFactor(
	env: Environment,
	{ atom, exponent }: Factor,
): Sign {
	const sign = signOfAtom(env, atom);
	if (sign !== "unknown") return sign;
	return exponent.d === 1n && exponent.n % 2n === 0n
		? "nonnegative"
		: "unknown";
}

function signOfAtom(env: Environment, atom: Atom): Sign {
	switch (atom.kind) {
		case "symbol":
			return signOfSymbol(env, atom);
		case "size":
		case "prime":
			return "positive";
		case "constant":
			return "positive";
		case "ix":
			return /[-+]/.test(atom.at) ? "unknown" : "positive";
		case "hot":
		case "delta":
			return "nonnegative";
		case "function":
			if (atom.name === "exp" || atom.name === "sigmoid") return "positive";
			if (atom.name === "abs" || atom.name === "step") return "nonnegative";
			return atom.name === "gamma" || atom.name === "trigamma"
				? signOf(env, atom.argument)
				: "unknown";
		case "poly":
			return signOf(env, atom.form);
		case "power":
			return signOf(env, atom.base);
		case "product":
		case "maximum":
			return signOf(env, atom.body);
		case "inverse":
			return atom.symmetric &&
				atom.row === atom.column &&
				isPosdefForm(env, atom.matrix)
				? "positive"
				: "unknown";
		case "determinant":
		case "opaque":
			return atom.positive ? "positive" : "unknown";
		default:
			return "unknown";
	}
}

function signOfSymbol(
	env: Environment,
	atom: Extract<Atom, { kind: "symbol" }>,
): Sign {
	if (isDensity(atom.name)) return "positive";
	switch (env.context.symbols.get(atom.name)?.type) {
		case "positive":
		case "probability":
		case "simplex":
			return "positive";
		case "nonnegative":
		case "count":
		case "onehot":
			return "nonnegative";
		case "posdef":
			return atom.ix.at(-1) === atom.ix.at(-2) ? "positive" : "unknown";
		default:
			return "unknown";
	}
}

/** The entries of one declared positive definite matrix. */
function isPosdefForm(env: Environment, matrix: Form): boolean {
	const only =
		matrix.terms.size === 1 ? [...matrix.terms.values()][0] : undefined;
	const atom =
		only?.factors.length === 1 && only.bound.length === 0
			? only.factors[0]?.atom
			: undefined;
	return (
		atom?.kind === "symbol" &&
		env.context.symbols.get(atom.name)?.type === "posdef"
	);
}

/** 1 − p for a probability p. */
function isComplement(env: Environment, form: Form): boolean {
	if (form.terms.size !== 2) return false;
	const terms = [...form.terms.values()];
	const whole = terms.find((t) => t.key === "" && t.coefficient.equals(1));
	const part = terms.find((t) => t.key !== "" && t.coefficient.equals(-1));
	if (!whole || !part || part.bound.length > 0 || part.factors.length !== 1)
		return false;
	const { atom, exponent } = part.factors[0] as Factor;
	if (!exponent.equals(1)) return false;
	if (atom.kind === "function") return atom.name === "sigmoid";
	if (atom.kind !== "symbol") return false;
	const type = env.context.symbols.get(atom.name)?.type;
	return type === "probability";
}

/**
 * a ν + b − c d for an index d = 1…D and degrees of freedom ν > D − 1, with a ≥ c and b ≥ c > 0, and other terms that are
 * not negative: more than a (D − 1) + c − c D ≥ 0.
 */
function exceedsIndex(env: Environment, form: Form): boolean {
	const terms = [...form.terms.values()];
	const negative = terms.filter((t) => t.coefficient.s < 0n);
	const [less] = negative;
	const index = less && soleFactor(less);
	if (!index || negative.length > 1 || index.kind !== "ix") return false;
	const range = rangeOf(env, index.at);
	const most = less.coefficient.neg();
	const enough = (t: Term) => t.coefficient.compare(most) >= 0;
	const isDegrees = (t: Term) => {
		const atom = soleFactor(t);
		const above =
			atom?.kind === "symbol"
				? env.context.symbols.get(atom.name)?.above
				: undefined;
		return above !== undefined && above === range && enough(t);
	};
	return (
		terms.some(isDegrees) &&
		terms.some((t) => t.key === "" && enough(t)) &&
		terms.every((t) => t === less || signOfTerm(env, t) !== "unknown")
	);
}

/** The atom that a term is a multiple of, if it is to the power of 1 and nothing is summed. */
function soleFactor({ factors, bound }: Term): Atom | null {
	const [only] = factors;
	return factors.length === 1 && bound.length === 0 && only?.exponent.equals(1)
		? only.atom
		: null;
}
