import type { Environment } from "../../algebra/environment.js";
import type { Factor, Form } from "../../algebra/form.js";
import type { Ix } from "../../algebra/ix.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import { plus, times, unit } from "../../algebra/ring.js";

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

/** Moments of products of entries, to any order that a derivation needs. */
export const normalMoments: Moments = {
	moment(env, instance, factors) {
		const at = components(instance, factors);
		if (!at) return null;
		if (at.length > 1)
			env.rules.add("second moment of a Normal: E[xxᵀ] = mmᵀ + S");
		return isserlis(env, instance, at);
	},
};
