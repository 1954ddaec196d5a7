import { distributionNamed } from "../distributions/index.js";
import { densityAt } from "../elaborate/joint.js";
import { div, index, num, pow, size, symbol } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type {
	Derivative,
	Dim,
	Expr,
	Factor,
	Index,
	Sym,
} from "../expr/tree.js";
import { freshName, some } from "../expr/walk.js";
import { blockOf, withDependents } from "./block.js";
import {
	type Assignment,
	expectedLogJoint,
	instanceOf,
	parametersOf,
} from "./certify.js";

/** The coordinate optimum of one instance of a factor, as far as its family says its parameters. */
export interface Optimum {
	readonly at: readonly Index[];
	readonly context: Context;
	readonly variable: Sym;
	/** The law's parameters as the family writes them, and their values at the optimum. */
	readonly written: Readonly<Record<string, Expr>>;
	readonly values: Readonly<Record<string, Expr>>;
	/** The names of the parameters of q in it. */
	readonly own: readonly string[];
}

/** The optimum of a factor that depends on no other and on which none depends; null where its family has no such rule. */
export function optimumOf(context: Context, factor: Factor): Optimum | null {
	const { fromSlopes } = distributionNamed(factor.distribution);
	if (
		!fromSlopes ||
		blockOf(context, factor).length > 1 ||
		withDependents(context, factor).length > 1
	)
		return null;
	const { at, ranges } = instanceOf(context, factor);
	const variable = symbol(factor.variable, at, factor.shape);
	const log = expectedLogJoint(context, [factor], at);
	return {
		at,
		context: { ...context, ranges },
		variable,
		written: densityAt(factor, at).parameters,
		values: fromSlopes(
			variable,
			derivative(log, variable, 1),
			derivative(log, variable, 2),
		),
		own: parametersOf(context, factor),
	};
}

/** A parameter of q from the value of the law's parameter that it alone stands in, in one of the usual forms; else null. */
export function inverted(
	{ written: all, values }: Optimum,
	name: string,
): Assignment | null {
	for (const [key, written] of Object.entries(all)) {
		const value = values[key];
		if (!value || !mentions(written, name)) continue;
		const found = solved(written, value);
		return found?.target.name === name
			? { ...found, isLogWeights: false, whole: null }
			: null;
	}
	return null;
}

type Solved = Pick<Assignment, "target" | "power" | "value">;

/** θ, θ², Θ⁻¹, θ I, diag(θ), and these within each other, equal to a value: what θ, or a power of it, is. */
function solved(written: Expr, value: Expr): Solved | null {
	switch (written.kind) {
		case "symbol":
			return { target: written, power: 1, value };
		case "inverse":
			return solved(written.of, { kind: "inverse", of: value });
		case "pow": {
			const { base, exponent } = written;
			if (exponent.kind !== "num" || exponent.value.n === 0n) return null;
			return solved(base, pow(value, num(exponent.value.inverse())));
		}
		case "mul": {
			const [scale, unit, ...more] = written.factors;
			if (unit?.kind !== "identity" || !scale || more.length > 0) return null;
			const mean = div({ kind: "trace", of: value }, size(unit.size));
			return solved(scale, mean);
		}
		case "diagonal": {
			const [length] = shapeOf(written.of);
			return solved(written.of, diagonalOf(value, length as Dim));
		}
		default:
			return null;
	}
}

function diagonalOf(matrix: Expr, length: Dim): Expr {
	const name = freshName("d");
	const at = index(name);
	return {
		kind: "tabulate",
		index: name,
		size: length,
		body: { kind: "entry", of: matrix, at: [at, at] },
	};
}

function derivative(body: Expr, by: Sym, order: 1 | 2): Derivative {
	return { kind: "derivative", body, by, order };
}

export function mentions(e: Expr, name: string): boolean {
	return some(e, (n) => n.kind === "symbol" && n.name === name);
}
