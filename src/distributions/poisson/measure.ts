import type {
	Measure,
	Node,
	NodeRequest,
	Parameter,
} from "../../numeric/measure.js";

/** The counts up to where the rest has a probability below 1e−18, and some more at each level. */
export const measure: Measure = {
	distribution: "Poisson",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		const rate = (parameters.rate as Parameter<T>).entry(1, 1);
		const r = A.toNumber(rate);
		const last = Math.ceil(r + 11 * Math.sqrt(r) + 22 + 10 * level);
		const nodes: Node<T>[] = [];
		let weight = A.exp(A.sub(A.zero, rate));
		for (let count = 0; count <= last; count += 1) {
			const value = A.fromNumber(count);
			if (count > 0) weight = A.div(A.mul(weight, rate), value);
			nodes.push({ value, weight });
		}
		return nodes;
	},
};
