import Fraction from "fraction.js";
import { functionAtom } from "./atoms.js";
import { type Environment, NoNormalForm } from "./environment.js";
import type { Atom, Factor, Form, Term } from "./form.js";
import { gaussianKernel, type Integrand } from "./gaussian.js";
import type { Ix } from "./ix.js";
import { mentions } from "./mentions.js";
import { momentsOf } from "./moments.js";
import { isComplement, isVariable, logarithmOf } from "./powers.js";
import {
	atomForm,
	nought,
	open,
	plus,
	product,
	rational,
	scale,
	soleAtom,
	sumOver,
	times,
	timesAll,
	unit,
} from "./ring.js";
import { isPositive } from "./signs.js";

/** What is integrated over, and where: all real numbers or columns, the positive numbers, or those between 0 and 1. */
export interface Domain extends Integrand {
	readonly range: "real" | "positive" | "unit";
}

/** A law of which a kernel is a multiple: ∫ kernel dx, and parameters by name. */
interface Law {
	readonly distribution: "Normal" | "Gamma" | "Beta";
	readonly integral: Form;
	parameter(name: string, row?: Ix, column?: Ix): Form;
}

/**
 * ∫ of a kernel of a Normal, Gamma or Beta density times powers and logarithms, term by term: the integral of the kernel
 * times an expectation. Bishop (2006), appendix B; DLMF 5.2.1, 5.12.1. Null where a term is not of that form.
 */
export function kernelIntegral(
	env: Environment,
	body: Form,
	x: Domain,
): Form | null {
	const parts: Form[] = [];
	for (const term of body.terms.values()) {
		const part = integrateTerm(env, term, x);
		if (!part) return null;
		parts.push(part);
	}
	return plus(...parts);
}

function integrateTerm(env: Environment, term: Term, x: Domain): Form | null {
	const opened = open(env, term);
	const moving = opened.factors.filter((f) => mentions(f, x.name));
	const { exponent, rest } = split(env, moving, x);
	const law = lawOf(env, exponent, rest.powers, x);
	const moment = law && momentOf(env, law, rest.others, x);
	if (!moment) return null;
	const fixed = opened.factors.filter((f) => !moving.includes(f));
	const constant = product(env, opened.coefficient, fixed, []);
	const whole = timesAll(env, [constant, law.integral, moment]);
	return opened.bound.reduce(
		(sum, b) => sumOver(env, sum, b.name, b.range),
		whole,
	);
}

type PowerAtom = Extract<Atom, { kind: "power" }>;

interface Rest {
	/** Powers of x and of 1 − x, which belong to the kernel on part of the line. */
	readonly powers: readonly Factor[];
	readonly others: readonly Factor[];
}

/** The factors as exp(exponent) times the rest. */
function split(
	env: Environment,
	moving: readonly Factor[],
	x: Domain,
): { exponent: Form; rest: Rest } {
	const exponents: Form[] = [];
	const powers: Factor[] = [];
	const others: Factor[] = [];
	for (const f of moving) {
		const { atom, exponent } = f;
		if (atom.kind === "function" && atom.name === "exp")
			exponents.push(scale(atom.argument, exponent));
		else if (x.range !== "real" && isPower(f, x.name)) powers.push(f);
		else if (x.range !== "real" && isSymbolicPower(atom, x.name))
			exponents.push(scale(logarithmOfPower(env, atom), exponent));
		else others.push(f);
	}
	return { exponent: plus(...exponents), rest: { powers, others } };
}

function isPower({ atom }: Factor, name: string): boolean {
	return (
		isVariable(atom, name) ||
		(atom.kind === "poly" && isComplement(atom.form, name))
	);
}

/** x or 1 − x to a power that is no number; where the variable lives, it is exp(power · log). */
function isSymbolicPower(atom: Atom, name: string): atom is PowerAtom {
	if (atom.kind !== "power") return false;
	const inner = soleAtom(atom.base);
	return (
		isComplement(atom.base, name) || (inner !== null && isVariable(inner, name))
	);
}

function logarithmOfPower(env: Environment, atom: PowerAtom): Form {
	const log = atomForm(env, functionAtom("log", atom.base));
	return times(env, atom.exponentForm, log);
}

function lawOf(
	env: Environment,
	exponent: Form,
	powers: readonly Factor[],
	x: Domain,
): Law | null {
	if (x.range === "real") return normalLaw(env, exponent, x);
	const parts = exponentsOf(env, exponent, powers, x);
	if (!parts) return null;
	return x.range === "positive" ? gammaLaw(env, parts) : betaLaw(env, parts);
}

