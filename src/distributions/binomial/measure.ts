import type {
	Measure,
	Node,
	NodeRequest,
	Parameter,
} from "../../numeric/measure.js";

/** All counts up to the number of trials. */
export const measure: Measure = {
	distribution: "Binomial",
	exact: true,
	nodes<T>({ A, parameters }: NodeRequest<T>) {
		const trials = A.toNumber((parameters.trials as Parameter<T>).entry(1, 1));
		const p = (parameters.probability as Parameter<T>).entry(1, 1);
		const q = A.sub(A.one, p);
		const power = (base: T, count: number): T =>
			Array.from({ length: count }).reduce<T>((x) => A.mul(x, base), A.one);
		const nodes: Node<T>[] = [];
		let choices = 1;
		for (let count = 0; count <= trials; count += 1) {
			const weight = A.mul(
				A.fromNumber(choices),
				A.mul(power(p, count), power(q, trials - count)),
			);
			nodes.push({ value: A.fromNumber(count), weight });
			choices = (choices * (trials - count)) / (count + 1);
		}
		return nodes;
	},
	sample({ parameters, random }) {
		const [trials] = parameters.trials ?? [];
		if (trials === undefined) return "unknown";
		return trials >= 0 ? [random.whole(0, trials)] : "unlawful";
	},
};
