import Fraction from "fraction.js";
import type { Dim } from "../expr/tree.js";
import { deltaAtom, opaqueAtom } from "./atoms.js";
import { areApart, type Environment, NoNormalForm } from "./environment.js";
import type { Factor, Form, Term } from "./form.js";
import type { Ix } from "./ix.js";
import { mentions } from "./mentions.js";
import type { Instance } from "./moment.js";
import { momentsOf } from "./moments.js";
import { nestedForms } from "./nestedForms.js";
import {
	atomForm,
	minus,
	nought,
	open,
	plus,
	product,
	scale,
	sumOver,
	times,
} from "./ring.js";

/** A random variable that an expectation binds, ready for use on forms. */
export interface RandomVariable {
	readonly name: string;
	readonly distribution: string;
	/** Identifies the distribution with its parameters; null where these depend on indices from outside. */
	readonly law: string | null;
	readonly plates: number;
	/** Length of one variable, 1 for a number. */
	readonly extent: Dim;
	/** Bound at these plate subscripts alone, or everywhere but there. */
	readonly only: readonly Ix[] | null;
	readonly except: readonly Ix[] | null;
	parameter(plates: readonly Ix[], name: string, row: Ix, column: Ix): Form;
}

/** E[form] over independent variables, the last bound first, by linearity, independence and known moments. */
export function expect(
	env: Environment,
	form: Form,
	over: readonly RandomVariable[],
): Form {
	return [...over]
		.reverse()
		.reduce((acc, variable) => expectOver(env, acc, variable), form);
}

function expectOver(
	env: Environment,
	form: Form,
	variable: RandomVariable,
): Form {
	const parts: Form[] = [];
	for (const term of form.terms.values()) {
		if (!term.factors.some((f) => mentions(f, variable.name))) {
			parts.push(asForm(env, term));
			continue;
		}
		const opened = open(env, term);
		let value = expectProduct(env, variable, opened.factors, []);
		for (const b of opened.bound) value = sumOver(env, value, b.name, b.range);
		parts.push(scale(value, opened.coefficient));
	}
	env.rules.add("linearity of the expectation");
	return plus(...parts);
}

function asForm(env: Environment, term: Term): Form {
	return product(env, term.coefficient, term.factors, term.bound);
}

/** Two plate positions known to differ in the case at hand. */
type Apart = readonly string[];

const apartKey = (a: readonly Ix[], b: readonly Ix[]) =>
	[a.join(), b.join()].sort().join(" ≠ ");

/**
 * E of a product. Where two positions may or may not coincide, E = E[apart] + δ (E[together] − E[apart]): trap 5.
 */
function expectProduct(
	env: Environment,
	variable: RandomVariable,
	factors: readonly Factor[],
	apart: Apart,
): Form {
	const positions = platePositions(factors, variable);
	if (positions === null) return opaque(env, variable, factors);
	const special = variable.only ?? variable.except;
	const pair = undecidedPair(
		env,
		special ? [...positions, special] : positions,
		apart,
	);
	if (!pair) return settled(env, variable, factors, positions, apart);
	const [a, b] = pair;
	const separate = expectProduct(env, variable, factors, [
		...apart,
		apartKey(a, b),
	]);
	const together = expectWhereEqual(env, variable, factors, a, b, apart);
	const delta = a.reduce(
		(acc, v, i) => times(env, acc, atomForm(env, deltaAtom(v, b[i] as Ix))),
		product(env, new Fraction(1), [], []),
	);
	return plus(separate, times(env, delta, minus(together, separate)));
}

function expectWhereEqual(
	env: Environment,
	variable: RandomVariable,
	factors: readonly Factor[],
	a: readonly Ix[],
	b: readonly Ix[],
	apart: Apart,
): Form {
	const deltas = a.map((v, i) => ({
		atom: deltaAtom(v, b[i] as Ix),
		exponent: new Fraction(1),
	}));
	const joined = product(env, new Fraction(1), [...deltas, ...factors], []);
	const parts = [...joined.terms.values()].map((term) => {
		const opened = open(env, term);
		const moved = renamedVariable(variable, a, b, opened.factors);
		const still = (platePositions(opened.factors, moved) ?? []).map((at) =>
			at.join(),
		);
		const unmoved = still.includes(a.join()) && still.includes(b.join());
		let value = unmoved
			? opaque(env, moved, opened.factors)
			: expectProduct(env, moved, opened.factors, apart);
		for (const x of opened.bound) value = sumOver(env, value, x.name, x.range);
		return scale(value, opened.coefficient);
	});
	return plus(...parts);
}

/**
 * After δ_ab has renamed one of the two positions, the special position of the binder must carry the name that the
 * factors now use.
 */
