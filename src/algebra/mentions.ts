import type { Factor } from "./form.js";
import { nestedForms } from "./nestedForms.js";
import { slidesWith } from "./tables.js";

/** Whether a factor mentions the variable at any depth. */
export function mentions(
	{ atom }: Pick<Factor, "atom">,
	name: string,
): boolean {
	if ((atom.kind === "symbol" || atom.kind === "hot") && atom.name === name)
		return true;
	if (atom.kind === "symbol" && slidesWith(atom.name, name)) return true;
	if (atom.kind === "opaque" && atom.binds.includes(name)) return false;
	return nestedForms(atom).some((f) =>
		[...f.terms.values()].some((t) => t.factors.some((g) => mentions(g, name))),
	);
}
