import type { Expr } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import type { Claim, Decision } from "./claim.js";

/**
 * Variables of unnamed densities that differ in case alone, as where W is drawn and w is its value. They are read as two;
 * a step that fails so may hold of one, so that it is not called wrong.
 * @returns the refutation, or in its place the question
 */
export function orConfusable(claim: Claim, decision: Decision): Decision {
	const pair = decision.verdict === "refuted" ? confused(claim) : null;
	if (!pair) return decision;
	const [small, large] = pair;
	return {
		verdict: "unread",
		reason: `are ${small} and ${large} one variable or two?; expected one spelling for one variable`,
		rules: [],
		failure: null,
		note: null,
	};
}

function confused({ left, right }: Claim): readonly [string, string] | null {
	const names = [...new Set([...unnamedIn(left), ...unnamedIn(right)])].sort();
	for (const large of names) {
		const small = names.find(
			(name) => name !== large && name.toLowerCase() === large.toLowerCase(),
		);
		if (small) return [small, large];
	}
	return null;
}

function unnamedIn(tree: Expr): readonly string[] {
	const names: string[] = [];
	visit(tree, (e) => {
		if (e.kind === "table")
			names.push(...[...e.of, ...e.given].map((s) => s.name));
	});
	return names;
}
