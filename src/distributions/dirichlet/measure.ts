import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { betaNodes } from "../beta/measure.js";

/**
 * Component by component: what is left of 1 after the components drawn so far is split by a Beta between this component
 * and those to come. The last component is what is left.
 */
export const measure: Measure = {
	distribution: "Dirichlet",
	exact: false,
	nodes<T>({ A, parameters, component, drawn, level }: NodeRequest<T>) {
		const concentration = parameters.concentration as Parameter<T>;
		const taken = new Set([component, ...drawn.map((d) => d.component)]);
		const left = drawn.reduce((rest, d) => A.sub(rest, d.node.value), A.one);
		let others = A.zero;
		for (let k = 0; k < concentration.rows; k += 1)
			if (!taken.has(k)) others = A.add(others, concentration.entry(k + 1, 1));
		if (taken.size === concentration.rows)
			return [{ value: left, weight: A.one }];
		return betaNodes(
			A,
			concentration.entry(component + 1, 1),
			others,
			level,
		).map(({ value, weight }) => ({
			value: A.mul(left, value),
			weight,
		}));
	},
};
