import {
	add,
	div,
	dot,
	log,
	matmul,
	mul,
	neg,
	num,
	one,
	pi,
	pow,
	size,
	sub,
	transpose,
	two,
} from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr, Shape } from "../../expr/tree.js";
import { Problem } from "../../problem.js";
import type { Distribution } from "../distribution.js";

const half = num("1/2");

/** a of a covariance written `a I`, else null. */
function isotropic(covariance: Expr): Expr | null {
	if (covariance.kind === "identity") return num(1);
	if (covariance.kind !== "mul") return null;
	const rest = covariance.factors.filter((f) => f.kind !== "identity");
	return rest.length === covariance.factors.length - 1 &&
		rest.every((f) => shapeOf(f).length === 0)
		? mul(...rest)
		: null;
}

/**
 * Normal with mean and covariance; for a number the covariance is the variance. Bishop (2006), eq. (2.42) and (2.43).
 * A covariance `a I` of a vector in ℝ^D has the normaliser (2π a)^{-D/2}.
 */
export const normal: Distribution = {
	name: "Normal",
	aliases: ["N", "Normal", "Gaussian", "Norm", "MVN", "Gauss"],
	parameters: ["mean", "covariance"],
	readParameters(args) {
		const [mean, covariance] = args;
		if (args.length !== 2 || !mean || !covariance)
			throw new Problem(
				"a Normal takes a mean and a variance",
				null,
				"N(x | mean, variance)",
			);
		return { mean, covariance };
	},
	support: (shape: Shape) => ({ kind: "real", shape }),
	logDensity(x, { mean, covariance }) {
		const m = mean as Expr;
		const c = covariance as Expr;
		const centred = sub(x, m);
		const d = shapeOf(x)[0];
		if (d === undefined)
			return sub(
				mul(num("-1/2"), log(mul(two, pi, c))),
				mul(half, div(pow(centred, 2), c)),
			);
		const a = isotropic(c);
		if (a)
			return sub(
				mul(num("-1/2"), size(d), log(mul(two, pi, a))),
				mul(half, div(dot(centred, centred), a)),
			);
		const quadratic = matmul(
			transpose(centred),
			matmul({ kind: "inverse", of: c }, centred),
		);
		return add(
			mul(num("-1/2"), size(d), log(mul(two, pi))),
			neg(mul(half, log({ kind: "determinant", of: c }))),
			neg(mul(half, quadratic)),
		);
	},
	// f' = −C⁻¹ (x − m) and f'' = −C⁻¹.
	fromSlopes(x, gradient, hessian) {
		const precision = neg(hessian);
		if (shapeOf(x).length === 0) {
			const variance = div(one, precision);
			return { mean: add(x, mul(variance, gradient)), covariance: variance };
		}
		const covariance: Expr = { kind: "inverse", of: precision };
		return { mean: add(x, matmul(covariance, gradient)), covariance };
	},
};
