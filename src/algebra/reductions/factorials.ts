import { sizeAtom } from "../atoms.js";
import type { Factor, Form } from "../form.js";
import type { Ix } from "../ix.js";
import {
	multiplyOut,
	oneFraction,
	type Reduction,
	without,
} from "./reduction.js";

/** Σ_{i=1}^N log i = ln Γ(N + 1): the logarithm of N!. DLMF 5.4.1. */
export const logarithmOfFactorial: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const b of bound) {
		if (typeof b.range === "number") continue;
		const users = factors.filter((f) => f.atom.variables.has(b.name));
		const [only] = users;
		if (!only || users.length > 1 || !isLogarithmOf(only, b.name)) continue;
		env.rules.add("Σ log i = log N!");
		const size = { atom: sizeAtom(b.range), exponent: oneFraction };
		const next = kit.plus(kit.product(env, oneFraction, [size], []), kit.unit);
		const rest = kit.product(env, coefficient, without(factors, only), []);
		return multiplyOut(
			env,
			{ coefficient: oneFraction, bound: bound.filter((x) => x !== b) },
			[rest, env.functions.apply(env, "lgamma", next)],
			kit,
		);
	}
	return null;
};

function isLogarithmOf({ atom, exponent }: Factor, index: Ix): boolean {
	return (
		atom.kind === "function" &&
		atom.name === "log" &&
		exponent.equals(1) &&
		isIndex(atom.argument, index)
	);
}

function isIndex(form: Form, index: Ix): boolean {
	const only = form.terms.size === 1 ? [...form.terms.values()][0] : undefined;
	const factor = only?.factors[0];
	return (
		only?.factors.length === 1 &&
		only.bound.length === 0 &&
		only.coefficient.equals(1) &&
		factor?.exponent.equals(1) === true &&
		factor.atom.kind === "ix" &&
		factor.atom.at === index
	);
}
