import Fraction from "fraction.js";
import { sizeAtom } from "../atoms.js";
import type { Environment } from "../environment.js";
import type { Atom, BoundIndex, Factor } from "../form.js";
import { baseOf, type Ix } from "../ix.js";
import { marginalOf } from "../tables.js";
import {
	isPositiveWhole,
	oneFraction,
	type Reduction,
	without,
} from "./reduction.js";

/** Σ_{k=1}^K f = K f where f does not depend on k. */
export const unusedIndex: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const found = bound.find(
		(b) => !factors.some((f) => f.atom.variables.has(b.name)),
	);
	if (!found) return null;
	const rest = bound.filter((b) => b !== found);
	if (typeof found.range === "number")
		return kit.product(env, coefficient.mul(found.range), factors, rest);
	const size = { atom: sizeAtom(found.range), exponent: oneFraction };
	return kit.product(env, coefficient, [...factors, size], rest);
};

/** B₀, B₁ = ½, B₂, …: Bernoulli's numbers. */
const bernoulli = ["1", "1/2", "1/6", "0", "-1/30", "0", "1/42"].map(
	(b) => new Fraction(b),
);

/** Σ_{k=1}^K kᵖ = 1/(p+1) Σ_j C(p+1, j) B_j K^{p+1−j}. Graham, Knuth and Patashnik, Concrete Mathematics (1994), (6.78). */
export const sumOfPowers: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const b of bound) {
		const users = factors.filter((f) => f.atom.variables.has(b.name));
		const [only] = users;
		if (users.length !== 1 || !only || !isIndexItself(only.atom, b)) continue;
		const p = Number(only.exponent.n);
		if (!isPositiveWhole(only.exponent) || p >= bernoulli.length) continue;
		env.rules.add("sum of powers");
		const rest = without(factors, only);
		const others = bound.filter((x) => x !== b);
		let binomial = 1;
		const parts = bernoulli.slice(0, p + 1).map((value, j) => {
			const factor = value.mul(binomial).div(p + 1);
			binomial = (binomial * (p + 1 - j)) / (j + 1);
			const power = powerOfRange(b, p + 1 - j);
			return kit.product(
				env,
				coefficient.mul(factor).mul(power.number),
				[...rest, ...power.factors],
				others,
			);
		});
		return kit.plus(...parts);
	}
	return null;
};

function powerOfRange(
	{ range }: BoundIndex,
	p: number,
): { number: Fraction; factors: readonly Factor[] } {
	if (typeof range === "number")
		return { number: new Fraction(range).pow(p) as Fraction, factors: [] };
	const atom = sizeAtom(range);
	return {
		number: oneFraction,
		factors: [{ atom, exponent: new Fraction(p) }],
	};
}

function isIndexItself(atom: Atom, b: BoundIndex): boolean {
	return (
		atom.kind === "ix" &&
		atom.at === b.name &&
		!String(b.range).startsWith("dom ")
	);
}

/** Σ_k φ_ik = 1, Σ_k c_ik = 1, Σ_z p(z, x) = p(x): an index that occurs once, in the position that is summed out. */
export const totalProbability: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const b of bound) {
		const users = factors.filter((f) => f.atom.variables.has(b.name));
		const [only] = users;
		if (users.length !== 1 || !only || !only.exponent.equals(1)) continue;
		const summed = summedOut(env, only.atom, b);
		if (summed === undefined) continue;
		env.rules.add(
			typeof summed === "string"
				? "probabilities add up to 1"
				: "marginalisation",
		);
		if (summed === "nought") return kit.plus();
		const rest = without(factors, only);
		const kept =
			summed === "one"
				? rest
				: [...rest, { atom: summed, exponent: oneFraction }];
		return kit.product(
			env,
			coefficient,
			kept,
			bound.filter((x) => x !== b),
		);
	}
	return null;
};

/** What is left of an atom summed over the index; undefined if no rule says. */
function summedOut(
	env: Environment,
	atom: Atom,
	b: BoundIndex,
): Atom | "one" | "nought" | undefined {
	if (atom.kind === "hot")
		return env.simplex && atom.ix.at(-1) === b.name && once(atom.ix, b.name)
			? "one"
			: undefined;
	if (atom.kind !== "symbol") return undefined;
	if (atom.name.startsWith("⟨"))
		return once(atom.ix, b.name)
			? marginalOf(atom.name, atom.ix, b.name)
			: undefined;
	const type = env.context.symbols.get(atom.name)?.type;
	if (type !== "simplex" && type !== "onehot") return undefined;
	return env.simplex && atom.ix.at(-1) === b.name && once(atom.ix, b.name)
		? "one"
		: undefined;
}

function once(ix: readonly Ix[], name: string): boolean {
	return ix.filter((x) => baseOf(x) === name).length === 1;
}
