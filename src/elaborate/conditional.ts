import { div, mul } from "../expr/build.js";
import type { Expr, Factor } from "../expr/tree.js";
import { freeIndices, some } from "../expr/walk.js";
import { Problem, type Span } from "../problem.js";
import { descendants, factorOf, parents } from "./dependence.js";
import { all, beginsWith, covers, type Instance } from "./instance.js";
import { densityOf, integrate, withValues } from "./joint.js";

/**
 * The density of some variables given others, under a product of factors, spelled out. Conditions that come before the
 * variables are simply put in; what is not mentioned is integrated out; conditions that depend on the variables (a
 * posterior) give the joint over its integral.
 *
 * With A the variables, B the conditions, B_d the part of B that depends on A or on what must be integrated out, and
 * B_n the rest: p(A | B) = p(A, B_d | B_n) / p(B_d | B_n), each a product of factors integrated over the missing ancestors.
 */
export function conditional(
	factors: readonly Factor[],
	of: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): Expr {
	const { joint, evidence } = conditionalParts(factors, of, given, span);
	return evidence ? div(joint, evidence) : joint;
}

/** The same as a joint density over the evidence, which the variables do not stand in; null where that is 1. */
export function conditionalParts(
	factors: readonly Factor[],
	of: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): { readonly joint: Expr; readonly evidence: Expr | null } {
	const split = splitConditions(factors, of, given, span);
	const numerator = marginal(
		factors,
		[...of, ...split.dependent],
		split.before,
		span,
	);
	const joint = withValues(numerator, factors, [...of, ...given]);
	checkValues(joint, [...of, ...given], span);
	if (split.dependent.length === 0) return { joint, evidence: null };
	const evidence = marginal(factors, split.dependent, split.before, span);
	return { joint, evidence: withValues(evidence, factors, given) };
}

interface Conditions {
	readonly dependent: readonly Instance[];
	readonly before: readonly Instance[];
}

function splitConditions(
	factors: readonly Factor[],
	of: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): Conditions {
	let dependent: readonly Instance[] = [];
	for (;;) {
		const before = given.filter((g) => !dependent.includes(g));
		const joint = [...of, ...dependent];
		const missing = ancestors(factors, joint, before, span);
		const below = descendants(
			factors,
			new Set([...joint, ...missing].map((x) => x.variable)),
		);
		const moved = before.filter((b) => below.has(b.variable));
		if (moved.length === 0) return { dependent, before };
		dependent = [...dependent, ...moved];
	}
}

/** Whether p(of | given) needs neither an integral nor a quotient, so that its factors can be sampled in turn. */
export function isForward(
	factors: readonly Factor[],
	of: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): boolean {
	const split = splitConditions(factors, of, given, span);
	return (
		split.dependent.length === 0 &&
		ancestors(factors, of, given, span).length === 0
	);
}

/** The product of the factors of `joint` and of its missing ancestors, integrated over the latter. */
function marginal(
	factors: readonly Factor[],
	joint: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): Expr {
	const missing = ancestors(factors, joint, given, span);
	for (const x of missing) refuseRow(factors, x, span);
	const ordered = [...missing, ...joint].sort(
		(a, b) => position(factors, a) - position(factors, b),
	);
	const body = mul(
		...ordered.map((x) => densityOf(factorOf(factors, x.variable), x)),
	);
	return missing.reduceRight<Expr>(
		(tree, x) => integrate(factorOf(factors, x.variable), x, tree),
		body,
	);
}

/** @throws Problem for an integral over a row of variables, or over all but a row */
function refuseRow(
	factors: readonly Factor[],
	{ variable, at, except }: Instance,
	span: Span,
): void {
	const { plates } = factorOf(factors, variable);
	const isWhole = (x: readonly Expr[] | null) =>
		x === null || x.length === plates.length;
	if (!isWhole(at) || !isWhole(except))
		throw new Problem(
			`this density would integrate over some of \`${variable}\``,
			span,
			"a density that mentions one or all of them",
		);
}

function position(factors: readonly Factor[], x: Instance): number {
	return factors.findIndex((f) => f.variable === x.variable);
}

/** What the densities of `joint` mention and neither `joint` nor `given` covers, in the order of the factors. */
function ancestors(
	factors: readonly Factor[],
	joint: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): readonly Instance[] {
	let missing: Instance[] = [];
	const queue = [...joint];
	for (let x = queue.shift(); x; x = queue.shift()) {
		for (const parent of parents(factors, x, [...joint, ...given])) {
			const known = [...joint, ...given, ...missing];
			if (coveredTogether(known, parent)) continue;
			if (parent.variable === x.variable)
				throw new Problem(
					`the law of one state of \`${x.variable}\` without the one before it`,
					span,
					`p(${x.variable}_t \\mid ${x.variable}_{t-1}), or the density of all states`,
				);
			const added = remainder(known, parent, span);
			if (!added.at)
				missing = missing.filter((m) => m.variable !== added.variable);
			missing.push(added);
			queue.push(added);
		}
	}
	return missing.sort((a, b) => position(factors, a) - position(factors, b));
}

/** Covered by one instance, or by one and all the others. */
function coveredTogether(
	known: readonly Instance[],
	wanted: Instance,
): boolean {
	if (covers(known, wanted)) return true;
	const others = known.find((k) => k.variable === wanted.variable && k.except);
	return (
		others?.except != null &&
		covers(known, { ...all(wanted.variable), at: others.except })
	);
}

/** All of a variable but what is known of it already. */
function remainder(
	known: readonly Instance[],
	wanted: Instance,
	span: Span,
): Instance {
	const same = known.filter((k) => k.variable === wanted.variable);
	const [one, ...more] = same;
	const isWithin =
		wanted.at && one?.at && beginsWith(one.at, wanted.at) && one !== wanted;
	if (!one || (wanted.at && one.at && !isWithin)) return wanted;
	if (more.length === 0 && one.at && !isWithin)
		return { ...all(wanted.variable), except: one.at };
	if (more.length === 0 && one.except)
		return { ...all(wanted.variable), at: one.except };
	throw new Problem(
		`this density would integrate over all of \`${wanted.variable}\` but several`,
		span,
		"a density that mentions one or all of them",
	);
}

/** A value that was put in for one instance must not leave a product over all instances behind. */
function checkValues(
	tree: Expr,
	instances: readonly Instance[],
	span: Span,
): void {
	const valued = new Set(
		instances.filter((x) => x.value).map((x) => x.variable),
	);
	const outside = freeIndices(tree);
	const isBound = (e: Expr) =>
		[...freeIndices(e)].some((name) => !outside.has(name));
	const left = (n: Expr) =>
		n.kind === "symbol" && valued.has(n.name) && n.indices.some(isBound);
	if (some(tree, left))
		throw new Problem(
			"the value of one variable among all of them cannot be put in",
			span,
			"a density of one index",
		);
}
