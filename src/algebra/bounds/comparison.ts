import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { logarithmOf } from "../powers.js";
import { collect, minus, scale, times, unit } from "../ring.js";
import { isPositive, signOf } from "../signs.js";

/** Forms that it is enough to show not negative: both sides of D = a − b through an increasing function. */
export function comparisons(
	env: Environment,
	form: Form,
): readonly Comparison[] {
	const increasing = "log is increasing";
	const found = [
		{ fact: increasing, form: exponentials(env, form), isStrict: true },
		{ fact: increasing, form: logarithms(env, form), isStrict: true },
		{
			fact: "a ≥ b where a² ≥ b² and a ≥ 0",
			form: squares(env, form),
			isStrict: false,
		},
	];
	return found.flatMap(({ form: other, ...rest }) =>
		other ? [{ ...rest, form: other }] : [],
	);
}

interface Comparison {
	readonly fact: string;
	readonly form: Form;
	/** Whether D is positive where the form is. */
	readonly isStrict: boolean;
}

/** e^D − 1, where a logarithm is a term of D. */
function exponentials(env: Environment, form: Form): Form | null {
	const logs = [...form.terms.values()].filter(
		(t) =>
			t.factors.length === 1 &&
			t.factors.every(
				(f) => f.exponent.equals(1) && logarithmOf(f.atom) !== null,
			),
	);
	if (!logs.some((t) => t.bound.length === 0)) return null;
	return minus(env.functions.apply(env, "exp", form), unit);
}

/** log a − log b, where D is a − b for positive terms a and b. */
function logarithms(env: Environment, form: Form): Form | null {
	const terms = [...form.terms.values()];
	if (terms.length !== 2) return null;
	const up = terms.filter((t) => t.coefficient.s > 0n).map((t) => collect([t]));
	const down = terms
		.filter((t) => t.coefficient.s < 0n)
		.map((t) => scale(collect([t]), -1));
	const [a] = up;
	const [b] = down;
	if (!a || !b || !isPositive(env, a) || !isPositive(env, b)) return null;
	const { apply } = env.functions;
	return minus(apply(env, "log", a), apply(env, "log", b));
}

/** a² − b², where D is a − b for a ≥ 0, the sum of the terms that are not negative, with a root or |·| in it. */
function squares(env: Environment, form: Form): Form | null {
	const terms = [...form.terms.values()];
	const isRoot = (f: Factor) =>
		f.exponent.d === 2n ||
		(f.atom.kind === "function" && f.atom.name === "abs");
	if (!terms.some((t) => t.factors.some(isRoot))) return null;
	const up = terms.filter((t) => signOf(env, collect([t])) !== "unknown");
	const a = collect(up);
	const b = scale(collect(terms.filter((t) => !up.includes(t))), -1);
	if (up.length === 0 || up.length === terms.length) return null;
	return minus(times(env, a, a), times(env, b, b));
}
