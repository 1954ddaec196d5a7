import { hermiteRule } from "../../numeric/hermite.js";
import { cholesky } from "../../numeric/linear.js";
import { one } from "../../numeric/lowering.js";
import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";

/** Points for each dimension by level; the first is exact for polynomials of degree 7, the second for degree 11. */
const points = [4, 6, 10, 14, 22, 32, 48, 64];

/**
 * Gauss–Hermite quadrature, component by component: with the Cholesky factor L of the covariance of the components
 * drawn so far and this one, the component is its mean plus the last row of L times the standard normals behind them.
 * The nodes move with mean and covariance, so derivatives by these pass through the nodes.
 */
export const measure: Measure = {
	distribution: "Normal",
	exact: false,
	/** A vector whose covariance is a root F of a random matrix times its transpose: the mean plus F times standard normals. */
	compose({ rootOf, parameter, drawn }) {
		const root = rootOf("covariance");
		if (!root) return null;
		return {
			entry: (row) => ({
				op: "add",
				terms: [parameter("mean")(row, one), root(row, (at) => drawn(at, one))],
			}),
		};
	},
	drawnBy: [],
	nodes<T>(request: NodeRequest<T>) {
		const { A, parameters, component, drawn, level } = request;
		const rule = hermiteRule(
			A,
			points[Math.min(level, points.length - 1)] as number,
		);
		if (request.isComposed)
			return rule.nodes.map((value, i) => ({
				value,
				weight: rule.weights[i] ?? A.zero,
			}));
		const mean = parameters.mean as Parameter<T>;
		const covariance = parameters.covariance as Parameter<T>;
		const order = [...drawn.map((d) => d.component), component].map(
			(c) => c + 1,
		);
		const factor = cholesky(
			A,
			order.map((r) => order.map((c) => covariance.entry(r, c))),
		);
		const row = factor[order.length - 1] ?? [];
		const spread = row[order.length - 1] ?? A.zero;
		const centre = drawn.reduce(
			(sum, d, j) =>
				A.add(sum, A.mul(row[j] ?? A.zero, d.node.carry ?? A.zero)),
			mean.entry(component + 1, 1),
		);
		return rule.nodes.map((z, i) => ({
			value: A.add(centre, A.mul(spread, z)),
			weight: rule.weights[i] ?? A.zero,
			carry: z,
		}));
	},
};
