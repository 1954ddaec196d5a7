import type Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Factor, Form, Term } from "../../algebra/form.js";
import {
	asRational,
	plus,
	product,
	singleTerm,
	times,
} from "../../algebra/ring.js";

/** The single product ρ with wanted = ρ · given, or null. */
export function ratioOf(
	env: Environment,
	wanted: Form,
	given: Form,
): Form | null {
	if (wanted.terms.size !== given.terms.size) return null;
	const [first] = given.terms.values();
	if (!first) return null;
	for (const term of wanted.terms.values()) {
		const ratio = quotient(env, term, first);
		if (ratio && times(env, ratio, given).key === wanted.key) return ratio;
	}
	return null;
}

/** The form of at most so many terms by which the given one has to be multiplied; null if none is found. */
export function quotientOf(
	env: Environment,
	wanted: Form,
	given: Form,
	most: number,
): Form | null {
	const count = wanted.terms.size / given.terms.size;
	const [first] = given.terms.values();
	if (!first || !Number.isInteger(count) || count > most) return null;
	const parts = [...wanted.terms.values()].flatMap((term) => {
		const ratio =
			first.bound.length > 0
				? quotient(env, term, first)
				: overNumber(env, term, first);
		const part = ratio && times(env, ratio, given);
		const isWithin =
			part && [...part.terms.keys()].every((key) => wanted.terms.has(key));
		return isWithin ? [ratio] : [];
	});
	const whole = plus(...parts);
	return parts.length === count && times(env, whole, given).key === wanted.key
		? whole
		: null;
}

/** a / b for two terms under the same sums, if what is summed over cancels. */
function quotient(env: Environment, a: Term, b: Term): Form | null {
	if (
		a.bound.map((x) => `${x.name}:${x.range}`).join() !==
		b.bound.map((x) => `${x.name}:${x.range}`).join()
	)
		return null;
	const inverted = b.factors.map((f) => ({
		atom: f.atom,
		exponent: f.exponent.neg(),
	}));
	const form = product(
		env,
		a.coefficient.div(b.coefficient),
		[...a.factors, ...inverted],
		[],
	);
	const only = singleTerm(form);
	return only && !only.factors.some(isLocal) ? form : null;
}

/** a / b for a term b that is no sum. */
function overNumber(env: Environment, a: Term, b: Term): Form {
	const inverted = b.factors.map((f) => ({
		atom: f.atom,
		exponent: f.exponent.neg(),
	}));
	const coefficient = a.coefficient.div(b.coefficient);
	return product(env, coefficient, [...a.factors, ...inverted], a.bound);
}

/** Whether a factor mentions an index that its own term binds. */
function isLocal(f: Factor): boolean {
	return [...f.atom.variables].some((v) => v.startsWith("$"));
}

/** What is wrong where a part of the side must be multiplied by ρ, and how large a change that is; null if too large. */
export function nameOfRatio(
	ratio: Form,
): { kind: string; cost: number } | null {
	const value = asRational(ratio);
	if (value) return nameOfNumber(value);
	const only = singleTerm(ratio) as Term;
	const sizes = only.factors.filter((f) => f.atom.kind === "size");
	const plain = only.coefficient.equals(1);
	if (sizes.length === 1 && only.factors.length === 1 && plain)
		return { kind: `factor ${nameOf(sizes[0] as Factor)}`, cost: 1.1 };
	if (only.factors.some((f) => !isSimple(f))) return null;
	const extent = only.factors.length + (plain ? 0 : 1);
	return extent <= 3 ? { kind: "factor", cost: 1.18 + 0.1 * extent } : null;
}

/** The same for a number. */
export function nameOfNumber(value: Fraction): { kind: string; cost: number } {
	if (value.equals(-1)) return { kind: "sign", cost: 1 };
	if (value.equals(2) || value.equals(0.5))
		return { kind: "factor 2", cost: 1.05 };
	const isPlain = value.compare(1) > 0 || value.s < 0n;
	const shown = isPlain ? value : value.inverse();
	return { kind: `factor ${shown.toFraction()}`, cost: 1.3 };
}

function nameOf(f: Factor): string {
	return "name" in f.atom ? f.atom.name : "";
}

function isSimple(f: Factor): boolean {
	return (
		f.atom.kind === "symbol" ||
		f.atom.kind === "size" ||
		f.atom.kind === "constant"
	);
}
