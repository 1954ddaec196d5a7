import { distributionNamed } from "../distributions/index.js";
import { index, log, product, sum } from "../expr/build.js";
import type { Domain, Expr, Factor, Integral, Pdf } from "../expr/tree.js";
import {
	freshName,
	replaceSymbols,
	sameTree,
	substituteIndices,
} from "../expr/walk.js";
import { type Instance, symbolOf } from "./instance.js";

/** Densities of factors as trees: one factor at an instance, a product over plates, a sum of logs over plates. */

/** A factor's density at the given subscripts. */
export function densityAt(factor: Factor, at: readonly Expr[]): Pdf {
	const replacement = new Map(
		factor.plates.map((plate, i) => [plate.index, at[i] as Expr]),
	);
	const parameters = Object.fromEntries(
		Object.entries(factor.parameters).map(([name, tree]) => [
			name,
			substituteIndices(tree, replacement),
		]),
	);
	return {
		kind: "pdf",
		distribution: factor.distribution,
		of: symbolOf(factor, at),
		parameters,
	};
}

/** The density of an instance: of all together, the product over the plates. */
export function densityOf(factor: Factor, instance: Instance): Expr {
	if (instance.at) return densityAt(factor, instance.at);
	return overPlates(
		factor,
		instance.except,
		(at) => densityAt(factor, at),
		product,
	);
}

/** The log density of an instance, with the logarithm inside the sum over the plates. */
export function logDensityOf(factor: Factor, instance: Instance): Expr {
	if (instance.at) return log(densityAt(factor, instance.at));
	return overPlates(
		factor,
		instance.except,
		(at) => log(densityAt(factor, at)),
		sum,
	);
}

function overPlates(
	factor: Factor,
	except: readonly Expr[] | null,
	body: (at: readonly Expr[]) => Expr,
	big: typeof sum | typeof product,
): Expr {
	const names = factor.plates.map((plate) => freshName(plate.index));
	let tree = body(names.map(index));
	factor.plates.forEach((_, i) => {
		const inner = factor.plates.length - 1 - i;
		const leftOut = except && factor.plates.length === 1 ? except : [];
		tree = big(
			names[inner] as string,
			factor.plates[inner]?.size ?? 1,
			tree,
			leftOut,
		);
	});
	return tree;
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
