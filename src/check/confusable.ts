import type { Expr } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import type { Claim, Decision } from "./claim.js";
import { spoken } from "./greek.js";

/**
 * Variables of unnamed densities that are read as two and may be meant as one or as parts of each other: W is drawn and w
 * is its value, θ is the vector of the θ_i. A step that fails with two need not fail so, and is not called wrong.
 * @returns the refutation, or in its place the question
 */
export function orConfusable(claim: Claim, decision: Decision): Decision {
	if (decision.verdict !== "refuted") return decision;
	const names = [
		...new Set([...unnamedIn(claim.left), ...unnamedIn(claim.right)]),
	].sort();
	const question = sameButForCase(names) ?? wholeAndPart(names);
	if (!question) return decision;
	return {
		verdict: "unread",
		reason: question,
		rules: [],
		failure: null,
		note: null,
	};
}

function sameButForCase(names: readonly string[]): string | null {
	const same = (a: string, b: string) =>
		a !== b && a.toLowerCase() === b.toLowerCase();
	const large = names.find((name) => names.some((other) => same(name, other)));
	const small = names.findLast((name) => large && same(name, large));
	return large && small
		? `are ${spoken(small)} and ${spoken(large)} one variable or two?; expected one spelling for one variable`
		: null;
}

function wholeAndPart(names: readonly string[]): string | null {
	const isPart = (name: string, whole: string) =>
		name.startsWith(`${whole}_`) &&
		/^[a-z0-9]$/.test(name.slice(whole.length + 1));
	const whole = names.find((name) =>
		names.some((other) => isPart(other, name)),
	);
	const part = names.find((name) => whole && isPart(name, whole));
	return whole && part
		? `is ${spoken(part)} a part of ${spoken(whole)}?; expected a model that says so, or other names`
		: null;
}

function unnamedIn(tree: Expr): readonly string[] {
	const names: string[] = [];
	visit(tree, (e) => {
		if (e.kind === "table")
			names.push(...[...e.of, ...e.given].map((s) => s.name));
	});
	return names;
}
