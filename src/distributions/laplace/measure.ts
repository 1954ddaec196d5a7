import type { Arithmetic } from "../../numeric/arithmetic.js";
import type {
	Measure,
	Node,
	NodeRequest,
	Parameter,
} from "../../numeric/measure.js";
import { overInterval, placesInOrder } from "../../numeric/pieces.js";
import { gammaNodes } from "../gamma/measure.js";

/**
 * Piece by piece between the location and the places where the integrand has a kink: beyond the outermost ones the distance
 * to it is exponential, between two of them the density is a smooth weight.
 */
export const measure: Measure = {
	distribution: "Laplace",
	exact: false,
	nodes<T>({ A, parameters, level, kinks }: NodeRequest<T>) {
		const location = (parameters.location as Parameter<T>).entry(1, 1);
		const scale = (parameters.scale as Parameter<T>).entry(1, 1);
		const density = (x: T): T =>
			A.div(
				A.exp(A.sub(A.zero, A.div(A.abs(A.sub(x, location)), scale))),
				A.add(scale, scale),
			);
		const places = placesInOrder(A, [location, ...kinks]);
		const [first, last] = [places[0] as T, places.at(-1) as T];
		const tail = (from: T, sign: 1 | -1) =>
			tailNodes(A, from, sign, scale, A.mul(scale, density(from)), level);
		const between = places.slice(1).flatMap((to, i) =>
			overInterval(A, places[i] as T, to, level).map(({ value, weight }) => ({
				value,
				weight: A.mul(weight, density(value)),
			})),
		);
		return [...tail(first, -1), ...between, ...tail(last, 1)];
	},
};

/** From a place outwards, with the mass that lies beyond it. */
function tailNodes<T>(
	A: Arithmetic<T>,
	from: T,
	sign: 1 | -1,
	scale: T,
	mass: T,
	level: number,
): Node<T>[] {
	return gammaNodes(A, A.one, A.div(A.one, scale), level).map((node) => ({
		value: sign > 0 ? A.add(from, node.value) : A.sub(from, node.value),
		weight: A.mul(mass, node.weight),
	}));
}