function normalLaw(env: Environment, exponent: Form, x: Domain): Law | null {
	const kernel = gaussianKernel(env, exponent, x);
	if (!kernel) return null;
	env.rules.add("Gaussian integral");
	const { integral, mean, covariance } = kernel;
	const parameter = (name: string, row: Ix = "1", column: Ix = "1") =>
		name === "mean" ? mean(row) : covariance(row, column);
	return { distribution: "Normal", integral, parameter };
}

/** xᵖ (1 − x)^r exp(slope · x + constant). */
interface Exponents {
	readonly power: Form;
	readonly restPower: Form;
	readonly slope: Form;
	readonly constant: Form;
}

/** The kernel by its exponents, none of which mentions x; null if it is of another form. */
function exponentsOf(
	env: Environment,
	exponent: Form,
	powers: readonly Factor[],
	x: Domain,
): Exponents | null {
	const found = {
		power: [nought],
		restPower: [nought],
		slope: [nought],
		constant: [nought],
	};
	for (const f of powers)
		(isVariable(f.atom, x.name) ? found.power : found.restPower).push(
			rational(f.exponent),
		);
	for (const term of exponent.terms.values()) {
		const moving = term.factors.filter((f) => mentions(f, x.name));
		const fixed = term.factors.filter((f) => !moving.includes(f));
		const [only] = moving;
		const place = only ? placeOf(only, x.name) : "constant";
		if (moving.length > 1 || !place) return null;
		found[place].push(product(env, term.coefficient, fixed, term.bound));
	}
	return {
		power: plus(...found.power),
		restPower: plus(...found.restPower),
		slope: plus(...found.slope),
		constant: plus(...found.constant),
	};
}

/** Which exponent a factor of a summand is multiplied by: log x, log(1 − x) or x. */
function placeOf(
	{ atom, exponent }: Factor,
	name: string,
): keyof Exponents | null {
	if (!exponent.equals(1)) return null;
	if (isVariable(atom, name)) return "slope";
	const logged = logarithmOf(atom);
	if (!logged) return null;
	if (isComplement(logged, name)) return "restPower";
	const inner = soleAtom(logged);
	return inner && isVariable(inner, name) ? "power" : null;
}

/** ∫₀^∞ xᵖ e^{−bx} dx = Γ(p + 1) b^{−p−1}. */
function gammaLaw(
	env: Environment,
	{ power, restPower, slope, constant }: Exponents,
): Law | null {
	const shape = plus(power, unit);
	const rate = scale(slope, -1);
	if (restPower.terms.size > 0) return null;
	if (!isPositive(env, shape) || !isPositive(env, rate)) return null;
	env.rules.add("Euler's integral for Γ");
	const integral = timesAll(env, [
		env.functions.apply(env, "exp", constant),
		env.functions.apply(env, "gamma", shape),
		env.functions.symbolicPower(env, rate, scale(shape, -1)),
	]);
	return { distribution: "Gamma", integral, parameter: among({ shape, rate }) };
}

/** ∫₀¹ xᵖ (1 − x)^r dx = B(p + 1, r + 1). */
function betaLaw(
	env: Environment,
	{ power, restPower, slope, constant }: Exponents,
): Law | null {
	const [a, b] = [plus(power, unit), plus(restPower, unit)];
	if (slope.terms.size > 0) return null;
	if (!isPositive(env, a) || !isPositive(env, b)) return null;
	env.rules.add("Euler's integral for B");
	const gamma = (at: Form) => env.functions.apply(env, "gamma", at);
	const integral = timesAll(env, [
		env.functions.apply(env, "exp", constant),
		gamma(a),
		gamma(b),
		env.functions.power(env, gamma(plus(a, b)), new Fraction(-1)),
	]);
	return { distribution: "Beta", integral, parameter: among({ a, b }) };
}

function among(parameters: Readonly<Record<string, Form>>) {
	return (name: string): Form => {
		const found = parameters[name];
		if (!found) throw new NoNormalForm(`a law without ${name}`);
		return found;
	};
}

function momentOf(
	env: Environment,
	{ distribution, parameter }: Law,
	factors: readonly Factor[],
	x: Domain,
): Form | null {
	if (factors.length === 0) return unit;
	const instance = {
		variable: x.name,
		plates: x.plate.length,
		extent: x.shape[0] ?? 1,
		parameter,
	};
	return momentsOf.get(distribution)?.moment(env, instance, factors) ?? null;
}
