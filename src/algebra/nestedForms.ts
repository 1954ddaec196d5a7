import type { Atom, Form } from "./form.js";

/** Forms inside an atom. */
export function nestedForms(atom: Atom): readonly Form[] {
	switch (atom.kind) {
		case "function":
		case "opaque":
			return [atom.argument];
		case "poly":
			return [atom.form];
		case "power":
			return [atom.base, atom.exponentForm];
		case "product":
		case "maximum":
			return [atom.body];
		case "inverse":
		case "determinant":
			return [atom.matrix];
		default:
			return [];
	}
}
