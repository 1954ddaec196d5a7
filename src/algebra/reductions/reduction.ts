import Fraction from "fraction.js";
import type { Draft } from "../canonical.js";
import { type Environment, freshIndex } from "../environment.js";
import type { Factor, Form } from "../form.js";
import type { Ix } from "../ix.js";
import type { Kit } from "../ring.js";

/**
 * Rules that simplify one product of atoms under sums. Each is a mathematical fact with its side condition; it returns
 * the simpler form, or null if it does not apply. They are tried in order until none applies.
 */
export type Reduction = (
	env: Environment,
	draft: Draft,
	kit: Kit,
) => Form | null;

export const oneFraction = new Fraction(1);

export function without(
	factors: readonly Factor[],
	...gone: readonly Factor[]
): Factor[] {
	return factors.filter((f) => !gone.includes(f));
}

export function isPositiveWhole(e: Fraction): boolean {
	return e.s > 0n && e.d === 1n;
}

/** coefficient · Π forms under the draft's sums. */
export function multiplyOut(
	env: Environment,
	draft: Omit<Draft, "factors">,
	forms: readonly Form[],
	kit: Kit,
): Form {
	const simple: Factor[] = [];
	let coefficient = draft.coefficient;
	const sums: Form[] = [];
	for (const form of forms) {
		const only =
			form.terms.size === 1 ? [...form.terms.values()][0] : undefined;
		if (form.terms.size === 0) return kit.nought;
		if (only && only.bound.length === 0) {
			coefficient = coefficient.mul(only.coefficient);
			simple.push(...only.factors);
		} else sums.push(form);
	}
	if (sums.length === 0)
		return kit.product(env, coefficient, simple, draft.bound);
	// The bound names stand free in every factor while they are multiplied, so they must not be canonical names, which a
	// sum among the factors may bind as well.
	const map = new Map<string, Ix>();
	const bound = draft.bound.map((b) => {
		const name = freshIndex(env, b.range);
		map.set(b.name, name);
		return { name, range: b.range };
	});
	const freed = [kit.product(env, coefficient, simple, []), ...sums].map((f) =>
		kit.substitute(env, f, map),
	);
	const expanded = freed.reduce((acc, f) => kit.times(env, acc, f), kit.unit);
	return kit.plus(
		...[...expanded.terms.values()].map((t) =>
			kit.product(env, t.coefficient, t.factors, [...t.bound, ...bound]),
		),
	);
}
