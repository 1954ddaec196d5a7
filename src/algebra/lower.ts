import { distributionNamed } from "../distributions/index.js";
import { add, log as logarithm } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type {
	BigProduct,
	BigSum,
	Bound,
	Dim,
	Expr,
	Indicator,
	Pdf,
	Sym,
} from "../expr/tree.js";
import { some } from "../expr/walk.js";
import { constantAtom, deltaAtom, hotAtom, ixAtom, sizeAtom } from "./atoms.js";
import { type Environment, freshIndex, NoNormalForm } from "./environment.js";
import { expect, type RandomVariable } from "./expectation.js";
import { columnSlot, type Form, rowSlot } from "./form.js";
import { integrate, tableForm } from "./integral.js";
import { baseOf, type Ix, makeIx, shiftOf } from "./ix.js";
import { findLabel, labelPosition } from "./labels.js";
import { isPositiveDefinite } from "./matrices.js";
import { lessThan, rangeGuard } from "./ranges.js";
import {
	atomForm,
	minus,
	orderedSymbol,
	plus,
	rational,
	substitute,
	sumOver,
	times,
	timesAll,
	unit,
} from "./ring.js";
import {
	emptyScope,
	indexValue,
	type Scope,
	withBound,
	withIndex,
	withLabel,
} from "./scope.js";
import { derivative, evaluation } from "./slopes.js";
import { withinTree } from "./supports.js";

/**
 * Trees to forms. Vectors and matrices are reached entry by entry, over hidden component indices, so that Σ_d 1 = D
 * falls out; a label is opened into its one-hot entries at the smallest term that mentions it, so that an expectation
 * is multilinear in the probabilities (trap 2).
 */

/** The form of a number. @throws NoNormalForm, BudgetSpent */
export function lower(
	env: Environment,
	e: Expr,
	scope: Scope = emptyScope,
): Form {
	return entry(env, e, "1", "1", scope);
}

/** The form of an entry of a row, column or matrix; axes that the shape lacks are ignored. */
export function entry(
	env: Environment,
	e: Expr,
	row: Ix,
	column: Ix,
	scope: Scope,
): Form {
	const label = findLabel(e, scope);
	if (!label) return entryOfKind(env, e, row, column, scope);
	const range = env.context.symbols.get(label.name)?.labels;
	if (range == null)
		throw new NoNormalForm(
			`the label ${label.name.replace("#", "")} has no known number of values`,
		);
	const k = freshIndex(env, range);
	const plate = label.indices.map((i) => indexValue(i, scope));
	const chosen = atomForm(env, hotAtom(label.name, [...plate, k]));
	const fixed = entry(
		env,
		e,
		row,
		column,
		withLabel(scope, labelPosition(label, scope), k),
	);
	return sumOver(env, times(env, chosen, fixed), k, range);
}

function entryOfKind(
	env: Environment,
	e: Expr,
	row: Ix,
	column: Ix,
	scope: Scope,
): Form {
	const at = (child: Expr) => entry(env, child, row, column, scope);
	switch (e.kind) {
		case "num":
			return rational(e.value);
		case "constant":
			if (e.name === "infinity")
				throw new NoNormalForm("infinity has no normal form");
			return atomForm(env, constantAtom(e.name));
		case "size":
			return atomForm(env, sizeAtom(e.name));
		case "index":
			return indexForm(env, indexValue(e, scope));
		case "symbol":
			return symbolForm(env, e, row, column, scope);
		case "add":
			return plus(...e.terms.map(at));
		case "mul":
			return timesAll(env, e.factors.map(at));
		case "matmul":
			return matrixProduct(env, e.left, e.right, row, column, scope);
		case "pow":
			return env.functions.symbolicPower(
				env,
				lower(env, e.base, scope),
				lower(env, e.exponent, scope),
			);
		case "apply":
			return e.fn === "log"
				? logarithmOf(env, e.argument, scope)
				: env.functions.apply(env, e.fn, lower(env, e.argument, scope));
		case "transpose":
			return entry(env, e.of, column, row, scope);
		case "inverse":
			return env.functions.inverseEntry(
				env,
				matrixForm(env, e.of, scope),
				row,
				column,
				extent(e.of),
			);
		case "determinant": {
			const positive = isPositiveDefinite(env.context, e.of);
			return env.functions.determinant(
				env,
				matrixForm(env, e.of, scope),
				extent(e.of),
				positive,
			);
		}
		case "trace": {
			const d = freshIndex(env, extent(e.of));
			return sumOver(env, entry(env, e.of, d, d, scope), d, extent(e.of));
		}
		case "identity":
			return atomForm(env, deltaAtom(row, column));
		case "diagonal":
			return times(
				env,
				entry(env, e.of, row, "1", scope),
				atomForm(env, deltaAtom(row, column)),
			);
		case "tabulate": {
			const inside = withIndex(scope, e.index, row);
			return shapeOf(e.body).length === 0
				? lower(env, e.body, inside)
				: entry(env, e.body, column, "1", inside);
		}
		case "entry":
			return entry(
				env,
				e.of,
				indexValue(e.at[0] as Expr, scope),
				e.at[1] ? indexValue(e.at[1], scope) : "1",
				scope,
			);
		case "sum":
			return bigSum(env, e, row, column, scope);
		case "product":
			return bigProduct(env, e, scope);
		case "maximum": {
			const n = freshIndex(env, e.range);
			const body = lower(env, e.body, withIndex(scope, e.index, n));
			return env.functions.maximum(env, n, e.range, body);
		}
		case "indicator":
			return indicatorForm(env, e, scope);
		case "pdf":
			return env.functions.apply(env, "exp", logDensity(env, e, scope));
		case "expectation":
			return expect(
				env,
				entry(env, e.body, row, column, bindingAll(e.over, scope)),
				randomVariables(env, e.over, scope),
			);
		case "derivative":
			return derivative(env, e, row, column, scope, entry);
		case "integral":
			return integrate(env, e, scope, (inner, x, within) =>
				entry(inner, x, row, column, within),
			);
		case "evaluation":
			return evaluation(env, e, row, column, scope, entry);
		case "table":
			return tableForm(env, e, scope);
	}
}

