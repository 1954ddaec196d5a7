import Fraction from "fraction.js";
import {
	BudgetSpent,
	type Environment,
	freshIndex,
	NoNormalForm,
} from "../algebra/environment.js";
import type { Atom, Factor, Form, Term } from "../algebra/form.js";
import { environment, isFreeOf, isZero } from "../algebra/index.js";
import { entry, lower } from "../algebra/lower.js";
import { mentions } from "../algebra/mentions.js";
import {
	minus,
	plus,
	product,
	scale,
	sumOver,
	times,
	unit,
} from "../algebra/ring.js";
import { emptyScope, withIndex } from "../algebra/scope.js";
import { isPositive } from "../algebra/signs.js";
import type { Context, FreeOf } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr, Sym } from "../expr/tree.js";
import { followsForVector } from "./vectorRoot.js";

/** A stationarity condition in force: `expression = 0`, for one variable. */
export interface Condition {
	readonly expression: Expr;
	readonly by: Sym;
	readonly context: Context;
	readonly line: number;
	/** The line on which the display begins whose last side is the expression; by default the same. */
	readonly from?: number;
}

/** A conclusion about the variable of a condition: `θ = f`, `log θ = f + const`, `θ ∝ f`. */
export interface Conclusion {
	readonly left: Expr;
	readonly right: Expr;
	readonly relation: "equal" | "constant" | "proportional";
	readonly free: FreeOf | null;
}

/**
 * Whether the condition implies the conclusion and has no other root: the condition must be linear, with a coefficient
 * of known sign, in one power of θ or in log θ (a pivot); then the conclusion must be the same linear equation. A
 * constant or a factor may be left over where the conclusion is up to one, or is normalised by Σ_k θ_k = 1.
 */
export function follows(
	condition: Condition,
	conclusion: Conclusion,
	extremum: "any" | "maximum" = "any",
): boolean {
	if (extremum === "any" && followsForVector(condition, conclusion))
		return true;
	const env = environment(condition.context);
	const isWanted = (pivot: Pivot) =>
		extremum === "any" || isMaximum(env, pivot);
	try {
		const shape = shapeOf(conclusion.left);
		const row =
			shape[0] === undefined || shape[0] === 1
				? "1"
				: freshIndex(env, shape[0]);
		const given = entry(env, condition.expression, row, "1", emptyScope);
		return pivotsOf(env, given, condition.by).some(
			(pivot) =>
				isWanted(pivot) && impliedBy(env, pivot, conclusion, condition.by, row),
		);
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return false;
		throw error;
	}
}

/** A function of θ in which a form is linear: θ^e, or log θ. */
interface Pivot {
	readonly factor: Factor;
	readonly coefficient: Form;
	readonly rest: Form;
}

/** Pivots of the form, or of the form times a power of a positive θ, which has the same roots. */
function pivotsOf(env: Environment, form: Form, by: Sym): Pivot[] {
	const direct = pivotsAsGiven(env, form, by);
	if (direct.length > 0) return direct;
	const powers = [...form.terms.values()].flatMap((t) =>
		t.factors.filter((f) => mentions(f, by.name)),
	);
	const [first] = powers;
	if (
		!first ||
		powers.some((f) => f.atom.key !== first.atom.key) ||
		!isPositive(env, asAtom(env, first))
	)
		return [];
	return powers.flatMap(({ atom, exponent }) => {
		const shifted = product(
			env,
			new Fraction(1),
			[{ atom, exponent: exponent.neg() }],
			[],
		);
		return pivotsAsGiven(env, times(env, form, shifted), by);
	});
}

function asAtom(env: Environment, { atom }: Factor): Form {
	return product(
		env,
		new Fraction(1),
		[{ atom, exponent: new Fraction(1) }],
		[],
	);
}

/** Whether the derivative falls through its root: then the root is a maximum, and the only one. */
function isMaximum(env: Environment, { factor, coefficient }: Pivot): boolean {
	const rises = isLog(factor.atom) || factor.exponent.s > 0n;
	return isPositive(env, rises ? scale(coefficient, -1) : coefficient);
}

function pivotsAsGiven(env: Environment, form: Form, by: Sym): Pivot[] {
	const candidates = new Map<string, Factor>();
	for (const term of form.terms.values())
		for (const f of term.factors)
			if (mentions(f, by.name))
				candidates.set(`${f.atom.key}^${f.exponent.toFraction()}`, f);
	return [...candidates.values()].flatMap((factor) => {
		const split = splitAt(env, form, factor, by.name);
		return split ? [split] : [];
	});
}

