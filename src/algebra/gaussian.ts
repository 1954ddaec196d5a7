import Fraction from "fraction.js";
import type { Dim, Shape } from "../expr/tree.js";
import { constantAtom, sizeAtom } from "./atoms.js";
import { differentiate } from "./derivative.js";
import { type Environment, freshIndex } from "./environment.js";
import { columnSlot, type Form, rowSlot, type Term } from "./form.js";
import type { Ix } from "./ix.js";
import { mentions } from "./mentions.js";
import {
	atomForm,
	nought,
	plus,
	product,
	rational,
	scale,
	substitute,
	sumOver,
	times,
	timesAll,
} from "./ring.js";
import { isPositive } from "./signs.js";
import { transform } from "./transform.js";

/** A number or column that is integrated over: its name, its plate subscripts and its shape. */
export interface Integrand {
	readonly name: string;
	readonly plate: readonly Ix[];
	readonly shape: Shape;
}

/** ∫ exp(q(x)) dx for a quadratic q, and the entries of the mean and covariance of the Normal that exp(q) is a multiple of. */
export interface GaussianKernel {
	readonly integral: Form;
	mean(d: Ix): Form;
	covariance(d: Ix, e: Ix): Form;
}

/**
 * ∫ exp(−½ xᵀ A x + bᵀ x + c) dx = (2π)^{D/2} |A|^{−1/2} exp(½ bᵀ A⁻¹ b + c) for A positive definite. Bishop (2006), section
 * 2.3 and exercise 1.7. Null if the exponent is not of that form.
 */
export function gaussianKernel(
	env: Environment,
	exponent: Form,
	x: Integrand,
): GaussianKernel | null {
	const size: Dim = x.shape[0] ?? 1;
	const at = (d: Ix) => ({
		name: x.name,
		ix: x.shape.length === 0 ? x.plate : [...x.plate, d],
	});
	const slope = (d: Ix) => differentiate(env, exponent, at(d));
	const [r, c] = [freshIndex(env, size), freshIndex(env, size)];
	const curvature = scale(differentiate(env, slope(r), at(c)), -1);
	const precision = substitute(
		env,
		curvature,
		new Map([
			[r, rowSlot],
			[c, columnSlot],
		]),
	);
	if (
		dependsOn(precision, x.name) ||
		!isPositiveMatrix(env, precision, x.shape)
	)
		return null;
	const linear = (d: Ix) => atZero(env, slope(d), x.name);
	const constant = atZero(env, exponent, x.name);
	const inverse = (r: Ix, c: Ix) =>
		x.shape.length === 0
			? env.functions.power(env, precision, new Fraction(-1))
			: env.functions.inverseEntry(env, precision, r, c, size);
	const square = quadraticForm(env, linear, inverse, x.shape);
	const order =
		typeof size === "number" ? rational(size) : atomForm(env, sizeAtom(size));
	const twoPi = scale(atomForm(env, constantAtom("pi")), 2);
	const determinant =
		x.shape.length === 0
			? precision
			: env.functions.determinant(env, precision, size, true);
	const integral = timesAll(env, [
		env.functions.symbolicPower(env, twoPi, scale(order, new Fraction(1, 2))),
		env.functions.power(env, determinant, new Fraction(-1, 2)),
		env.functions.apply(
			env,
			"exp",
			plus(scale(square, new Fraction(1, 2)), constant),
		),
	]);
	const mean = (d: Ix): Form => {
		if (x.shape.length === 0) return times(env, inverse("1", "1"), linear("1"));
		const e = freshIndex(env, size);
		return sumOver(env, times(env, inverse(d, e), linear(e)), e, size);
	};
	return { integral, mean, covariance: inverse };
}

function quadraticForm(
	env: Environment,
	linear: (d: Ix) => Form,
	inverse: (r: Ix, c: Ix) => Form,
	shape: Shape,
): Form {
	const size = shape[0];
	if (size === undefined)
		return timesAll(env, [linear("1"), inverse("1", "1"), linear("1")]);
	const d = freshIndex(env, size);
	const e = freshIndex(env, size);
	const product = timesAll(env, [linear(d), inverse(d, e), linear(e)]);
	return sumOver(env, sumOver(env, product, d, size), e, size);
}

function dependsOn(form: Form, name: string): boolean {
	return [...form.terms.values()].some((t) =>
		t.factors.some((f) => mentions(f, name)),
	);
}

function atZero(env: Environment, form: Form, name: string): Form {
	return transform(env, form, ({ atom, exponent }) =>
		atom.kind === "symbol" && atom.name === name && exponent.s > 0n
			? nought
			: null,
	);
}

/** A positive number; or a sum of positive multiples of the identity and of positive definite symbols. */
function isPositiveMatrix(
	env: Environment,
	matrix: Form,
	shape: Shape,
): boolean {
	if (shape.length === 0) return isPositive(env, matrix);
	if (matrix.terms.size === 0) return false;
	return [...matrix.terms.values()].every((term) => {
		const slots = term.factors.filter(
			(f) => f.atom.variables.has(rowSlot) || f.atom.variables.has(columnSlot),
		);
		const [only] = slots;
		if (slots.length !== 1 || !only || !only.exponent.equals(1)) return false;
		const rest = product(
			env,
			term.coefficient,
			term.factors.filter((f) => f !== only),
			term.bound,
		);
		return (
			isPositive(env, rest) &&
			isPositiveAtom(
				env,
				only.atom.kind === "delta" ? "delta" : nameOf(only.atom),
			)
		);
	});
}

function nameOf(atom: Term["factors"][number]["atom"]): string {
	return atom.kind === "symbol" ? atom.name : "";
}

function isPositiveAtom(env: Environment, name: string): boolean {
	return name === "delta" || env.context.symbols.get(name)?.type === "posdef";
}
