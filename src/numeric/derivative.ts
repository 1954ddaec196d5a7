import type { Arithmetic } from "./arithmetic.js";
import type { Compiler, Run } from "./compiler.js";
import { dualArithmetic } from "./dual.js";
import { Frame } from "./frame.js";
import type { DerivativeNode } from "./scalar.js";
import { compileLocation } from "./value.js";

/** A derivative by running its body in dual numbers, seeded at the one number that it is taken by. */
export function compileDerivative<T>(
	compiler: Compiler<T>,
	programOver: <U>(A: Arithmetic<U>) => Compiler<U>,
	node: DerivativeNode,
): Run<T> {
	const { A } = compiler;
	const duals = dualArithmetic(A);
	const body = programOver(duals).run(node.body);
	const locate = compileLocation(compiler, node.by);
	const undefinedValue = A.fromNumber(Number.NaN);
	return (frame) => {
		const seed = locate(frame);
		if (!seed) return undefinedValue;
		const result = body(Frame.over(frame, duals, seed));
		return Number.isFinite(A.toNumber(result.value))
			? result.slope
			: undefinedValue;
	};
}
