import { distributionNamed } from "../distributions/index.js";
import { add, index, log, mul, num, product, sum } from "../expr/build.js";
import type { Domain, Expr, Factor, Integral, Pdf, Sym } from "../expr/tree.js";
import {
	freshName,
	replaceSymbols,
	sameTree,
	substituteIndices,
} from "../expr/walk.js";
import { Problem } from "../problem.js";
import { lawAt, withoutSums } from "./dependence.js";
import { type Instance, symbolOf } from "./instance.js";

/** Densities of factors as trees: one factor at an instance, a product over plates, a sum of logs over plates. */

/** `x_{2-1}` is x_1, so that a value that is put in for x_1 finds it. */
function withPlainIndices(s: Sym): Sym {
	return { ...s, indices: s.indices.map(withoutSums) };
}

/** A factor's density at the given subscripts, of a chain that given the state before. */
export function densityAt(factor: Factor, at: readonly Expr[]): Pdf {
	const { distribution, parameters: written } = lawAt(factor, at);
	const replacement = new Map(
		factor.plates.map((plate, i) => [plate.index, at[i] as Expr]),
	);
	const parameters = Object.fromEntries(
		Object.entries(written).map(([name, tree]) => [
			name,
			replaceSymbols(substituteIndices(tree, replacement), withPlainIndices),
		]),
	);
	return {
		kind: "pdf",
		distribution,
		of: symbolOf(factor, at),
		parameters,
	};
}

/** The density of an instance: of all together or of a row, the product over the plates. */
export function densityOf(factor: Factor, instance: Instance): Expr {
	return overPlates(factor, instance, (at) => densityAt(factor, at), product);
}

/** The log density of an instance, with the logarithm inside the sum over the plates. */
export function logDensityOf(factor: Factor, instance: Instance): Expr {
	return overPlates(factor, instance, (at) => log(densityAt(factor, at)), sum);
}

/**
 * A big operation over the instances: one, a row, all or all but one. With several plates these are the instances that differ from it
 * in the first subscript, those that agree in the first and differ in the second, and so on.
 */
function overPlates(
	factor: Factor,
	{ at, except }: Pick<Instance, "at" | "except">,
	body: (at: readonly Expr[]) => Expr,
	big: typeof sum | typeof product,
): Expr {
	if (factor.first && at?.length !== factor.plates.length)
		return overStates(factor, factor.first.axis, { at, except }, body, big);
	const over = (fixed: readonly Expr[], leftOut: readonly Expr[]) =>
		overRest(factor, fixed, leftOut, body, big);
	if (!except || except.length === 0) return over(at ?? [], []);
	const parts = except.map((one, i) => over(except.slice(0, i), [one]));
	return big === product ? mul(...parts) : add(...parts);
}

/** A big operation over all states of a chain: the first apart, then those from the second on. */
function overStates(
	factor: Factor,
	axis: number,
	{ at, except }: Pick<Instance, "at" | "except">,
	body: (at: readonly Expr[]) => Expr,
	big: typeof sum | typeof product,
): Expr {
	if (except || (at?.length ?? 0) > 0)
		throw new Problem(
			`the density of some states of the chain \`${factor.variable}\``,
			null,
			"one state given the one before, or all of them",
		);
	const names = factor.plates.map((plate) => freshName(plate.index));
	const from = (state: Expr) =>
		body(names.map((name, i) => (i === axis ? state : index(name))));
	const over = (tree: Expr, i: number, lower: number) => {
		const whole = big(names[i] as string, factor.plates[i]?.size ?? 1, tree);
		return lower === 1 || !("lower" in whole)
			? whole
			: { ...whole, lower: num(lower) };
	};
	const first = from(num(1));
	const others = over(from(index(names[axis] as string)), axis, 2);
	const both = big === product ? mul(first, others) : add(first, others);
	return factor.plates.reduceRight<Expr>(
		(tree, _, i) => (i === axis ? tree : over(tree, i, 1)),
		both,
	);
}

/** A big operation over the plates behind those whose subscripts are fixed, the first of them with values left out. */
function overRest(
	factor: Factor,
	fixed: readonly Expr[],
	leftOut: readonly Expr[],
	body: (at: readonly Expr[]) => Expr,
	big: typeof sum | typeof product,
): Expr {
	const plates = factor.plates.slice(fixed.length);
	const names = plates.map((plate) => freshName(plate.index));
	return plates.reduceRight<Expr>(
		(tree, { size }, i) =>
			big(names[i] as string, size, tree, i === 0 ? leftOut : []),
		body([...fixed, ...names.map(index)]),
	);
}

/** Integral (for labels the sum) of a body over an instance of a factor's variable. */
export function integrate(
	factor: Factor,
	instance: Instance,
	body: Expr,
): Integral {
	return {
		kind: "integral",
		variable: factor.variable,
		plates: factor.plates,
		only: instance.at,
		except: instance.except,
		domain: domainOf(factor),
		body,
	};
}

export function domainOf(factor: Factor): Domain {
	return distributionNamed(factor.distribution).support(
		factor.shape,
		factor.labels,
	);
}

/** The tree with the value of each instance put in its place. */
export function withValues(
	tree: Expr,
	factors: readonly Factor[],
	instances: readonly Instance[],
): Expr {
	return instances.reduce((result, { variable, at, value }) => {
		const factor = factors.find((f) => f.variable === variable);
		if (!value || !factor) return result;
		const target = symbolOf(factor, at);
		return replaceSymbols(result, (s) => (sameTree(s, target) ? value : s));
	}, tree);
}
