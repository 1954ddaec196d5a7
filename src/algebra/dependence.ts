import Fraction from "fraction.js";
import type { FreeOf } from "../expr/context.js";
import { hotAtom, symbolAtom, variablesOf } from "./atoms.js";
import { type Environment, freshIndex, rangeOf } from "./environment.js";
import type { Form } from "./form.js";
import { mentions } from "./mentions.js";
import { fixLabel } from "./oneHot.js";
import { minus, product, substitute } from "./ring.js";
import { emptyScope, indexValue } from "./scope.js";
import { transform } from "./transform.js";
import { isZero } from "./zero.js";

/**
 * Whether a form does not depend on a variable (at any subscript) or an index: it does not mention it, or it does not
 * change when the variable is given another name.
 */
export function isFreeOf(env: Environment, form: Form, free: FreeOf): boolean {
	const variable = asFormsHaveIt(env, free);
	if (!mentionsFree(form, variable)) return true;
	const both = withOther(env, variable);
	const other = elsewhere(both, form, variable);
	return other !== null && isZero(both, minus(other.here, other.there));
}

/** The environment in which another value of the variable is known to be of the same type. */
function withOther(env: Environment, free: FreeOf): Environment {
	if (free.kind === "index") return env;
	const { name } = free.symbol;
	const info = env.context.symbols.get(name);
	if (!info) return env;
	const symbols = new Map(env.context.symbols);
	symbols.set(otherName(name), { ...info, name: otherName(name) });
	return { ...env, context: { ...env.context, symbols } };
}

function otherName(name: string): string {
	return `${name}′`;
}

/** An unnamed variable, the z of p(z, x), is an index over its domain in a form. */
function asFormsHaveIt(env: Environment, free: FreeOf): FreeOf {
	if (free.kind === "index") return free;
	const { name } = free.symbol;
	const isUnnamed = env.context.symbols.get(name)?.type === "unnamed";
	return isUnnamed ? { kind: "index", name } : free;
}

function mentionsFree(form: Form, free: FreeOf): boolean {
	if (free.kind === "index") return variablesOf(form).has(free.name);
	return [...form.terms.values()].some((t) =>
		t.factors.some((f) => mentions(f, free.symbol.name)),
	);
}

/** The form at two arbitrary values of the variable. */
function elsewhere(
	env: Environment,
	form: Form,
	free: FreeOf,
): { here: Form; there: Form } | null {
	if (free.kind === "index") {
		const range = rangeOf(env, free.name);
		if (range === null) return null;
		return {
			here: form,
			there: substitute(
				env,
				form,
				new Map([[free.name, freshIndex(env, range)]]),
			),
		};
	}
	const { name, indices } = free.symbol;
	const info = env.context.symbols.get(name);
	if (!info) return null;
	if (info.labels === null)
		return { here: form, there: renamed(env, form, name) };
	const plate = indices.map((i) => indexValue(i, emptyScope));
	const at = (k: string) =>
		fixLabel(env, form, { kind: "hot", name, plate }, k);
	const [here, there] = [
		at(freshIndex(env, info.labels)),
		at(freshIndex(env, info.labels)),
	];
	const isFixed = (f: Form) =>
		![...f.terms.values()].some((t) =>
			t.factors.some((g) => mentions(g, name)),
		);
	return isFixed(here) ? { here, there } : null;
}

/** Every occurrence of a symbol under another name, of which nothing is known but what is known of the first. */
function renamed(env: Environment, form: Form, name: string): Form {
	return transform(env, form, ({ atom, exponent }) => {
		if ((atom.kind !== "symbol" && atom.kind !== "hot") || atom.name !== name)
			return null;
		const other =
			atom.kind === "hot"
				? hotAtom(otherName(name), atom.ix)
				: symbolAtom(otherName(name), atom.ix);
		return product(env, new Fraction(1), [{ atom: other, exponent }], []);
	});
}
