import type { ReadStep } from "../elaborate/chain.js";
import { toText } from "../expr/print/text.js";
import type { Expr } from "../expr/tree.js";
import type { Assignment } from "./certify.js";

/**
 * The worlds of a chain are drawn from what it says itself: a chain that is written differently is looked at in other
 * worlds, so that none can be fitted to them, and one that stays as it is keeps its own, whatever is written around it. Its
 * steps share them, so that a side is evaluated once for the two in which it stands.
 */
export function seedOfChain(base: string, steps: readonly ReadStep[]): string {
	const said = steps.flatMap((step) => {
		if (step.kind === "problem") return [];
		const compared =
			step.kind === "compare" ? [step] : [...step.premises, step.conclusion];
		return compared.map(({ left, right, relation }) =>
			equation(left.expr, relation, right.expr),
		);
	});
	return seedOf(base, said);
}

/** The same for updates that are certified together. */
export function seedOfUpdates(
	base: string,
	assignments: readonly Assignment[],
): string {
	const said = assignments.map(({ target, value }) =>
		equation(target, "equal", value),
	);
	return seedOf(base, said);
}

function equation(left: Expr, relation: string, right: Expr): string {
	const [l, r] = [left, right].map(plainText);
	return `${l} ${relation} ${r}`;
}

const printed = new WeakMap<Expr, string>();

/** A tree as text, whatever the binders are called that reading has renamed. */
function plainText(e: Expr): string {
	const known = printed.get(e) ?? toText(e).replace(/#[\w.]+/g, "#");
	printed.set(e, known);
	return known;
}

function seedOf(base: string, said: readonly string[]): string {
	return `${base}/${said.join("; ")}`;
}
