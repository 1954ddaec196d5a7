import type { Arithmetic } from "../../numeric/arithmetic.js";
import type {
	Measure,
	Node,
	NodeRequest,
	Parameter,
} from "../../numeric/measure.js";
import { nodeList } from "../../numeric/nodeLists.js";
import { lgamma } from "../../numeric/special.js";
import { trapezoid } from "../../numeric/trapezoid.js";

/** How far the log density falls on either side before it is cut off, and the step, at a level. */
const depthAt = (level: number): number => 45 + 8 * level;
const finenessAt = (level: number): number => 0.7 ** level;

/**
 * The trapezoidal rule in t = log(rate · x / shape), where the density is exp(a (t − eᵗ)) up to a constant and falls off on both
 * sides. The error is about exp(−π²/h) for small shapes and exp(−2π²/(h² a)) for large ones; the step follows both.
 */
export function gammaNodes<T>(
	A: Arithmetic<T>,
	shape: T,
	rate: T,
	level: number,
): readonly Node<T>[] {
	return nodeList(A, "Gamma", [shape, rate], level, () =>
		trapezoidal(A, shape, rate, level),
	);
}

function trapezoidal<T>(
	A: Arithmetic<T>,
	shape: T,
	rate: T,
	level: number,
): readonly Node<T>[] {
	const a = A.toNumber(shape);
	const centre = Math.log(a / A.toNumber(rate));
	const depth = depthAt(level);
	const step = finenessAt(level) * Math.min(0.4, 0.9 / Math.sqrt(a));
	const constant = A.sub(A.mul(shape, A.log(rate)), lgamma(A, shape));
	const line = {
		low: centre - fall(depth / a, (s) => s - 1 + Math.exp(-s)),
		high: centre + fall(depth / a, (s) => Math.exp(s) - 1 - s),
		step,
	};
	return trapezoid(A, line, (t) => {
		const logX = A.fromNumber(t);
		const value = A.exp(logX);
		return {
			value,
			logWeight: A.add(constant, A.sub(A.mul(shape, logX), A.mul(rate, value))),
		};
	});
}

/** The s > 0 at which an increasing function reaches a height. */
function fall(height: number, f: (s: number) => number): number {
	let low = 0;
	let high = 1;
	while (f(high) < height) high *= 2;
	for (let i = 0; i < 20; i += 1) {
		const middle = (low + high) / 2;
		if (f(middle) < height) low = middle;
		else high = middle;
	}
	return high;
}

export const measure: Measure = {
	distribution: "Gamma",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		const shape = (parameters.shape as Parameter<T>).entry(1, 1);
		return gammaNodes(
			A,
			shape,
			(parameters.rate as Parameter<T>).entry(1, 1),
			level,
		);
	},
};
