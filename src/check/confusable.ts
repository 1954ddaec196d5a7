import type { CompareStep } from "../elaborate/chain.js";
import { isEquals } from "../elaborate/comparison.js";
import { visitSurface } from "../elaborate/surfaceWalk.js";
import type { Expr } from "../expr/tree.js";
import {
	isValueName,
	valueInName,
	variableOfValue,
} from "../expr/valueName.js";
import { children, visit } from "../expr/walk.js";
import type { Surface } from "../latex/surface.js";
import type { Claim, Decision } from "./claim.js";
import { spoken } from "./greek.js";

/**
 * Variables of unnamed densities that are read as two and may be meant as one or as parts of each other: W is drawn and w
 * is its value, θ is the vector of the θ_i. A step that fails with two need not fail so, and is not called wrong.
 * @returns the refutation, or in its place the question
 */
export function orConfusable(
	step: CompareStep,
	claim: Claim,
	decision: Decision,
): Decision {
	if (decision.verdict !== "refuted") return decision;
	const names = [
		...new Set([...unnamedIn(claim.left), ...unnamedIn(claim.right)]),
	].sort();
	const question =
		sameButForCase(names) ??
		wholeAndPart(names) ??
		valueLeftOut(step) ??
		variableAndValue(names, claim);
	if (!question) return decision;
	return {
		verdict: "unread",
		reason: question,
		rules: [],
		failure: null,
		note: null,
	};
}

/** `q^*(c_i = k) = E[log p(x, c)]`: whether the label has the value k on the right as well, where it is mentioned. */
function valueLeftOut({ left, right }: CompareStep): string | null {
	const label = labelWithValue(left.surface);
	const isMentioned =
		label !== null &&
		labelWithValue(right.surface) === null &&
		standsFree(right.expr, label);
	return isMentioned
		? `what is ${spoken(label)} on the right?; expected its value there, too`
		: null;
}

/** Whether a symbol stands somewhere and no sum or integral around it is over its values. */
function standsFree(e: Expr, name: string): boolean {
	if (e.kind === "integral" && e.variable === name) return false;
	if (e.kind === "symbol" && e.name === name) return true;
	return children(e).some((child) => standsFree(child, name));
}

/** `p(x)` beside `p(x = D)`: whether the one x is the other. */
function variableAndValue(
	names: readonly string[],
	{ left, right }: Claim,
): string | null {
	const isBeside = (variable: string) =>
		[left, right].some((side) => standsFree(side, variable));
	const found = names.find(
		(name) => isValueName(name) && isBeside(variableOfValue(name)),
	);
	return found === undefined
		? null
		: `is ${spoken(variableOfValue(found))} without a value ${valueInName(found)}, too?; expected its value in each density`;
}

/** The name of the variable in `c_i = k` among the arguments of a density. */
function labelWithValue(side: Surface): string | null {
	let found: string | null = null;
	visitSurface(side, (s) => {
		if (s.kind !== "call") return;
		for (const a of s.arguments)
			if (a.kind === "relation" && isEquals(a) && a.left.kind === "name")
				found ??= a.left.name;
	});
	return found;
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
