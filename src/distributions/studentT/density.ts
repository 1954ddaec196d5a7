import {
	add,
	apply,
	div,
	log,
	mul,
	neg,
	num,
	one,
	pi,
	pow,
	sub,
	zero,
} from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr } from "../../expr/tree.js";
import { Problem } from "../../problem.js";
import type { Distribution, Place, Spelling } from "../distribution.js";

const half = num("1/2");
const number = (type: Place["type"]): Place => ({ type, extent: "number" });

/** Where the three parameters stand, and whether the spread is a precision. */
interface Order {
	readonly location: number;
	readonly spread: number;
	readonly degrees: number;
	readonly precision: boolean;
}

/**
 * `t_\nu(m, s²)` (Gelman et al. 2013, table A.1) has the squared scale; `\mathrm{St}(m, λ, ν)` and `\mathrm{Student}` a
 * precision (Bishop 2006, eq. 2.159; Barber 2012, def. 8.27); `\mathcal T(m, s², ν)` the squared scale (Murphy 2012, eq. 2.71).
 */
function orderOf({ name, subscripts }: Spelling): Order {
	if (subscripts > 0)
		return { degrees: 0, location: 1, spread: 2, precision: false };
	const precision = name === "St" || name === "Student";
	return { location: 0, spread: 1, degrees: 2, precision };
}

const plain: Spelling = { name: "T", style: "cal", subscripts: 0 };

/**
 * A real number with location m, squared scale s² and ν degrees of freedom:
 * Γ((ν+1)/2) / (Γ(ν/2) √(νπ s²)) · (1 + (x−m)²/(ν s²))^{−(ν+1)/2}. Gelman et al. (2013), table A.1.
 */
export const studentT: Distribution = {
	name: "StudentT",
	aliases: ["t", "T", "St", "Student", "StudentT", "StudentsT"],
	parameters: ["location", "scaleSquared", "degrees"],
	takesSubscripts: true,
	means: ({ name, style, subscripts }, args) =>
		(subscripts > 0 || args !== 2) &&
		(name.length > 1 || subscripts === 1 || (name === "T" && style === "cal")),
	readParameters(args, _shape, spelling = plain) {
		const isNumbers = args.every((a) => shapeOf(a).length === 0);
		if (isNumbers && args.length === 1)
			return { location: zero, scaleSquared: one, degrees: args[0] as Expr };
		const order = orderOf(spelling);
		const [location, spread, degrees] = [
			args[order.location],
			args[order.spread],
			args[order.degrees],
		];
		if (!isNumbers || args.length !== 3 || !location || !spread || !degrees)
			throw new Problem(
				"a Student t takes its degrees of freedom, or also a location and a scale",
				null,
				"t_\\nu(x | m, s^2), \\mathcal T(x | m, s^2, ν) or \\mathrm{St}(x | m, λ, ν)",
			);
		const scaleSquared = order.precision ? pow(spread, -1) : spread;
		return { location, scaleSquared, degrees };
	},
	places(args, spelling) {
		const order = orderOf(spelling);
		const places = [number("positive"), number("positive"), number("positive")];
		if (args === 3) places[order.location] = number("real");
		return places;
	},
	convention(args, spelling) {
		if (args !== 3) return null;
		return orderOf(spelling).precision
			? `\`${spelling.name}(m, λ, ν)\` was read with a precision λ and ν degrees of freedom`
			: "a Student t was read with the square of its scale";
	},
	support: () => ({ kind: "real", shape: [] }),
	logDensity(x, { location, scaleSquared, degrees }) {
		const [m, s2, nu] = [
			location as Expr,
			scaleSquared as Expr,
			degrees as Expr,
		];
		const above = div(add(nu, one), num(2));
		return add(
			apply("lgamma", above),
			neg(apply("lgamma", div(nu, num(2)))),
			neg(mul(half, log(mul(nu, pi, s2)))),
			neg(mul(above, log(add(one, div(pow(sub(x, m), 2), mul(nu, s2)))))),
		);
	},
};
