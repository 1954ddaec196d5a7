import Fraction from "fraction.js";
import { primeAtom } from "../atoms.js";
import { exactPower } from "../exactPower.js";
import type { Form } from "../form.js";
import {
	multiplyOut,
	oneFraction,
	type Reduction,
	without,
} from "./reduction.js";

/** p^{n + r} = p^n p^r for a prime p: only fractional exponents in (0, 1) stay. */
export const primePowers: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "prime" &&
			(f.exponent.s < 0n || f.exponent.n >= f.exponent.d),
	);
	if (found?.atom.kind !== "prime") return null;
	const whole = found.exponent.floor();
	const rest = found.exponent.sub(whole);
	const scaled = coefficient.mul(
		exactPower(new Fraction(found.atom.value), whole),
	);
	const kept = without(factors, found);
	return kit.product(
		env,
		scaled,
		rest.n === 0n
			? kept
			: [...kept, { atom: primeAtom(found.atom.value), exponent: rest }],
		bound,
	);
};

/** exp(a)^m exp(b)^n = exp(m a + n b). */
export const mergeExponentials: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const exps = factors.filter(
		(f) => f.atom.kind === "function" && f.atom.name === "exp",
	);
	if (exps.length === 0 || (exps.length === 1 && exps[0]?.exponent.equals(1)))
		return null;
	const total = kit.plus(
		...exps.map((f) =>
			f.atom.kind === "function"
				? kit.scale(f.atom.argument, f.exponent)
				: kit.nought,
		),
	);
	const merged = env.functions.apply(env, "exp", total);
	const rest = without(factors, ...exps).map((f) =>
		kit.product(env, oneFraction, [f], []),
	);
	return multiplyOut(env, { coefficient, bound }, [...rest, merged], kit);
};

/** (a + b)^{n + r} = (a + b)^n (a + b)^r, the whole power multiplied out. */
export const expandPowers: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "poly" &&
			f.exponent.s > 0n &&
			f.exponent.n >= f.exponent.d,
	);
	if (found?.atom.kind !== "poly") return null;
	const whole = found.exponent.floor();
	const rest = found.exponent.sub(whole);
	const forms = Array.from(
		{ length: Number(whole.n) },
		() => (found.atom as { form: Form }).form,
	);
	const kept = without(factors, found);
	if (rest.n !== 0n) kept.push({ atom: found.atom, exponent: rest });
	return multiplyOut(
		env,
		{ coefficient, bound },
		[kit.product(env, oneFraction, kept, []), ...forms],
		kit,
	);
};

/** x^a x^b = x^{a+b} where an exponent is symbolic. */
export const mergeSymbolicPowers: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const f of factors) {
		if (f.atom.kind !== "power") continue;
		const base = f.atom.base;
		const only =
			base.terms.size === 1 ? [...base.terms.values()][0] : undefined;
		const plain =
			only &&
			only.bound.length === 0 &&
			only.coefficient.equals(1) &&
			only.factors.length === 1;
		const same = factors.filter(
			(g) => g !== f && g.atom.kind === "power" && g.atom.base.key === base.key,
		);
		const bare = plain
			? factors.find((g) => g.atom.key === only.factors[0]?.atom.key)
			: undefined;
		if (same.length === 0 && !bare && f.exponent.equals(1)) continue;
		const exponents = [f, ...same].map((g) =>
			g.atom.kind === "power"
				? kit.scale(g.atom.exponentForm, g.exponent)
				: kit.nought,
		);
		if (bare && only)
			exponents.push(
				kit.scale(
					kit.unit,
					bare.exponent.div(only.factors[0]?.exponent ?? oneFraction),
				),
			);
		const merged = env.functions.symbolicPower(
			env,
			base,
			kit.plus(...exponents),
		);
		const gone = bare ? [f, ...same, bare] : [f, ...same];
		return multiplyOut(
			env,
			{ coefficient, bound },
			[kit.product(env, oneFraction, without(factors, ...gone), []), merged],
			kit,
		);
	}
	return null;
};

/** |x|² = x²; of an odd power one |x| stays: |x|³ = |x| x², 1/|x| = |x| / x². */
export const absoluteSquare: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "function" &&
			f.atom.name === "abs" &&
			f.exponent.d === 1n &&
			!f.exponent.equals(1),
	);
	if (found?.atom.kind !== "function") return null;
	const odd = found.exponent.n % 2n === 1n;
	const even = odd ? found.exponent.sub(1) : found.exponent;
	const squared = env.functions.power(env, found.atom.argument, even);
	const kept = without(factors, found);
	const rest = kit.product(
		env,
		oneFraction,
		odd ? [...kept, { atom: found.atom, exponent: oneFraction }] : kept,
		[],
	);
	return multiplyOut(env, { coefficient, bound }, [rest, squared], kit);
};
