import type { Compiler, Run } from "./compiler.js";
import type { Frame } from "./frame.js";
import { Demand, type RandomStore } from "./randomStore.js";
import type { Scalar } from "./scalar.js";

type PowNode = Extract<Scalar, { op: "pow" }>;

/** Where a term has kinks: the arguments of the absolute values in it, roots of squares among them. */
export function argumentsOfAbs(node: Scalar): readonly Scalar[] {
	switch (node.op) {
		case "add":
			return node.terms.flatMap(argumentsOfAbs);
		case "mul":
			return node.factors.flatMap(argumentsOfAbs);
		case "pow":
			return [
				...(isRootOfSquare(node) ? [(node.base as PowNode).base] : []),
				...[node.base, node.exponent].flatMap(argumentsOfAbs),
			];
		case "apply":
			return [
				...(node.fn === "abs" ? [node.argument] : []),
				...argumentsOfAbs(node.argument),
			];
		case "sum":
		case "product":
		case "derivative":
		case "evaluation":
			return argumentsOfAbs(node.body);
		case "density":
			return argumentsOfAbs(node.log);
		default:
			return [];
	}
}

/** (x²)^{1/2} and the like. */
function isRootOfSquare({ base, exponent }: PowNode): boolean {
	return (
		exponent.op === "number" &&
		exponent.value.d !== 1n &&
		base.op === "pow" &&
		base.exponent.op === "number" &&
		base.exponent.value.equals(2)
	);
}

/** The values of a component at which one of the arguments is 0, as far as these are affine in it and know all else. */
export function kinksIn<T>(
	{ A }: Compiler<T>,
	frame: Frame<T>,
	runs: readonly Run<T>[],
	store: RandomStore<T>,
	instance: number,
	component: number,
): readonly T[] {
	const at = (run: Run<T>, x: number): T => {
		store.draw(instance, component, {
			value: A.fromNumber(x),
			weight: A.one,
		});
		return run(frame);
	};
	const found: T[] = [];
	for (const run of runs)
		try {
			const [first, second, third] = [at(run, 0), at(run, 1), at(run, 2)];
			const slope = A.sub(second, first);
			const bend = A.sub(A.sub(third, second), slope);
			const isAffine =
				Math.abs(A.toNumber(bend)) <= 1e-9 * Math.abs(A.toNumber(slope));
			if (isAffine && A.toNumber(slope) !== 0)
				found.push(A.div(A.sub(A.zero, first), slope));
		} catch (thrown) {
			if (!(thrown instanceof Demand)) throw thrown;
		} finally {
			store.undraw(instance, component);
		}
	return found;
}
