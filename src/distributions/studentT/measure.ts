import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { lgamma } from "../../numeric/special.js";
import { trapezoid } from "../../numeric/trapezoid.js";

/**
 * Where the line is cut off, in log |x|, and the step. An expectation that does not exist grows with the cut from level to
 * level, so that it settles on nothing. Fourth powers still are floats.
 */
const cutAt = (level: number): number => 40 * 1.22 ** Math.min(level, 7);
const finenessAt = (level: number): number => 0.25 * 0.72 ** level;

/**
 * The trapezoidal rule in v where x = m + s √ν sinh u and u = ½π sinh v: the density is cosh^{−ν} u up to a constant, an
 * algebraic tail that falls off doubly exponentially in v. Takahasi and Mori, Publ. RIMS 9 (1974). The points are floats in
 * every arithmetic: the rule is no better than that, and terms that cancel in them would pass for rounding.
 */
export const measure: Measure = {
	distribution: "StudentT",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		const number = (name: string): T =>
			(parameters[name] as Parameter<T>).entry(1, 1);
		const [location, degrees] = [number("location"), number("degrees")];
		const half = A.fromNumber(0.5);
		const spread = A.pow(A.mul(number("scaleSquared"), degrees), half);
		const constant = A.sub(
			lgamma(A, A.mul(half, A.add(degrees, A.one))),
			A.add(
				lgamma(A, A.mul(half, degrees)),
				A.mul(half, A.log(A.constant("pi"))),
			),
		);
		const reach = Math.asinh((2 / Math.PI) * cutAt(level));
		const step =
			finenessAt(level) * Math.min(1, 3 / Math.sqrt(A.toNumber(degrees)));
		return trapezoid(A, { low: -reach, high: reach, step }, (t) => {
			const u = (Math.PI / 2) * Math.sinh(t);
			const logSlope = Math.log((Math.PI / 2) * Math.cosh(t));
			const fall = A.mul(degrees, A.fromNumber(logCosh(u)));
			return {
				value: A.add(location, A.mul(spread, A.fromNumber(Math.sinh(u)))),
				logWeight: A.add(A.sub(constant, fall), A.fromNumber(logSlope)),
			};
		});
	},
};

function logCosh(u: number): number {
	return Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u))) - Math.LN2;
}
