import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { overInterval, placesInOrder } from "../../numeric/pieces.js";
import { Undecided } from "../../numeric/undecided.js";

/** Piece by piece between the bounds and the places inside where the integrand has a kink. */
export const measure: Measure = {
	distribution: "Uniform",
	exact: false,
	nodes<T>({ A, parameters, level, kinks }: NodeRequest<T>) {
		const lower = (parameters.lower as Parameter<T>).entry(1, 1);
		const upper = (parameters.upper as Parameter<T>).entry(1, 1);
		const [a, b] = [A.toNumber(lower), A.toNumber(upper)];
		if (!(a < b))
			throw new Undecided("a Uniform whose bounds are not in order");
		const inside = kinks.filter((x) => A.toNumber(x) > a && A.toNumber(x) < b);
		const places = placesInOrder(A, [lower, ...inside, upper]);
		const width = A.sub(upper, lower);
		return places.slice(1).flatMap((to, i) =>
			overInterval(A, places[i] as T, to, level).map(({ value, weight }) => ({
				value,
				weight: A.div(weight, width),
			})),
		);
	},
	sample({ parameters, random }) {
		const [lower] = parameters.lower ?? [];
		const [upper] = parameters.upper ?? [];
		if (lower === undefined || upper === undefined) return "unknown";
		if (!(lower < upper)) return "unlawful";
		const share = random.whole(1, 19) / 20;
		return [Number((lower + share * (upper - lower)).toPrecision(6))];
	},
};
