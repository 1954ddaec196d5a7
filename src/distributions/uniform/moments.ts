import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Factor, Form } from "../../algebra/form.js";
import { mentions } from "../../algebra/mentions.js";
import type { Moments } from "../../algebra/moment.js";
import { powersAndLogs } from "../../algebra/powers.js";
import {
	lone,
	minus,
	nought,
	plus,
	scale,
	times,
	unit,
} from "../../algebra/ring.js";
import { isPositive, signOf } from "../../algebra/signs.js";

const highestOrder = 10n;

/**
 * E[xᵖ] = (b^{p+1} − a^{p+1}) / ((p+1) (b − a)) = (aᵖ + aᵖ⁻¹b + ⋯ + bᵖ) / (p+1). Johnson, Kotz and Balakrishnan (1995),
 * eq. (26.6). That x lies between a and b is sure: the indicator of it is 1, its logarithm 0.
 */
export const uniformMoments: Moments = {
	moment(env, instance, factors) {
		const [a, b] = [instance.parameter("lower"), instance.parameter("upper")];
		const sure = factors.map((f) =>
			isSureOf(env, f, instance.variable, [a, b]),
		);
		if (sure.includes("log")) return nought;
		const found = powersAndLogs(
			instance,
			factors.filter((_, i) => sure[i] === null),
		);
		if (!found || found.restPower || found.restLogs > 0) return null;
		const power = found.power ?? new Fraction(0);
		if (found.logs === 1 && power.equals(0)) return meanLog(env, a, b);
		const isPower = power.d === 1n && power.s >= 0n && power.n <= highestOrder;
		if (found.logs > 0 || !isPower) return null;
		env.rules.add("moments of a Uniform: E[x] = (a + b)/2");
		return meanPower(env, a, b, Number(power.n));
	},
};

/** E[log x] = (b log b − a log a)/(b − a) − 1 for positive bounds, log b − 1 from 0 on; the antiderivative of log. */
function meanLog(env: Environment, a: Form, b: Form): Form | null {
	if (!isPositive(env, b)) return null;
	const log = (x: Form) => env.functions.apply(env, "log", x);
	if (a.terms.size === 0) return minus(log(b), unit);
	if (!isPositive(env, a)) return null;
	const area = minus(times(env, b, log(b)), times(env, a, log(a)));
	const width = env.functions.power(env, minus(b, a), new Fraction(-1));
	return minus(times(env, area, width), unit);
}

/** Whether a factor is an indicator that x ≥ c for a c ≤ a, or x ≤ c for a c ≥ b, or the logarithm of such indicators. */
function isSureOf(
	env: Environment,
	{ atom }: Factor,
	variable: string,
	[a, b]: readonly [Form, Form],
): "indicator" | "log" | null {
	if (atom.kind !== "function") return null;
	if (atom.name === "log") {
		const [term, more] = [...atom.argument.terms.values()];
		const isProduct = term && !more && term.coefficient.equals(1);
		return isProduct &&
			term.factors.every(
				(f) => isSureOf(env, f, variable, [a, b]) === "indicator",
			)
			? "log"
			: null;
	}
	if (atom.name !== "step") return null;
	const own = [...atom.argument.terms.values()]
		.flatMap((t) => t.factors)
		.find((f) => f.atom.kind === "symbol" && f.atom.name === variable);
	if (!own?.exponent.equals(1)) return null;
	const x = lone(own);
	const above = minus(minus(x, atom.argument), a);
	const below = minus(plus(x, atom.argument), b);
	const isSure = [scale(above, -1), below].some(
		(gap) => !mentionsVariable(gap, variable) && signOf(env, gap) !== "unknown",
	);
	return isSure ? "indicator" : null;
}

function mentionsVariable(form: Form, variable: string): boolean {
	return [...form.terms.values()].some((t) =>
		t.factors.some((f) => mentions(f, variable)),
	);
}

function meanPower(env: Environment, a: Form, b: Form, power: number): Form {
	const raised = (x: Form, n: number) =>
		env.functions.power(env, x, new Fraction(n));
	const terms = Array.from({ length: power + 1 }, (_, j) =>
		times(env, raised(a, power - j), raised(b, j)),
	);
	return scale(plus(...terms), new Fraction(1, power + 1));
}
