import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Factor, Form } from "../../algebra/form.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import { minus, nought, plus, scale, times } from "../../algebra/ring.js";

const highestOrder = 10;

/** A product xᵖ |x − c|ᵏ of a random number x; c is null where k is 0. */
interface Split {
	readonly power: number;
	readonly centre: Form | null;
	readonly order: number;
}

/** |x − c| as a factor: what stands in it, up to its sign, is x − c. */
function centreOf({ variable }: Instance, argument: Form): Form | null {
	for (const sign of [1, -1]) {
		const signed = scale(argument, sign);
		const own = [...signed.terms.values()].filter((t) =>
			t.factors.some(
				(f) => f.atom.kind === "symbol" && f.atom.name === variable,
			),
		);
		const [only] = own;
		const [factor, more] = only?.factors ?? [];
		if (
			!only ||
			!factor ||
			more ||
			own.length > 1 ||
			!factor.exponent.equals(1) ||
			!only.coefficient.equals(1)
		)
			continue;
		const x: Form = {
			terms: new Map([[only.key, only]]),
			key: `1·${only.key}`,
			height: signed.height,
		};
		return minus(x, signed);
	}
	return null;
}

function split(instance: Instance, factors: readonly Factor[]): Split | null {
	let found: Split = { power: 0, centre: null, order: 0 };
	for (const { atom, exponent } of factors) {
		if (exponent.d !== 1n || exponent.s < 0n || exponent.n > highestOrder)
			return null;
		const times = Number(exponent.n);
		if (atom.kind === "symbol") found = { ...found, power: times };
		else if (atom.kind === "function" && atom.name === "abs" && !found.centre) {
			const centre = centreOf(instance, atom.argument);
			if (!centre) return null;
			found = { ...found, centre, order: times };
		} else return null;
	}
	return found;
}

/**
 * With u = x − m: E[uʲ |u|ᵏ] = (j+k)! b^{j+k} for an even j, 0 for an odd one. Johnson, Kotz and Balakrishnan (1995),
 * eq. (24.12). Around another place, E|x − c| = |m − c| + b e^{−|m−c|/b}, by integration over the three pieces.
 */
export const laplaceMoments: Moments = {
	moment(env, instance, factors) {
		const found = split(instance, factors);
		if (!found) return null;
		const m = instance.parameter("location");
		const b = instance.parameter("scale");
		const { power, centre, order } = found;
		if (centre === null || centre.key === m.key)
			return aroundLocation(env, m, b, power, order);
		return power === 0 && order === 1
			? distance(env, minus(m, centre), b)
			: null;
	},
};

function aroundLocation(
	env: Environment,
	m: Form,
	b: Form,
	power: number,
	order: number,
): Form {
	env.rules.add("central moments of a Laplace: E|x − m|ᵏ = k! bᵏ");
	const parts = Array.from({ length: power + 1 }, (_, j) => {
		if (j % 2 === 1) return nought;
		const shift = env.functions.power(env, m, new Fraction(power - j));
		const spread = env.functions.power(env, b, new Fraction(j + order));
		const count = binomial(power, j) * factorial(j + order);
		return scale(times(env, shift, spread), count);
	});
	return plus(...parts);
}

function distance(env: Environment, offset: Form, b: Form): Form {
	env.rules.add("E|x − c| = |m − c| + b e^{−|m − c|/b} of a Laplace");
	const size = env.functions.apply(env, "abs", offset);
	const rate = env.functions.power(env, b, new Fraction(-1));
	const decay = scale(times(env, size, rate), -1);
	return plus(size, times(env, b, env.functions.apply(env, "exp", decay)));
}

function factorial(n: number): number {
	return n < 2 ? 1 : n * factorial(n - 1);
}

function binomial(n: number, k: number): number {
	return factorial(n) / (factorial(k) * factorial(n - k));
}
