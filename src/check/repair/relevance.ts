import type { Form } from "../../algebra/form.js";
import { mentions } from "../../algebra/mentions.js";
import type { Expr } from "../../expr/tree.js";
import { visit } from "../../expr/walk.js";
import type { Place, Summand } from "./place.js";

/**
 * Which edits can change the residual to zero at all: an edit changes the right side by its summand's change, so every
 * symbol of the residual must occur in the summand, before or after the edit.
 */
export class Relevance {
	private readonly wanted: readonly string[];
	private readonly lacking = new Map<Summand, readonly string[]>();

	/** @param names the symbols of the claim */
	constructor(residual: Form, names: Iterable<string>) {
		const factors = [...residual.terms.values()].flatMap((t) => t.factors);
		this.wanted = [...new Set(names)].filter((name) =>
			factors.some((f) => mentions(f, name)),
		);
	}

	/** Whether the replacement at the place may bring the residual to zero. */
	allows(place: Place, replacement: Expr): boolean {
		const lacking = this.lackingIn(place.summand);
		if (lacking.length === 0) return true;
		const names = namesIn(replacement);
		return lacking.every((name) => names.has(name));
	}

	private lackingIn(summand: Summand): readonly string[] {
		const known = this.lacking.get(summand);
		if (known) return known;
		const names = namesIn(summand.tree);
		const found = this.wanted.filter((name) => !names.has(name));
		this.lacking.set(summand, found);
		return found;
	}
}

/** Names of the symbols and of the variables that the tree's expectations and integrals range over. */
function namesIn(e: Expr): Set<string> {
	const names = new Set<string>();
	visit(e, (node) => {
		if (node.kind === "symbol") names.add(node.name);
		if (node.kind === "integral") names.add(node.variable);
		if (node.kind === "expectation")
			for (const { factor } of node.over) names.add(factor.variable);
	});
	return names;
}
