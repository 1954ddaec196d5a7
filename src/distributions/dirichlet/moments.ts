import Fraction from "fraction.js";
import { deltaAtom } from "../../algebra/atoms.js";
import { type Environment, freshIndex } from "../../algebra/environment.js";
import { type Exponent, exponentOf } from "../../algebra/exponent.js";
import type { Factor, Form } from "../../algebra/form.js";
import { polygamma } from "../../algebra/gammaRatio.js";
import type { Ix } from "../../algebra/ix.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import { logarithmOf } from "../../algebra/powers.js";
import {
	atomForm,
	minus,
	plus,
	rational,
	scale,
	soleAtom,
	sumOver,
	times,
	timesAll,
} from "../../algebra/ring.js";
import { isPositive } from "../../algebra/signs.js";
import { withConstant } from "../../algebra/tilt.js";

const zero = new Fraction(0);
const highestOrder = 8;

/** Components of a product of entries and of logarithms of entries, each as often as its power. */
interface Components {
	readonly powers: readonly Ix[];
	readonly logs: readonly Ix[];
}

function components(
	{ variable }: Instance,
	factors: readonly Factor[],
): Components | null {
	const powers: Ix[] = [];
	const logs: Ix[] = [];
	for (const { atom, exponent } of factors) {
		if (exponent.d !== 1n || exponent.s < 0n || exponent.n > highestOrder)
			return null;
		const argument = logarithmOf(atom);
		const entry = argument ? soleAtom(argument) : atom;
		if (entry?.kind !== "symbol" || entry.name !== variable) return null;
		const list = argument ? logs : powers;
		for (let n = 0n; n < exponent.n; n += 1n) list.push(entry.ix.at(-1) as Ix);
	}
	return { powers, logs };
}

/**
 * Moments of products of entries are those of Pólya's urn: each entry drawn raises the chance of drawing it again, so that
 * coinciding subscripts need no case of their own. Logarithms are derivatives by the concentrations. Bishop (2006), (B.17)
 * to (B.21); Blackwell and MacQueen, Ann. Statist. 1 (1973).
 */
export const dirichletMoments: Moments = {
	moment(env, instance, factors) {
		const tilted = exponentOf(env, instance, factors);
		if (tilted && tilted.rest.length === 0)
			return tiltedMoment(env, instance, tilted.exponent);
		const found = components(instance, factors);
		if (!found) return null;
		const { powers, logs } = found;
		if (logs.length > 2 || (logs.length > 0 && powers.length > 1)) return null;
		if (logs.length === 2 && powers.length > 0) return null;
		const alpha = (k: Ix) => instance.parameter("concentration", k);
		const j = freshIndex(env, instance.extent);
		const sum = sumOver(env, alpha(j), j, instance.extent);
		const urn = powers.map((k, t) => {
			const again = powers.slice(0, t).map((l) => delta(env, k, l));
			const total = plus(sum, rational(t));
			return times(
				env,
				plus(alpha(k), ...again),
				env.functions.power(env, total, new Fraction(-1)),
			);
		});
		const moment = timesAll(env, urn);
		if (logs.length === 0) return moment;
		env.rules.add("E[log π_k] = ψ(α_k) − ψ(Σ α) of a Dirichlet");
		return times(env, moment, logarithms(env, found, alpha, sum));
	},
};

/** E[Π x_k^{s_k}] = Γ(Σα)/Γ(Σ(α+s)) Π Γ(α_k + s_k)/Γ(α_k), where all α_k + s_k are positive. DLMF 5.14.2. */
function tiltedMoment(
	env: Environment,
	instance: Instance,
	exponent: Exponent,
): Form | null {
	if (!exponent.isOf("log x")) return null;
	const k = freshIndex(env, instance.extent);
	const before = instance.parameter("concentration", k);
	const after = plus(before, exponent.at("log x", k));
	if (!isPositive(env, after)) return null;
	const lgamma = (x: Form) => env.functions.apply(env, "lgamma", x);
	const over = (x: Form) => sumOver(env, x, k, instance.extent);
	const ratio = plus(
		lgamma(over(before)),
		scale(lgamma(over(after)), -1),
		over(minus(lgamma(after), lgamma(before))),
	);
	env.rules.add("integral of a Dirichlet");
	return withConstant(env, exponent, env.functions.apply(env, "exp", ratio));
}

function delta(env: Environment, k: Ix, l: Ix): Form {
	return atomForm(env, deltaAtom(k, l));
}

/** With one power at most, ψ(α + δ) = ψ(α) + δ/α. */
function logarithms(
	env: Environment,
	{ powers, logs }: Components,
	alpha: (k: Ix) => Form,
	sum: Form,
): Form {
	const drawn = new Fraction(powers.length);
	const slopes = logs.map((k) => {
		const again = powers.map((l) =>
			times(
				env,
				delta(env, k, l),
				env.functions.power(env, alpha(k), new Fraction(-1)),
			),
		);
		return minus(
			plus(polygamma(env, "digamma", alpha(k), zero), ...again),
			polygamma(env, "digamma", sum, drawn),
		);
	});
	const product = timesAll(env, slopes);
	const [k, l] = logs;
	if (k === undefined || l === undefined) return product;
	const own = times(
		env,
		delta(env, k, l),
		polygamma(env, "trigamma", alpha(k), zero),
	);
	return plus(product, minus(own, polygamma(env, "trigamma", sum, zero)));
}
