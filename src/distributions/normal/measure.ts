import type { Arithmetic } from "../../numeric/arithmetic.js";
import { hermiteRule } from "../../numeric/hermite.js";
import { cholesky } from "../../numeric/linear.js";
import { one } from "../../numeric/lowering.js";
import type {
	Measure,
	Node,
	NodeRequest,
	Parameter,
} from "../../numeric/measure.js";
import { overInterval, placesInOrder } from "../../numeric/pieces.js";

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
		if (request.isComposed) return rule.list;
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
		const standard =
			request.kinks.length === 0
				? rule.nodes.map((value, i) => ({
						value,
						weight: rule.weights[i] ?? A.zero,
					}))
				: betweenKinks(
						A,
						request.kinks.map((x) => A.div(A.sub(x, centre), spread)),
						level,
					);
		return standard.map(({ value: z, weight }) => ({
			value: A.add(centre, A.mul(spread, z)),
			weight,
			carry: z,
		}));
	},
};

/** Where pieces of a standard normal end besides at kinks: beyond the last the mass is 2e−21. */
const ends = [-9.5, -3, 3, 9.5];

/** Nodes of a standard normal for an integrand that is smooth between these places alone. */
function betweenKinks<T>(
	A: Arithmetic<T>,
	kinks: readonly T[],
	level: number,
): readonly Node<T>[] {
	const inside = kinks.filter((z) => Math.abs(A.toNumber(z)) < 9.5);
	const places = placesInOrder(A, [
		...ends.map((z) => A.fromNumber(z)),
		...inside,
	]);
	const density = (z: T): T =>
		A.div(
			A.exp(A.mul(A.fromNumber(-0.5), A.mul(z, z))),
			A.pow(A.mul(A.fromNumber(2), A.constant("pi")), A.fromNumber(0.5)),
		);
	return places.slice(1).flatMap((to, i) =>
		overInterval(A, places[i] as T, to, level).map(({ value, weight }) => ({
			value,
			weight: A.mul(weight, density(value)),
		})),
	);
}
