import type { Arithmetic } from "./arithmetic.js";
import type { Compiler, Run } from "./compiler.js";
import { dualArithmetic } from "./dual.js";
import { Frame } from "./frame.js";
import type { DerivativeNode } from "./scalar.js";
import { Undecided } from "./undecided.js";
import { compileLocation } from "./value.js";

/**
 * A derivative by running its body in dual numbers, seeded at the one number that it is taken by. Where the body itself has
 * no value there is nothing to differentiate: ∂/∂x log x = 1/x says nothing of x < 0, so that such a world decides nothing.
 */
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
		if (!Number.isFinite(A.toNumber(result.value)))
			throw new Undecided("what is differentiated is not defined there");
		return result.slope;
	};
}
