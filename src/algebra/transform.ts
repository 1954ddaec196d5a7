import Fraction from "fraction.js";
import { opaqueAtom } from "./atoms.js";
import type { Environment } from "./environment.js";
import type { Factor, Form } from "./form.js";
import { plus, product, rebuild, scale } from "./ring.js";

/** What becomes of a factor: a form, or null to leave it (and look inside). */
export type Replace = (factor: Factor) => Form | null;

/** The form with atoms replaced, at any depth, and everything normalised again. */
export function transform(
	env: Environment,
	form: Form,
	replace: Replace,
): Form {
	const parts = [...form.terms.values()].map((term) =>
		rebuild(env, term, (f) => transformFactor(env, f, replace)),
	);
	return plus(...parts);
}

function transformFactor(
	env: Environment,
	factor: Factor,
	replace: Replace,
): Form {
	const replaced = replace(factor);
	if (replaced) return replaced;
	const { atom, exponent } = factor;
	const inside = (form: Form) => transform(env, form, replace);
	const { functions } = env;
	switch (atom.kind) {
		case "function":
			return functions.power(
				env,
				functions.apply(env, atom.name, inside(atom.argument)),
				exponent,
			);
		case "poly":
			return functions.power(env, inside(atom.form), exponent);
		case "power":
			return functions.symbolicPower(
				env,
				inside(atom.base),
				scale(inside(atom.exponentForm), exponent),
			);
		case "product":
			return functions.power(
				env,
				functions.bigProduct(env, atom.index, atom.range, inside(atom.body)),
				exponent,
			);
		case "maximum":
			return functions.power(
				env,
				functions.maximum(env, atom.index, atom.range, inside(atom.body)),
				exponent,
			);
		case "inverse":
			return functions.power(
				env,
				functions.inverseEntry(
					env,
					inside(atom.matrix),
					atom.row,
					atom.column,
					atom.size,
				),
				exponent,
			);
		case "determinant":
			return functions.power(
				env,
				functions.determinant(
					env,
					inside(atom.matrix),
					atom.size,
					atom.positive,
				),
				exponent,
			);
		case "opaque": {
			const outside: Replace = (f) =>
				"name" in f.atom && atom.binds.includes(f.atom.name)
					? lone(env, f)
					: replace(f);
			const opaque = opaqueAtom(
				atom.head,
				transform(env, atom.argument, outside),
				atom.binds,
				atom.positive,
			);
			return product(env, new Fraction(1), [{ atom: opaque, exponent }], []);
		}
		default:
			return lone(env, factor);
	}
}

function lone(env: Environment, factor: Factor): Form {
	return product(env, new Fraction(1), [factor], []);
}
