import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Factor, Form } from "../../algebra/form.js";
import type { Ix } from "../../algebra/ix.js";
import { linearIn } from "../../algebra/linearExponent.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import { plus, scale, times, unit } from "../../algebra/ring.js";

const highestOrder = 8;

/** Component subscripts of a product of entries, each as often as its power; null if it is not such a product. */
function components(
	instance: Instance,
	factors: readonly Factor[],
): Ix[] | null {
	const found: Ix[] = [];
	for (const { atom, exponent } of factors) {
		if (atom.kind !== "symbol" || exponent.d !== 1n || exponent.s < 0n)
			return null;
		for (let n = 0n; n < exponent.n; n += 1n)
			found.push(atom.ix[instance.plates] ?? "1");
	}
	return found.length <= highestOrder ? found : null;
}

/** E[x_a x_b … ] = m_a E[x_b …] + Σ_j cov(a, j) E[… without a and j]. Isserlis (1918); Bishop (2006), (2.62). */
function isserlis(
	env: Environment,
	instance: Instance,
	at: readonly Ix[],
): Form {
	const [first, ...rest] = at;
	if (first === undefined) return unit;
	const byMean = times(
		env,
		instance.parameter("mean", first),
		isserlis(env, instance, rest),
	);
	const byCovariance = rest.map((other, j) => {
		const others = rest.filter((_, l) => l !== j);
		return times(
			env,
			instance.parameter("covariance", first, other),
			isserlis(env, instance, others),
		);
	});
	return plus(byMean, ...byCovariance);
}

/** The exponent where a factor is a power of an exponential, else null. */
function exponentOf({ atom, exponent }: Factor): Form | null {
	return atom.kind === "function" && atom.name === "exp"
		? scale(atom.argument, exponent)
		: null;
}

/**
 * E[e^{bᵀx} f(x)] = e^{bᵀm + ½ bᵀSb} E[f(x + S b)]: the moment generating function, and x under the density tilted by it.
 * Bishop (2006), exercise 2.8 by completing the square; Johnson, Kotz and Balakrishnan (1994), chapter 13.
 */
function tilted(
	env: Environment,
	instance: Instance,
	exponent: Form,
): { readonly factor: Form; readonly instance: Instance } | null {
	const linear = linearIn(instance, exponent);
	if (!linear) return null;
	env.rules.add("moment generating function of a Normal");
	const { parameter } = instance;
	const shift = (row: Ix) =>
		linear.dot(env, (d) => parameter("covariance", row, d));
	const factor = env.functions.apply(
		env,
		"exp",
		plus(
			linear.constant,
			linear.dot(env, (d) => parameter("mean", d)),
			scale(linear.dot(env, shift), new Fraction(1, 2)),
		),
	);
	return {
		factor,
		instance: {
			...instance,
			parameter: (name, row = "1", column = "1") =>
				name === "mean"
					? plus(parameter(name, row, column), shift(row))
					: parameter(name, row, column),
		},
	};
}

/** Moments of products of entries, to any order that a derivation needs, and of exponentials of linear forms. */
export const normalMoments: Moments = {
	moment(env, instance, factors) {
		const exponents = factors.map(exponentOf);
		const at = components(
			instance,
			factors.filter((_, i) => !exponents[i]),
		);
		if (!at) return null;
		if (at.length > 1)
			env.rules.add("second moment of a Normal: E[xxᵀ] = mmᵀ + S");
		const whole = plus(...exponents.flatMap((e) => e ?? []));
		if (whole.terms.size === 0) return isserlis(env, instance, at);
		const under = tilted(env, instance, whole);
		return under && times(env, under.factor, isserlis(env, under.instance, at));
	},
};
