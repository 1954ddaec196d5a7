import Fraction from "fraction.js";
import type { ComposedMatrix, Scalar } from "./scalar.js";

const minusOne: Scalar = { op: "number", value: new Fraction(-1) };

function negated(x: Scalar): Scalar {
	return { op: "mul", factors: [minusOne, x] };
}

/** The inverse of a composed matrix. */
export function inverted(of: ComposedMatrix): ComposedMatrix {
	return {
		entry: of.inverse,
		inverse: of.entry,
		root: of.inverseRoot,
		inverseRoot: of.root,
		logDeterminant: () => negated(of.logDeterminant()),
		determinant: (exponent) => of.determinant(negated(exponent)),
	};
}
