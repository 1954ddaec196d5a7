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

/** How far the log density falls before it is cut off, and the step, at a level. */
const depthAt = (level: number): number => 45 + 8 * level;
const finenessAt = (level: number): number => 0.7 ** level;

/**
 * The trapezoidal rule in t = log(x / (1 − x)), where the density is xᵃ (1 − x)ᵇ up to a constant and falls off like eᵃᵗ
 * and e^{−bt}. The error is about exp(−2π²/h) for small parameters; for large ones the step follows the width.
 */
export function betaNodes<T>(
	A: Arithmetic<T>,
	first: T,
	second: T,
	level: number,
): readonly Node<T>[] {
	return nodeList(A, "Beta", [first, second], level, () =>
		trapezoidal(A, first, second, level),
	);
}

function trapezoidal<T>(
	A: Arithmetic<T>,
	first: T,
	second: T,
	level: number,
): readonly Node<T>[] {
	const [a, b] = [A.toNumber(first), A.toNumber(second)];
	const depth = depthAt(level);
	const centre = Math.log(a / b);
	const margin = depth + (a + b) * Math.LN2;
	const constant = A.sub(
		lgamma(A, A.add(first, second)),
		A.add(lgamma(A, first), lgamma(A, second)),
	);
	const line = {
		low: Math.min(centre, 0) - margin / a,
		high: Math.max(centre, 0) + margin / b,
		step: finenessAt(level) * Math.min(0.6, 0.9 * Math.sqrt((a + b) / (a * b))),
	};
	return trapezoid(A, line, (t) => {
		// Of x and 1 − x the smaller one, as what it is to the larger: e^{|t|} may be beyond all doubles.
		const part = A.exp(A.fromNumber(-Math.abs(t)));
		const larger = A.div(A.one, A.add(A.one, part));
		const logLarger = A.log(larger);
		const smaller = A.mul(part, larger);
		const logSmaller = A.sub(logLarger, A.fromNumber(Math.abs(t)));
		const isBeyondHalf = t > 0;
		const [logX, logRest] = isBeyondHalf
			? [logLarger, logSmaller]
			: [logSmaller, logLarger];
		return {
			value: isBeyondHalf ? larger : smaller,
			complement: isBeyondHalf ? smaller : larger,
			logWeight: A.add(
				constant,
				A.add(A.mul(first, logX), A.mul(second, logRest)),
			),
		};
	});
}

export const measure: Measure = {
	distribution: "Beta",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		return betaNodes(
			A,
			(parameters.a as Parameter<T>).entry(1, 1),
			(parameters.b as Parameter<T>).entry(1, 1),
			level,
		);
	},
};