/** The form as coefficient · pivot + rest, neither of which mentions the variable; null if it is not so. */
function splitAt(
	env: Environment,
	form: Form,
	factor: Factor,
	name: string,
): Pivot | null {
	const coefficient: Form[] = [];
	const rest: Form[] = [];
	for (const term of form.terms.values()) {
		const moving = term.factors.filter((f) => mentions(f, name));
		if (moving.length === 0) rest.push(asForm(env, term));
		else if (moving.length === 1 && isSame(moving[0] as Factor, factor))
			coefficient.push(
				product(
					env,
					term.coefficient,
					term.factors.filter((f) => f !== moving[0]),
					term.bound,
				),
			);
		else return null;
	}
	return { factor, coefficient: plus(...coefficient), rest: plus(...rest) };
}

function asForm(env: Environment, term: Term): Form {
	return product(env, term.coefficient, term.factors, term.bound);
}

function isSame(a: Factor, b: Factor): boolean {
	return a.atom.key === b.atom.key && a.exponent.equals(b.exponent);
}

function impliedBy(
	env: Environment,
	pivot: Pivot,
	c: Conclusion,
	by: Sym,
	row: string,
): boolean {
	if (!hasKnownSign(env, pivot.coefficient)) return false;
	const claimed = claimedPivot(
		env,
		pivot.factor.atom,
		pivot.factor.exponent,
		c,
		row,
	);
	if (!claimed) return false;
	// claimed: the pivot's value by the conclusion; the condition gives it as −rest / coefficient.
	const difference = plus(times(env, pivot.coefficient, claimed), pivot.rest);
	if (c.relation === "equal" && isZero(env, difference)) return true;
	const last = by.indices.at(-1);
	const isSimplex = env.context.symbols.get(by.name)?.type === "simplex";
	if (!isSimplex || last?.kind !== "index" || !isLog(pivot.factor.atom))
		return false;
	const free: FreeOf = { kind: "index", name: last.name };
	if (
		(c.free !== null && !isSameIndex(c.free, free)) ||
		!isFreeOf(env, pivot.coefficient, free) ||
		!isFreeOf(env, difference, free)
	)
		return false;
	return c.relation !== "equal" || isNormalised(env, c.right, last.name);
}

function isSameIndex(a: FreeOf, b: FreeOf): boolean {
	return a.kind === "index" && b.kind === "index" && a.name === b.name;
}

function hasKnownSign(env: Environment, form: Form): boolean {
	return isPositive(env, form) || isPositive(env, scale(form, -1));
}

/** No value of a positive variable, so that a condition with this root alone has none. */
function isNeverPositive(env: Environment, form: Form): boolean {
	return form.terms.size === 0 || isPositive(env, scale(form, -1));
}

function isLog(atom: Atom): boolean {
	return atom.kind === "function" && atom.name === "log";
}

/** The pivot's value according to the conclusion θ^a = f: θ^e = f^{e/a}, or log θ = (log f)/a. */
function claimedPivot(
	env: Environment,
	atom: Atom,
	exponent: Fraction,
	c: Conclusion,
	row: string,
): Form | null {
	const left = entry(env, c.left, row, "1", emptyScope);
	const right = entry(env, c.right, row, "1", emptyScope);
	const only = left.terms.size === 1 ? [...left.terms.values()][0] : undefined;
	const own = only?.factors[0];
	if (
		!only ||
		!own ||
		only.factors.length !== 1 ||
		only.bound.length > 0 ||
		!only.coefficient.equals(1)
	)
		return null;
	if (isPositive(env, left) && isNeverPositive(env, right)) return null;
	if (own.atom.key === atom.key) {
		const power = exponent.div(own.exponent);
		return isInjective(env, own, power) &&
			(power.equals(1) || isOdd(power) || isPositive(env, right))
			? env.functions.power(env, right, power)
			: null;
	}
	const logOf =
		atom.kind === "function" && atom.name === "log"
			? soleAtom(atom.argument)
			: null;
	if (
		logOf?.key === own.atom.key &&
		exponent.equals(1) &&
		isPositive(env, right)
	)
		return scale(
			env.functions.apply(env, "log", right),
			own.exponent.inverse(),
		);
	return null;
}

/** Whether t ↦ t^power is one to one where θ^a lives: on positive numbers, or for an odd power. */
function isInjective(env: Environment, own: Factor, power: Fraction): boolean {
	return isOdd(power) || isPositive(env, asAtom(env, own));
}

function isOdd(power: Fraction): boolean {
	return power.d === 1n && power.n % 2n === 1n;
}

function soleAtom(form: Form): Atom | null {
	const only = form.terms.size === 1 ? [...form.terms.values()][0] : undefined;
	return only?.factors.length === 1 && only.coefficient.equals(1)
		? (only.factors[0]?.atom ?? null)
		: null;
}

/** Σ_k f_k = 1. */
function isNormalised(env: Environment, f: Expr, k: string): boolean {
	const range = env.context.ranges.get(k);
	if (range === undefined) return false;
	const n = freshIndex(env, range);
	const total = sumOver(
		env,
		lower(env, f, withIndex(emptyScope, k, n)),
		n,
		range,
	);
	return isZero(env, minus(total, unit));
}
