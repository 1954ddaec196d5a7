import Fraction from "fraction.js";
import { functionAtom, polyAtom, primeAtom } from "../atoms.js";
import { splitContent } from "../content.js";
import { type Environment, NoNormalForm } from "../environment.js";
import { exactPower } from "../exactPower.js";
import type { Factor, Form, Term } from "../form.js";
import { overOneHotCases } from "../oneHot.js";
import { nought, product, times, unit } from "../ring.js";
import { signOfFactor } from "../signs.js";
import { isWhole, monomial, mostFactors } from "./monomial.js";

/** form^exponent. @throws NoNormalForm for a negative power of zero. */
export function power(env: Environment, base: Form, exponent: Fraction): Form {
	if (exponent.n === 0n) return unit;
	if (exponent.equals(1)) return base;
	if (base.terms.size === 0) {
		if (exponent.s > 0n) return nought;
		throw new NoNormalForm("division by zero");
	}
	const only = monomial(base);
	if (only) return monomialPower(env, only, exponent);
	if (isWhole(exponent) && exponent.s > 0n)
		return repeatedProduct(env, base, Number(exponent.n));
	const cases = overOneHotCases(env, base, (f) => power(env, f, exponent));
	if (cases) return cases;
	const { content, primitive } = splitContent(env, base, !isWhole(exponent));
	if (monomial(primitive))
		return power(env, times(env, content, primitive), exponent);
	const rest = product(
		env,
		new Fraction(1),
		[{ atom: polyAtom(primitive), exponent }],
		[],
	);
	return times(env, power(env, content, exponent), rest);
}

function repeatedProduct(env: Environment, base: Form, count: number): Form {
	if (count > mostFactors)
		throw new NoNormalForm(`a power of ${count} is not multiplied out`);
	let result = unit;
	for (let i = 0; i < count; i++) result = times(env, result, base);
	return result;
}

function monomialPower(env: Environment, term: Term, exponent: Fraction): Form {
	if (isWhole(exponent)) {
		const factors = term.factors.map((f) => ({
			atom: f.atom,
			exponent: f.exponent.mul(exponent),
		}));
		return product(env, exactPower(term.coefficient, exponent), factors, []);
	}
	const outside: Factor[] = [];
	const inside: Factor[] = [];
	for (const f of term.factors)
		distributeRoot(env, f, exponent, outside, inside);
	if (term.coefficient.s > 0n)
		outside.push(...rationalPower(term.coefficient, exponent));
	const result = product(env, new Fraction(1), outside, []);
	const kept = term.coefficient.s > 0n ? new Fraction(1) : term.coefficient;
	if (inside.length === 0 && term.coefficient.s > 0n) return result;
	const poly = polyAtom(product(env, kept, inside, []));
	return times(
		env,
		result,
		product(env, new Fraction(1), [{ atom: poly, exponent }], []),
	);
}

/** (x²)^{1/2} = |x|; a positive factor takes any exponent; what may be negative stays under the root. */
function distributeRoot(
	env: Environment,
	f: Factor,
	exponent: Fraction,
	outside: Factor[],
	inside: Factor[],
): void {
	const sign = signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) });
	const whole = f.exponent.mul(exponent);
	if (
		sign === "positive" ||
		(sign === "nonnegative" && exponent.s > 0n && f.exponent.s > 0n)
	)
		outside.push({ atom: f.atom, exponent: whole });
	else if (isWhole(f.exponent) && f.exponent.n % 2n === 0n) {
		const value = product(
			env,
			new Fraction(1),
			[{ atom: f.atom, exponent: new Fraction(1) }],
			[],
		);
		outside.push({ atom: functionAtom("abs", value), exponent: whole });
	} else inside.push(f);
}

/** The prime factors of a positive rational, as factors to a power. */
export function rationalPower(value: Fraction, exponent: Fraction): Factor[] {
	const of = (n: bigint, sign: number) =>
		primeFactors(n).map(([p, count]) => ({
			atom: primeAtom(p),
			exponent: exponent.mul(sign * count),
		}));
	return [...of(value.n, 1), ...of(value.d, -1)];
}

/** Prime factors of a natural number with their exponents. */
function primeFactors(n: bigint): [bigint, number][] {
	const found: [bigint, number][] = [];
	let rest = n;
	for (let p = 2n; p * p <= rest && p < 100_000n; p += 1n) {
		let count = 0;
		while (rest % p === 0n) {
			rest /= p;
			count += 1;
		}
		if (count > 0) found.push([p, count]);
	}
	if (rest > 1n) found.push([rest, 1]);
	return found;
}
