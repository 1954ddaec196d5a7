import Fraction from "fraction.js";
import { deltaAtom, hotAtom, symbolAtom } from "./atoms.js";
import { type Environment, freshIndex } from "./environment.js";
import type { Atom, Factor, Form } from "./form.js";
import type { Ix } from "./ix.js";
import { nestedForms } from "./nestedForms.js";
import { product, sumOver, times } from "./ring.js";
import { transform } from "./transform.js";

/** One label, as its one-hot entries see it: everything but the last subscript. */
interface Label {
	readonly kind: "hot" | "symbol";
	readonly name: string;
	readonly plate: readonly Ix[];
	readonly range: string | number;
}

/**
 * f(c) = Σ_k c_k f(e_k): a function of a one-hot vector is linear in it. Null if no one-hot entry is inside, or only
 * such whose label a binder inside ranges over, or the binder that f is.
 * @param own the index over which f goes, as a product does
 */
export function overOneHotCases(
	env: Environment,
	form: Form,
	f: (form: Form) => Form,
	own: Ix | null = null,
): Form | null {
	const label = findLabel(env, form);
	if (!label || (own !== null && label.plate.includes(own))) return null;
	env.rules.add("a function of a one-hot vector is linear in it");
	const k = freshIndex(env, label.range);
	const fixed = fixLabel(env, form, label, k);
	const chosen =
		label.kind === "hot"
			? hotAtom(label.name, [...label.plate, k])
			: symbolAtom(label.name, [...label.plate, k]);
	const entry = product(
		env,
		new Fraction(1),
		[{ atom: chosen, exponent: new Fraction(1) }],
		[],
	);
	return sumOver(env, times(env, entry, f(fixed)), k, label.range);
}

/** The form with the label's one-hot entries c_l replaced by δ_lk. */
export function fixLabel(
	env: Environment,
	form: Form,
	label: Omit<Label, "range">,
	k: Ix,
): Form {
	return transform(env, form, ({ atom, exponent }) => {
		if (atom.kind !== label.kind || atom.name !== label.name) return null;
		const plate = atom.ix.slice(0, -1);
		if (
			plate.length !== label.plate.length ||
			plate.some((v, i) => v !== label.plate[i])
		)
			return null;
		return product(
			env,
			new Fraction(1),
			[{ atom: deltaAtom(atom.ix.at(-1) as Ix, k), exponent }],
			[],
		);
	});
}

function findLabel(env: Environment, form: Form): Label | null {
	for (const term of form.terms.values())
		for (const f of term.factors) {
			const found = labelIn(env, f);
			if (found) return found;
		}
	return null;
}

function labelIn(env: Environment, { atom }: Factor): Label | null {
	const own = labelOf(env, atom);
	if (own) return own;
	const hidden = atom.kind === "opaque" ? atom.binds : [];
	for (const form of nestedForms(atom)) {
		const found = findLabel(env, form);
		if (found && !hidden.includes(found.name)) return found;
	}
	return null;
}

function labelOf(env: Environment, atom: Atom): Label | null {
	if (atom.kind !== "hot" && atom.kind !== "symbol") return null;
	const info = env.context.symbols.get(atom.name);
	if (!info || (atom.kind === "symbol" && info.type !== "onehot")) return null;
	const plate = atom.ix.slice(0, -1);
	if (plate.some((v) => /^[$%@]/.test(v))) return null;
	const range = atom.kind === "hot" ? info.labels : info.dims.at(-1);
	return range == null
		? null
		: { kind: atom.kind, name: atom.name, plate, range };
}
