import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { binomialNodes } from "../binomial/measure.js";

/**
 * Component by component, as conditional binomials: of the draws that are left, this value takes some with its share of
 * the probability that is left. What is left is 1 minus the probabilities drawn so far, so that each E[Π x_k (x_k − 1) …] is
 * the polynomial n (n − 1) … Π π_k … also where the probabilities are free (trap 2).
 */
export const measure: Measure = {
	distribution: "Multinomial",
	exact: true,
	nodes<T>({ A, parameters, component, drawn }: NodeRequest<T>) {
		const probabilities = parameters.probabilities as Parameter<T>;
		const trials = A.toNumber((parameters.trials as Parameter<T>).entry(1, 1));
		const taken = drawn.reduce((n, d) => n + A.toNumber(d.node.value), 0);
		const before = drawn.reduce(
			(rest, d) => A.sub(rest, probabilities.entry(d.component + 1, 1)),
			A.one,
		);
		const own = probabilities.entry(component + 1, 1);
		if (drawn.length + 1 === probabilities.rows && A.toNumber(before) === 0)
			return [{ value: A.fromNumber(trials - taken), weight: A.one }];
		const share = A.div(own, before);
		const other = A.div(A.sub(before, own), before);
		return binomialNodes(A, trials - taken, share, other);
	},
	sample({ parameters, width, random }) {
		const [trials] = parameters.trials ?? [];
		if (trials === undefined) return "unknown";
		if (!(trials >= 0)) return "unlawful";
		const counts = Array.from({ length: width }, () => 0);
		for (let n = 0; n < trials; n += 1) {
			const k = random.whole(0, counts.length - 1);
			counts[k] = (counts[k] as number) + 1;
		}
		return counts;
	},
};
