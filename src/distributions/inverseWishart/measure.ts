import Fraction from "fraction.js";
import { bartlett, bartlettNodes } from "../../numeric/bartlett.js";
import type { Measure } from "../../numeric/measure.js";
import type { ComposedMatrix, Scalar } from "../../numeric/scalar.js";

const minusOne: Scalar = { op: "number", value: new Fraction(-1) };

/** The inverse of a Wishart matrix whose scale is the inverse of the parameter. */
export const measure: Measure = {
	distribution: "InverseWishart",
	exact: false,
	nodes: bartlettNodes,
	drawnBy: ["degrees"],
	compose(parts) {
		const of = parts.matrix(parts.parameter("scale"));
		const scale = parts.matrix((row, column) => ({
			op: "inverse",
			of,
			row,
			column,
		}));
		const precision = bartlett(parts, scale);
		const { root, inverseRoot, inverse, logDeterminant, determinant } =
			precision.matrix as ComposedMatrix;
		const negated = (x: Scalar): Scalar => ({
			op: "mul",
			factors: [minusOne, x],
		});
		return {
			entry: inverse,
			matrix: {
				inverse: precision.entry,
				root: inverseRoot,
				inverseRoot: root,
				logDeterminant: () => negated(logDeterminant()),
				determinant: (exponent) => determinant(negated(exponent)),
			},
		};
	},
};