function renamedVariable(
	variable: RandomVariable,
	a: readonly Ix[],
	b: readonly Ix[],
	factors: readonly Factor[],
): RandomVariable {
	const positions = platePositions(factors, variable) ?? [];
	const move = (special: readonly Ix[] | null) => {
		if (!special) return null;
		const key = special.join();
		const partner = key === a.join() ? b : key === b.join() ? a : null;
		if (!partner || positions.some((p) => p.join() === key)) return special;
		return positions.some((p) => p.join() === partner.join())
			? partner
			: special;
	};
	return {
		...variable,
		only: move(variable.only),
		except: move(variable.except),
	};
}

/** Distinct plate positions at which the variable occurs; null if one is bound deeper inside a function. */
function platePositions(
	factors: readonly Factor[],
	variable: RandomVariable,
): (readonly Ix[])[] | null {
	const found = new Map<string, readonly Ix[]>();
	let hidden = false;
	const look = (f: Factor) => {
		const { atom } = f;
		if (
			(atom.kind === "symbol" || atom.kind === "hot") &&
			atom.name === variable.name
		) {
			const at = atom.ix.slice(0, variable.plates);
			if (at.some((v) => /^[$%]/.test(v))) hidden = true;
			found.set(at.join(), at);
		}
		if (atom.kind === "opaque" && atom.binds.includes(variable.name)) return;
		for (const form of nestedForms(atom))
			for (const t of form.terms.values()) t.factors.forEach(look);
	};
	factors.forEach(look);
	return hidden ? null : [...found.values()];
}

function undecidedPair(
	env: Environment,
	positions: readonly (readonly Ix[])[],
	apart: Apart,
): readonly [readonly Ix[], readonly Ix[]] | null {
	for (let i = 0; i < positions.length; i++)
		for (let j = i + 1; j < positions.length; j++) {
			const [a, b] = [
				positions[i] as readonly Ix[],
				positions[j] as readonly Ix[],
			];
			const same = a.join() === b.join();
			const different = a.some((v, n) => areApart(env, v, b[n] as Ix));
			if (!same && !different && !apart.includes(apartKey(a, b))) return [a, b];
		}
	return null;
}

/** All positions are pairwise equal or different: the expectation factorises over them. */
function settled(
	env: Environment,
	variable: RandomVariable,
	factors: readonly Factor[],
	positions: readonly (readonly Ix[])[],
	apart: Apart,
): Form {
	const random = positions.filter((at) => isBoundAt(env, variable, at, apart));
	const keys = new Set(random.map((at) => at.join()));
	const fixed = factors.filter((f) =>
		positionsOf(f, variable).every((at) => !keys.has(at)),
	);
	const moving = factors.filter((f) => !fixed.includes(f));
	if (moving.some((f) => positionsOf(f, variable).length > 1))
		return opaque(env, variable, factors);
	const parts = random.map((at) => {
		const own = moving.filter((f) => positionsOf(f, variable)[0] === at.join());
		return momentAt(env, variable, at, own);
	});
	const rest = product(env, new Fraction(1), fixed, []);
	return parts.reduce((acc, part) => times(env, acc, part), rest);
}

function positionsOf(f: Factor, variable: RandomVariable): string[] {
	return (platePositions([f], variable) ?? []).map((at) => at.join());
}

function isBoundAt(
	env: Environment,
	variable: RandomVariable,
	at: readonly Ix[],
	apart: Apart,
): boolean {
	const special = variable.only ?? variable.except;
	if (!special) return true;
	const same = special.join() === at.join();
	const different =
		apart.includes(apartKey(special, at)) ||
		special.some((v, i) => areApart(env, v, at[i] as Ix));
	return variable.only ? same : !same && (different || special.length > 0);
}

function momentAt(
	env: Environment,
	variable: RandomVariable,
	at: readonly Ix[],
	factors: readonly Factor[],
): Form {
	const instance: Instance = {
		variable: variable.name,
		plates: variable.plates,
		extent: variable.extent,
		parameter: (name, row = "1", column = "1") =>
			variable.parameter(at, name, row, column),
	};
	const value = momentsOf
		.get(variable.distribution)
		?.moment(env, instance, factors);
	return value ?? opaque(env, variable, factors);
}

/** An expectation that no rule opens: equal integrands are still equal. */
function opaque(
	env: Environment,
	variable: RandomVariable,
	factors: readonly Factor[],
): Form {
	const argument = product(env, new Fraction(1), factors, []);
	if (argument.terms.size === 0) return nought;
	const isPartial =
		variable.plates > 0 && (variable.only !== null || variable.except !== null);
	if (isPartial || variable.law === null)
		throw new NoNormalForm(
			`no closed form is known for an expectation over ${variable.name}`,
		);
	return atomForm(
		env,
		opaqueAtom(`E ${variable.law}`, argument, [variable.name], false),
	);
}
