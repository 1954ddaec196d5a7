import { betaNodes } from "../distributions/beta/measure.js";
import type { Arithmetic } from "./arithmetic.js";
import type { Node } from "./measure.js";

/** Quadrature over intervals, for integrands that are smooth between some places alone. */

/** Nodes for ∫ f(x) dx from one place to another; singular ends do no harm, and no node lies beyond them. */
export function overInterval<T>(
	A: Arithmetic<T>,
	from: T,
	to: T,
	level: number,
): Node<T>[] {
	const width = A.sub(to, from);
	return betaNodes(A, A.one, A.one, level).map((node) => {
		const { value, complement } = node;
		const isNearEnd = A.toNumber(value) > 0.5 && complement !== undefined;
		return {
			value: isNearEnd
				? A.sub(to, A.mul(width, complement))
				: A.add(from, A.mul(width, value)),
			weight: A.mul(width, node.weight),
		};
	});
}

/** Different numbers, the least first. */
export function placesInOrder<T>(A: Arithmetic<T>, places: readonly T[]): T[] {
	const sorted = [...places].sort((a, b) => A.toNumber(a) - A.toNumber(b));
	return sorted.filter(
		(x, i) => i === 0 || A.toNumber(x) !== A.toNumber(sorted[i - 1] as T),
	);
}
