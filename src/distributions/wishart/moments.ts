import Fraction from "fraction.js";
import { ixAtom, sizeAtom } from "../../algebra/atoms.js";
import { type Environment, freshIndex } from "../../algebra/environment.js";
import type { Form } from "../../algebra/form.js";
import { polygamma } from "../../algebra/gammaRatio.js";
import type { Ix } from "../../algebra/ix.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import {
	type MatrixProduct,
	matrixParameter,
	matrixProduct,
} from "../../algebra/randomMatrix.js";
import {
	atomForm,
	entryOf,
	minus,
	nought,
	plus,
	rational,
	scale,
	sumOver,
	times,
	timesAll,
	unit,
} from "../../algebra/ring.js";

/** A Wishart by its scale, entry by entry, with the inverse of that and its log determinant. */
export interface WishartLaw {
	readonly size: Instance["extent"];
	readonly degrees: Form;
	entry(row: Ix, column: Ix): Form;
	inverseEntry(row: Ix, column: Ix): Form;
	logDeterminant(): Form;
}

const most = 3;
const half = new Fraction(1, 2);

/** E of a product of entries of Λ, of Λ⁻¹, and powers of |Λ| and log|Λ|; null where no closed form is known here. */
export function wishartMoment(
	env: Environment,
	law: WishartLaw,
	{ entries, inverses, power, logs }: MatrixProduct,
): Form | null {
	const { degrees } = law;
	const kinds = [entries.length, inverses.length, logs].filter((n) => n > 0);
	if (kinds.length > 1 || entries.length > most || inverses.length > 1)
		return null;
	if (logs > 2) return null;
	// |Λ|ᵖ times the density is the density with 2p more degrees of freedom, up to its normaliser.
	const tilted = power ? plus(degrees, rational(power.mul(2))) : degrees;
	const under = { ...law, degrees: tilted };
	const [inverse] = inverses;
	const rest =
		logs > 0
			? logarithms(env, under, logs)
			: inverse
				? meanOfInverse(env, under, ...inverse)
				: productOfEntries(env, under, entries);
	return power ? times(env, powerOfDeterminant(env, law, power), rest) : rest;
}

/**
 * E[Λ_ab Λ_cd …]: Λ is Σ_a z_a z_aᵀ for ν standard vectors z_a of covariance W, so that it sums over all ways to pair the
 * subscripts, each pair with its entry of W, and ν for every loop that pairs and entries form. Isserlis (1918); Letac and
 * Massam, Scand. J. Statist. 31 (2004). Mardia, Kent and Bibby (1979), section 3.4, for one entry and for two.
 */
function productOfEntries(
	env: Environment,
	{ degrees, entry }: WishartLaw,
	entries: MatrixProduct["entries"],
): Form {
	if (entries.length > 0) env.rules.add("E[Λ] = ν W of a Wishart");
	const slots = entries.flat();
	const ways = pairings(slots.map((_, i) => i)).map((pairs) =>
		timesAll(env, [
			...Array.from({ length: loops(pairs) }, () => degrees),
			...pairs.map(([a, b]) => entry(slots[a] as Ix, slots[b] as Ix)),
		]),
	);
	return plus(...ways);
}

type Pair = readonly [number, number];

function pairings(slots: readonly number[]): readonly (readonly Pair[])[] {
	const [first, ...others] = slots;
	if (first === undefined) return [[]];
	return others.flatMap((other) =>
		pairings(others.filter((s) => s !== other)).map((rest) => [
			[first, other] as const,
			...rest,
		]),
	);
}

/** Loops of the pairs together with the pairs {0, 1}, {2, 3}, … that are the entries. */
function loops(pairs: readonly Pair[]): number {
	const partner = new Map<number, number>();
	for (const [a, b] of pairs) partner.set(a, b).set(b, a);
	const seen = new Set<number>();
	let count = 0;
	for (const start of partner.keys()) {
		if (seen.has(start)) continue;
		count += 1;
		for (let at = start; !seen.has(at); at = (partner.get(at) as number) ^ 1)
			seen.add(at).add(partner.get(at) as number);
	}
	return count;
}

