import Fraction from "fraction.js";
import { bartlett, bartlettNodes } from "../../numeric/bartlett.js";
import type { Measure } from "../../numeric/measure.js";
import type { Scalar } from "../../numeric/scalar.js";

const minusOne: Scalar = { op: "number", value: new Fraction(-1) };

/** The inverse of a Wishart matrix whose scale is the inverse of the parameter. */
export const measure: Measure = {
	distribution: "InverseWishart",
	exact: false,
	independent: true,
	nodes: bartlettNodes,
	compose(parts) {
		const of = parts.parameter("scale");
		const scale = parts.matrix((row, column) => ({
			op: "inverse",
			of,
			row,
			column,
		}));
		const precision = bartlett(parts, scale);
		return {
			entry: precision.inverse,
			inverse: precision.entry,
			logDeterminant: () => ({
				op: "mul",
				factors: [minusOne, precision.logDeterminant()],
			}),
			determinant: (exponent) =>
				precision.determinant({ op: "mul", factors: [minusOne, exponent] }),
		};
	},
};
