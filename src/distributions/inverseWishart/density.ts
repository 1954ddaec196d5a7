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
	two,
} from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Dim, Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { logWishartNormaliser } from "../multivariateGamma.js";
import { scaleAndDegrees } from "../scaleAndDegrees.js";

/**
 * Λ⁻¹ for Λ ∼ W(Ψ⁻¹, ν): B(Ψ⁻¹, ν) |Σ|^{−(ν + D + 1)/2} exp(−½ tr(Ψ Σ⁻¹)), mean Ψ/(ν − D − 1). Gelman et al. (2013),
 * table A.1; Mardia, Kent and Bibby (1979), section 3.8.
 */
export const inverseWishart: Distribution = {
	name: "InverseWishart",
	aliases: [
		"IW",
		"InverseWishart",
		"InvWishart",
		"Inv-Wishart",
		"Inverse-Wishart",
		"IWishart",
		"InvWis",
	],
	parameters: ["scale", "degrees"],
	degrees: "degrees",
	readParameters: (args, shape) =>
		scaleAndDegrees("inverse Wishart", args, shape, "IW(Σ | Ψ, ν)"),
	support: (shape) => ({ kind: "posdef", shape }),
	logDensity(x, { scale, degrees }) {
		const [psi, nu] = [scale as Expr, degrees as Expr];
		const dim = shapeOf(x)[0] as Dim;
		const power = div(add(nu, size(dim), one), two);
		const trace: Expr = {
			kind: "trace",
			of: matmul(psi, { kind: "inverse", of: x }),
		};
		return add(
			logWishartNormaliser({ kind: "inverse", of: psi }, nu, dim),
			neg(mul(power, log({ kind: "determinant", of: x }))),
			neg(mul(num("1/2"), trace)),
		);
	},
};
