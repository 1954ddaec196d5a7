import {
	add,
	div,
	log,
	matmul,
	mul,
	neg,
	num,
	one,
	size,
	sub,
	two,
} from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Dim, Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { logWishartNormaliser } from "../multivariateGamma.js";
import { scaleAndDegrees } from "../scaleAndDegrees.js";

/**
 * Positive definite D × D matrices with scale W and ν > D − 1 degrees of freedom, mean νW:
 * B(W, ν) |Λ|^{(ν − D − 1)/2} exp(−½ tr(W⁻¹ Λ)). Bishop (2006), (B.78) and (B.79).
 */
export const wishart: Distribution = {
	name: "Wishart",
	aliases: ["W", "Wishart", "Wish", "Wis"],
	parameters: ["scale", "degrees"],
	degrees: "degrees",
	readParameters: (args, shape) =>
		scaleAndDegrees("Wishart", args, shape, "W(Λ | W, ν)"),
	support: (shape) => ({ kind: "posdef", shape }),
	logDensity(x, { scale, degrees }) {
		const [w, nu] = [scale as Expr, degrees as Expr];
		const dim = shapeOf(x)[0] as Dim;
		const power = div(sub(sub(nu, size(dim)), one), two);
		const trace: Expr = {
			kind: "trace",
			of: matmul({ kind: "inverse", of: w }, x),
		};
		return add(
			logWishartNormaliser(w, nu, dim),
			mul(power, log({ kind: "determinant", of: x })),
			neg(mul(num("1/2"), trace)),
		);
	},
};
