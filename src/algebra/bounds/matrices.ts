import type Fraction from "fraction.js";
import { deltaAtom } from "../atoms.js";
import { isDefinite } from "../definite.js";
import { type Environment, freshIndex } from "../environment.js";
import {
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
	type Term,
} from "../form.js";
import { logarithmOf } from "../powers.js";
import {
	atomForm,
	entryOf,
	minus,
	plus,
	rational,
	scale,
	soleAtom,
	sumOver,
	times,
} from "../ring.js";
import type { BoundRule, Gap } from "./gap.js";

/** log|A| of a definite A, as it stands in a form, with its coefficient. */
interface LogDeterminant {
	readonly matrix: Form;
	readonly size: string | number;
	readonly coefficient: Fraction;
	readonly form: Form;
}

function logDeterminants(env: Environment, form: Form): LogDeterminant[] {
	return [...form.terms.values()].flatMap(
		({ factors, coefficient, bound }: Term) => {
			const [only, more] = factors;
			if (!only || more || bound.length > 0) return [];
			const argument = logarithmOf((only as Factor).atom);
			const atom = argument && soleAtom(argument);
			if (atom?.kind !== "determinant" || !isDefinite(env, atom.matrix))
				return [];
			const value = atomForm(env, only.atom, only.exponent);
			return [
				{ matrix: atom.matrix, size: atom.size, coefficient, form: value },
			];
		},
	);
}

/** log|A| ≤ Σ_d log A_dd for a positive definite A: Hadamard's inequality. Horn and Johnson, Matrix Analysis (2013), 7.8.1. */
export const hadamard: BoundRule = (env, form) =>
	logDeterminants(env, form)
		.filter((d) => d.coefficient.s < 0n)
		.map((d): Gap => {
			const at = freshIndex(env, d.size);
			const diagonal = entryOf(env, d.matrix, at, at);
			const logs = sumOver(
				env,
				env.functions.apply(env, "log", diagonal),
				at,
				d.size,
			);
			return {
				fact: "Hadamard's inequality",
				form: scale(minus(logs, d.form), d.coefficient.abs()),
			};
		});

/**
 * log|A| ≤ log|B| + tr(B⁻¹A) − D for positive definite A and B: log|·| is concave. Boyd and Vandenberghe, Convex Optimization
 * (2004), section 3.1.5.
 */
export const tangentOfLogDeterminant: BoundRule = (env, form) => {
	const all = logDeterminants(env, form);
	const identity = atomForm(env, deltaAtom(rowSlot, columnSlot));
	return all
		.filter((a) => a.coefficient.s < 0n)
		.flatMap((a) => {
			const others = all
				.filter((b) => b.size === a.size && b.coefficient.s > 0n)
				.map((b) => ({ matrix: b.matrix, log: b.form }));
			const bases = [...others, { matrix: identity, log: rational(0) }];
			return bases.map((b): Gap => {
				const [r, c] = [freshIndex(env, a.size), freshIndex(env, a.size)];
				const inverse = env.functions.inverseEntry(env, b.matrix, c, r, a.size);
				const summand = times(env, inverse, entryOf(env, a.matrix, r, c));
				const trace = sumOver(env, sumOver(env, summand, r, a.size), c, a.size);
				const dimension = sumOver(
					env,
					rational(1),
					freshIndex(env, a.size),
					a.size,
				);
				const gap = minus(plus(b.log, trace), plus(a.form, dimension));
				return {
					fact: "log|·| is concave",
					form: scale(gap, a.coefficient.abs()),
				};
			});
		});
};

/** log|A| ≤ log|B| where B − A is a sum of squares, for a definite A. Horn and Johnson, Matrix Analysis (2013), 7.7.4. */
export const determinantIsMonotone: BoundRule = (env, form) => {
	const all = logDeterminants(env, form);
	return all
		.filter((a) => a.coefficient.s < 0n)
		.flatMap((a) =>
			all
				.filter((b) => b.size === a.size && b.coefficient.s > 0n)
				.filter((b) => isDefinite(env, minus(b.matrix, a.matrix)))
				.map(
					(b): Gap => ({
						fact: "a determinant grows with its matrix",
						form: scale(minus(b.form, a.form), a.coefficient.abs()),
					}),
				),
		);
};
