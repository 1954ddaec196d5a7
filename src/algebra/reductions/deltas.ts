import { deltaAtom } from "../atoms.js";
import type { Draft } from "../canonical.js";
import { areApart, type Environment, rangeOf } from "../environment.js";
import type { BoundIndex, Factor, Form } from "../form.js";
import { baseOf, type Ix } from "../ix.js";
import type { Kit } from "../ring.js";
import {
	isPositiveWhole,
	multiplyOut,
	oneFraction,
	type Reduction,
	without,
} from "./reduction.js";

/** δ² = δ; δ_aa = 1; δ of values that differ is 0; Σ_k δ_kl f_k = f_l; f_k δ_kl = f_l δ_kl. */
export const kroneckerDelta: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const f of factors) {
		if (f.atom.kind !== "delta" || f.exponent.s < 0n) continue;
		const { a, b } = f.atom;
		const rest = without(factors, f);
		if (a === b) return kit.product(env, coefficient, rest, bound);
		if (areApart(env, a, b)) return kit.nought;
		if (!f.exponent.equals(1))
			return kit.product(
				env,
				coefficient,
				[...rest, { atom: f.atom, exponent: oneFraction }],
				bound,
			);
		const contracted = contract(
			env,
			{ coefficient, factors: rest, bound },
			a,
			b,
			kit,
		);
		if (contracted) return contracted;
		const replaced = identify(
			env,
			{ coefficient, factors: rest, bound },
			f,
			kit,
		);
		if (replaced) return replaced;
	}
	return null;
};

/** Values that a bound index surely takes: another index or label position of the same range, 1, or the last one. */
function withinRange(
	env: Environment,
	value: Ix,
	range: string | number,
	bound: readonly BoundIndex[],
): boolean {
	if (value === "1" || value === String(range)) return true;
	if (baseOf(value) !== value) return false;
	const other =
		bound.find((b) => b.name === value)?.range ?? rangeOf(env, value);
	return other === range;
}

function contract(
	env: Environment,
	draft: Draft,
	a: Ix,
	b: Ix,
	kit: Kit,
): Form | null {
	for (const [gone, value] of [
		[a, b],
		[b, a],
	] as const) {
		const binder = draft.bound.find((x) => x.name === gone);
		if (!binder || !withinRange(env, value, binder.range, draft.bound))
			continue;
		env.rules.add("sum over a Kronecker delta");
		const bound = draft.bound.filter((x) => x !== binder);
		return underSums(env, { ...draft, bound }, new Map([[gone, value]]), kit);
	}
	return null;
}

/** The draft's factors after a substitution, multiplied up and summed over what is bound. */
function underSums(
	env: Environment,
	draft: Draft,
	map: ReadonlyMap<string, Ix>,
	kit: Kit,
): Form {
	const renamed = draft.factors.map((f) => kit.substituteFactor(env, f, map));
	return multiplyOut(env, draft, renamed, kit);
}

/** f_k δ_kl = f_l δ_kl: the greater of two plain names gives way in the other factors. */
function identify(
	env: Environment,
	draft: Draft,
	delta: Factor,
	kit: Kit,
): Form | null {
	if (delta.atom.kind !== "delta") return null;
	const { a, b } = delta.atom;
	const names = [a, b].filter(
		(x) => x !== "" && baseOf(x) === x && !env.context.sizes.has(x),
	);
	const boundNames = new Set(draft.bound.map((x) => x.name));
	const gone =
		names
			.filter((x) => !boundNames.has(x))
			.sort()
			.pop() ?? names[0];
	if (gone === undefined) return null;
	const kept = gone === a ? b : a;
	if (!draft.factors.some((f) => f.atom.variables.has(gone))) return null;
	const map = new Map([[gone, kept]]);
	const renamed = draft.factors.map((f) => kit.substituteFactor(env, f, map));
	const deltaForm = kit.product(env, oneFraction, [delta], []);
	return multiplyOut(env, draft, [...renamed, deltaForm], kit);
}

/** sgn² = 1 − δ. */
export const signSquared: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "sign" &&
			isPositiveWhole(f.exponent) &&
			f.exponent.n > 1n,
	);
	if (found?.atom.kind !== "sign") return null;
	const rest = without(factors, found);
	if (found.exponent.n % 2n === 1n)
		return kit.product(
			env,
			coefficient,
			[...rest, { atom: found.atom, exponent: oneFraction }],
			bound,
		);
	const delta = {
		atom: deltaAtom(found.atom.a, found.atom.b),
		exponent: oneFraction,
	};
	return kit.plus(
		kit.product(env, coefficient, rest, bound),
		kit.product(env, coefficient.neg(), [...rest, delta], bound),
	);
};