function indexForm(env: Environment, at: Ix): Form {
	const base = baseOf(at);
	if (base === "") return rational(shiftOf(at));
	if (env.context.sizes.has(base))
		return plus(atomForm(env, sizeAtom(base)), rational(shiftOf(at)));
	const shift = shiftOf(at);
	return shift === 0
		? atomForm(env, ixAtom(at))
		: plus(atomForm(env, ixAtom(makeIx(base, 0))), rational(shift));
}

function symbolForm(
	env: Environment,
	e: Sym,
	row: Ix,
	column: Ix,
	scope: Scope,
): Form {
	const plate = e.indices.map((i) => indexValue(i, scope));
	const own =
		e.shape.length === 0
			? []
			: e.shape.length === 1
				? [row]
				: e.shape[0] === 1
					? [column]
					: [row, column];
	return atomForm(env, orderedSymbol(env, e.name, [...plate, ...own]));
}

function matrixProduct(
	env: Environment,
	left: Expr,
	right: Expr,
	row: Ix,
	column: Ix,
	scope: Scope,
): Form {
	const inner = shapeOf(left)[1] ?? 1;
	const over = (e: Ix) =>
		times(
			env,
			entry(env, left, row, e, scope),
			entry(env, right, e, column, scope),
		);
	if (inner === 1) return over("1");
	const e = freshIndex(env, inner);
	return sumOver(env, over(e), e, inner);
}

function matrixForm(env: Environment, e: Expr, scope: Scope): Form {
	const [r, c] = [freshIndex(env, extent(e)), freshIndex(env, extent(e))];
	const slots = new Map([
		[r, rowSlot],
		[c, columnSlot],
	]);
	return substitute(env, entry(env, e, r, c, scope), slots);
}

function extent(e: Expr): Dim {
	return shapeOf(e)[0] ?? 1;
}

/** log of densities is opened where it stands: log Π f = Σ log f, log N(…) by its formula. */
function logarithmOf(env: Environment, e: Expr, scope: Scope): Form {
	const label = findLabel(e, scope);
	if (label)
		return entry(
			env,
			{ kind: "apply", fn: "log", argument: e },
			"1",
			"1",
			scope,
		);
	if (e.kind === "pdf") return logDensity(env, e, scope);
	if (!isDensity(e))
		return env.functions.apply(env, "log", lower(env, e, scope));
	env.rules.add("logarithm of a product");
	if (e.kind === "mul")
		return plus(...e.factors.map((f) => logarithmOf(env, f, scope)));
	if (e.kind === "pow")
		return times(
			env,
			lower(env, e.exponent, scope),
			logarithmOf(env, e.base, scope),
		);
	if (e.kind !== "product")
		return env.functions.apply(env, "log", lower(env, e, scope));
	const n = freshIndex(env, e.range);
	const inside = withIndex(scope, e.index, n);
	const logBody = entry(
		env,
		{ kind: "apply", fn: "log", argument: e.body },
		"1",
		"1",
		inside,
	);
	return sumOver(
		env,
		times(env, rangeGuard(env, e, n, scope), logBody),
		n,
		e.range,
	);
}

