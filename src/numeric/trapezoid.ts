import type { Arithmetic } from "./arithmetic.js";
import type { Node } from "./measure.js";
import { Undecided } from "./undecided.js";

/**
 * A shape next to 0 spreads a density over more of the line than could be looked at, and the less of it the more digits an
 * arithmetic carries: an exponential in decimals takes a thousand times as long as one of doubles.
 */
const mostNodes = (digits: number): number =>
	digits <= 16 ? 100_000 : digits <= 32 ? 20_000 : 2_000;

/**
 * Nodes of the trapezoidal rule for a density on part of the line that a smooth map stretches over all of it. The
 * points are fixed numbers; `logWeight` is the log of density times slope, in the arithmetic, and carries the
 * dependence on parameters.
 *
 * @throws Undecided where that takes too many points
 */
export function trapezoid<T>(
	A: Arithmetic<T>,
	line: { readonly low: number; readonly high: number; readonly step: number },
	at: (t: number) => {
		readonly value: T;
		readonly logWeight: T;
		readonly complement?: T;
	},
): Node<T>[] {
	if ((line.high - line.low) / line.step > mostNodes(A.digits))
		throw new Undecided("a density that reaches too far for a quadrature");
	const nodes: Node<T>[] = [];
	const step = A.fromNumber(line.step);
	for (
		let i = Math.ceil(line.low / line.step);
		i * line.step <= line.high;
		i += 1
	) {
		const { value, logWeight, complement } = at(i * line.step);
		const weight = A.mul(step, A.exp(logWeight));
		nodes.push(complement ? { value, weight, complement } : { value, weight });
	}
	return nodes;
}
