import { deltaAtom } from "../../algebra/atoms.js";
import type { Factor, Form } from "../../algebra/form.js";
import type { Ix } from "../../algebra/ix.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import {
	atomForm,
	nought,
	plus,
	rational,
	times,
	timesAll,
	unit,
} from "../../algebra/ring.js";

const highestOrder = 6;

/** Subscripts of a product of entries, each as often as its power. */
function components(
	{ variable }: Instance,
	factors: readonly Factor[],
): Ix[] | null {
	const found: Ix[] = [];
	for (const { atom, exponent } of factors) {
		if (atom.kind !== "symbol" || atom.name !== variable) return null;
		if (exponent.d !== 1n || exponent.s < 0n) return null;
		for (let n = 0n; n < exponent.n; n += 1n) found.push(atom.ix.at(-1) as Ix);
	}
	return found.length <= highestOrder ? found : null;
}

/**
 * x_k counts the draws that come out as k, so a product of r entries counts choices of r draws, of which some may be one and
 * the same: E[x_{k₁} ⋯ x_{k_r}] = Σ over partitions of the r places, n (n−1) ⋯ with a factor for each block, times Π over
 * blocks of δ π. So E[x_k] = n π_k and Cov[x_k, x_l] = n (π_k δ_kl − π_k π_l). Johnson, Kotz and Balakrishnan (1997), eq. (35.5).
 */
export const multinomialMoments: Moments = {
	moment(env, instance, factors) {
		const at = components(instance, factors);
		if (!at) return null;
		env.rules.add("moments of a Multinomial: E[x_k] = n π_k");
		const trials = instance.parameter("trials");
		const sum: Form[] = partitions(at).map((blocks) => {
			const draws = blocks.map((_, j) => plus(trials, rational(-j)));
			const chances = blocks.map((block) =>
				block
					.slice(1)
					.reduce<Form>(
						(acc, k) =>
							times(env, acc, atomForm(env, deltaAtom(block[0] as Ix, k))),
						instance.parameter("probabilities", block[0] as Ix),
					),
			);
			return timesAll(env, [unit, ...draws, ...chances]);
		});
		return sum.length > 0 ? plus(...sum) : nought;
	},
};

/** All ways to divide a list into blocks. */
function partitions(items: readonly Ix[]): readonly (readonly Ix[])[][] {
	const [first, ...rest] = items;
	if (first === undefined) return [[]];
	return partitions(rest).flatMap((blocks) => [
		[[first], ...blocks],
		...blocks.map((block, i) =>
			blocks.map((b, j) => (i === j ? [first, ...block] : b)),
		),
	]);
}
