import type { Arithmetic } from "../../numeric/arithmetic.js";
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
		return binomialNodes(A, trials, p, A.sub(A.one, p));
	},
	sample({ parameters, random }) {
		const [trials] = parameters.trials ?? [];
		if (trials === undefined) return "unknown";
		return trials >= 0 ? [random.whole(0, trials)] : "unlawful";
	},
};

/** (n over x) pˣ q^{n−x}, for x = 0, …, n. */
export function binomialNodes<T>(
	A: Arithmetic<T>,
	count: number,
	p: T,
	q: T,
): Node<T>[] {
	const power = (base: T, times: number): T =>
		Array.from({ length: times }).reduce<T>((x) => A.mul(x, base), A.one);
	const nodes: Node<T>[] = [];
	let choices = 1;
	for (let x = 0; x <= count; x += 1) {
		nodes.push({
			value: A.fromNumber(x),
			weight: A.mul(
				A.fromNumber(choices),
				A.mul(power(p, x), power(q, count - x)),
			),
		});
		choices = (choices * (count - x)) / (x + 1);
	}
	return nodes;
}