/** Built of densities (which are positive where they are looked at) by products and powers alone. */
function isDensity(e: Expr): boolean {
	switch (e.kind) {
		case "pdf":
		case "table":
			return e.kind === "pdf" || e.role === "density";
		case "product":
			return isDensity(e.body);
		case "mul":
			return e.factors.every(isDensity);
		case "pow":
			return isDensity(e.base);
		case "apply":
			return e.fn === "exp";
		case "integral":
			return isDensity(e.body);
		default:
			return false;
	}
}

/** Off its support a density is 0, and has no logarithm. */
function logDensity(env: Environment, e: Pdf, scope: Scope): Form {
	const log = distributionNamed(e.distribution).logDensity(e.of, e.parameters);
	const within = withinTree(env, e, scope);
	return lower(env, within ? add(log, logarithm(within)) : log, scope);
}

function bigSum(
	env: Environment,
	e: BigSum,
	row: Ix,
	column: Ix,
	scope: Scope,
): Form {
	const n = freshIndex(env, e.range);
	const body = entry(env, e.body, row, column, withIndex(scope, e.index, n));
	return sumOver(
		env,
		times(env, rangeGuard(env, e, n, scope), body),
		n,
		e.range,
	);
}

/** Π over part of the range: Π f^{guard}. */
function bigProduct(env: Environment, e: BigProduct, scope: Scope): Form {
	const n = freshIndex(env, e.range);
	const body = lower(env, e.body, withIndex(scope, e.index, n));
	const guard = rangeGuard(env, e, n, scope);
	if (guard.key === unit.key)
		return env.functions.bigProduct(env, n, e.range, body);
	const logs = env.functions.apply(env, "log", body);
	return env.functions.apply(
		env,
		"exp",
		sumOver(env, times(env, guard, logs), n, e.range),
	);
}

function indicatorForm(env: Environment, e: Indicator, scope: Scope): Form {
	const equal = () => {
		const [left, right] = [e.left, e.right].map((side) =>
			labelOrIndex(side, scope),
		);
		if (!left || !right)
			throw new NoNormalForm("an indicator of something that is not an index");
		return atomForm(env, deltaAtom(left, right));
	};
	if (e.comparison === "=") return equal();
	if (e.comparison === "≠") return minus(unit, equal());
	const [a, b] = [indexValue(e.left, scope), indexValue(e.right, scope)];
	return e.comparison === "<"
		? lessThan(env, a, b)
		: minus(unit, lessThan(env, b, a));
}

function labelOrIndex(e: Expr, scope: Scope): Ix | null {
	if (e.kind === "symbol")
		return scope.labels.get(labelPosition(e, scope)) ?? null;
	return indexValue(e, scope);
}

function randomVariables(
	env: Environment,
	over: readonly Bound[],
	scope: Scope,
): RandomVariable[] {
	return over.map(({ factor, only, except }) => ({
		name: factor.variable,
		distribution: factor.distribution,
		law: lawOf(factor, scope),
		plates: factor.plates.length,
		extent: factor.shape[0] ?? 1,
		only: only?.map((i) => indexValue(i, scope)) ?? null,
		except: except?.map((i) => indexValue(i, scope)) ?? null,
		parameter(plates, name, row, column) {
			let inside = scope;
			factor.plates.forEach((p, i) => {
				inside = withIndex(inside, p.index, plates[i] as Ix);
			});
			return entry(env, factor.parameters[name] as Expr, row, column, inside);
		},
	}));
}

function bindingAll(over: readonly Bound[], scope: Scope): Scope {
	return withBound(
		scope,
		over.map((b) => b.factor.variable),
	);
}

/** Identifies a law by its parameters; null where these mention an index that is bound around the expectation. */
function lawOf(factor: Bound["factor"], scope: Scope): string | null {
	const plates = factor.plates.map((p) => p.index);
	const isOpen = Object.values(factor.parameters).some((parameter) =>
		some(
			parameter,
			(e) =>
				e.kind === "index" &&
				!plates.includes(e.name) &&
				scope.indices.has(e.name),
		),
	);
	return isOpen
		? null
		: JSON.stringify(factor.parameters, (_key, v) =>
				typeof v === "bigint" ? v.toString() : v,
			);
}