/** E[Λ⁻¹] = W⁻¹/(ν − D − 1). Mardia, Kent and Bibby (1979), theorem 3.8.1. */
function meanOfInverse(
	env: Environment,
	{ degrees, size, inverseEntry }: WishartLaw,
	row: Ix,
	column: Ix,
): Form {
	env.rules.add("E[Λ⁻¹] = W⁻¹/(ν − D − 1) of a Wishart");
	const left = minus(degrees, plus(order(env, size), unit));
	return times(
		env,
		inverseEntry(row, column),
		env.functions.power(env, left, new Fraction(-1)),
	);
}

/** E[log|Λ|] = Σ_d ψ((ν + 1 − d)/2) + D log 2 + log|W|, with variance Σ_d ψ′((ν + 1 − d)/2). Bishop (2006), (B.81). */
function logarithms(env: Environment, law: WishartLaw, logs: number): Form {
	env.rules.add(
		"E[log|Λ|] = Σ ψ((ν + 1 − d)/2) + D log 2 + log|W| of a Wishart",
	);
	const mean = plus(
		overSteps(env, law, (x) => polygamma(env, "digamma", x, new Fraction(0))),
		times(
			env,
			order(env, law.size),
			env.functions.apply(env, "log", rational(2)),
		),
		law.logDeterminant(),
	);
	if (logs === 1) return mean;
	const variance = overSteps(env, law, (x) =>
		polygamma(env, "trigamma", x, new Fraction(0)),
	);
	return plus(times(env, mean, mean), variance);
}

/** E[|Λ|ᵖ] = 2^{Dp} |W|ᵖ Π_d Γ((ν + 1 − d)/2 + p)/Γ((ν + 1 − d)/2). Mardia, Kent and Bibby (1979), theorem 3.4.8. */
function powerOfDeterminant(
	env: Environment,
	law: WishartLaw,
	power: Fraction,
): Form {
	env.rules.add("moments of the determinant of a Wishart");
	const logGamma = (x: Form) => env.functions.apply(env, "lgamma", x);
	const two = env.functions.apply(env, "log", rational(2));
	const log = plus(
		scale(times(env, order(env, law.size), two), power),
		scale(law.logDeterminant(), power),
		overSteps(env, law, (x) =>
			minus(logGamma(plus(x, rational(power))), logGamma(x)),
		),
	);
	return env.functions.apply(env, "exp", log);
}

/** Σ_d f((ν + 1 − d)/2). */
function overSteps(
	env: Environment,
	{ degrees, size }: WishartLaw,
	f: (x: Form) => Form,
): Form {
	const d = freshIndex(env, size);
	const step = minus(plus(degrees, unit), atomForm(env, ixAtom(d)));
	return sumOver(env, f(scale(step, half)), d, size);
}

function order(env: Environment, size: WishartLaw["size"]): Form {
	return typeof size === "number"
		? rational(size)
		: atomForm(env, sizeAtom(size));
}

/** The Wishart whose scale is a parameter, or the inverse of that. */
export function lawOf(
	env: Environment,
	instance: Instance,
	isInverted: boolean,
): WishartLaw {
	const { extent: size } = instance;
	const matrix = matrixParameter(env, instance, "scale");
	const direct = (r: Ix, c: Ix) => entryOf(env, matrix, r, c);
	const inverse = (r: Ix, c: Ix) =>
		env.functions.inverseEntry(env, matrix, r, c, size);
	const logDeterminant = () => {
		const determinant = env.functions.determinant(env, matrix, size, true);
		return env.functions.apply(env, "log", determinant);
	};
	return {
		size,
		degrees: instance.parameter("degrees"),
		entry: isInverted ? inverse : direct,
		inverseEntry: isInverted ? direct : inverse,
		logDeterminant: isInverted
			? () => minus(nought, logDeterminant())
			: logDeterminant,
	};
}

export const wishartMoments: Moments = {
	moment(env, instance, factors) {
		const product = matrixProduct(instance, factors);
		return product && wishartMoment(env, lawOf(env, instance, false), product);
	},
};
