import {
	add,
	mul,
	neg,
	one,
	pow,
	size as sizeOf,
	sub,
	symbol,
} from "../expr/build.js";
import type { Dim, Domain, Expr, Factor } from "../expr/tree.js";
import { freeIndices, sameTree, visit } from "../expr/walk.js";
import type {
	Surface,
	SurfaceBig,
	SurfaceName,
	SurfaceRelation,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { comparisonOf, flipped } from "./comparison.js";
import { fitAxis, readIndex } from "./indices.js";
import type { Instance } from "./instance.js";
import { domainOf, integrate } from "./joint.js";
import { equals } from "./labels.js";
import { readOverValues } from "./listedValues.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { secondLetter } from "./pairs.js";
import type { Binder, Scope } from "./scope.js";
import { readSeries } from "./series.js";
import { isScalar } from "./shapes.js";
import { integrateUnnamed, unnamedVariable } from "./tables.js";
import { readInstance } from "./variables.js";
import { mustSumAll } from "./wholeValues.js";

/** Σ, Π, max and min over an index, and Σ over a label or an unnamed variable. */
export function readBig(scope: Scope, big: SurfaceBig): Expr {
	const s = { ...big, index: withPrimes(big.index) };
	const overVariable = readOverVariable(scope, s);
	if (overVariable) return overVariable;
	const overValues = readOverValues(scope, s);
	if (overValues) return overValues;
	if (!isPlainName(s.index))
		throw new Problem(
			`\`${latexOf(s.index)}\` is no index`,
			s.index.span,
			"an index letter under the sign",
		);
	const series = readSeries(scope, s);
	if (series) return series;
	const second = secondLetter(scope, s);
	if (!second) return readOverIndex(scope, s);
	scope.passage.note(
		`the ${s.operator} is over \`${keyOf(s.index)}\` and \`${keyOf(second)}\``,
		s.span,
	);
	return readOverIndex(scope, { ...s, index: second, conditions: [], body: s });
}

/** `k'` under a sign comes as k with an accent; it is an index of its own. */
function withPrimes(index: SurfaceName): SurfaceName {
	const primes = index.accents.filter((a) => a === "′");
	if (primes.length === 0 || primes.length < index.accents.length) return index;
	return {
		...index,
		name: index.name + "'".repeat(primes.length),
		accents: [],
	};
}

/** `\sum_z`, `\sum_{c_i}`, `\sum_c`: an integral that counts. */
function readOverVariable(scope: Scope, s: SurfaceBig): Expr | null {
	const { setting, state } = scope.passage;
	const { model, family } = state.context;
	const factors = [...(model?.statements ?? []), ...(family?.factors ?? [])];
	const unnamed = setting ? unnamedVariable(scope, s.index) : null;
	const instance = unnamed ? null : readInstance(scope, factors, s.index);
	if (!unnamed && !instance) return null;
	if (s.operator !== "sum")
		throw new Problem(
			`a ${nouns[s.operator]} over a random variable`,
			s.span,
			`a ${nouns[s.operator]} over an index`,
		);
	if (setting && unnamed) {
		mustSumAll(s, { kind: "unnamed", counting: true });
		return integrateUnnamed(setting, [unnamed.name], scope.read(s.body));
	}
	const factor = factors.find((f) => f.variable === instance?.variable);
	const domain = factor && domainOf(factor);
	if (!instance || !factor || !domain || !isCounted(domain))
		throw new Problem(
			`\`${latexOf(s.index)}\` is no label and cannot be summed over`,
			s.index.span,
			"an integral over it",
		);
	const leftOut = valuesLeftOut(scope, s, factor, instance);
	if (!leftOut) mustSumAll(s, domain);
	const body = scope.read(s.body);
	return integrate(factor, instance, mul(...(leftOut ?? []), body));
}

function isCounted({ kind }: Domain): boolean {
	return kind === "labels" || kind === "counts";
}

/** What takes the value k out of `\sum_{c_i \neq k}`: 1 − 1[c_i = k]; null where the sign says anything else. */
function valuesLeftOut(
	scope: Scope,
	{ conditions, lower, upper }: SurfaceBig,
	factor: Factor,
	{ at }: Instance,
): readonly Expr[] | null {
	const { labels, plates, variable } = factor;
	const isPlain = at?.length === plates.length && !lower && !upper;
	if (!isPlain || labels === null || conditions.length === 0) return null;
	if (conditions.some((c) => comparisonOf(c) !== "≠")) return null;
	return conditions.map(({ right }) => {
		const value = readIndex(scope, right);
		fitAxis(scope, value, labels, right.span);
		return sub(one, equals(symbol(variable, at), value));
	});
}

interface Bounds {
	lower: Expr;
	/** Null until it is known to be the whole range. */
	upper: Expr | null;
	readonly except: Expr[];
	/** Conditions that are not about the index itself, `z_n = k` under \sum_{n : z_n = k}. */
	readonly others: SurfaceRelation[];
}

function readOverIndex(scope: Scope, s: SurfaceBig): Expr {
	const source = keyOf(s.index);
	const bounds = readBounds(scope, s, source);
	const written = rangeOfBounds(scope, bounds);
	const { inner, binder } = scope.bind(
		source,
		written,
		s.upper !== null && written !== null,
	);
	const body = readBody(inner, s, bounds.others);
	if (s.operator !== "sum" && !isScalar(body))
		throw new Problem(
			`shape mismatch: a ${nouns[s.operator]} of vectors`,
			s.span,
			`a ${nouns[s.operator]} of numbers`,
		);
	const range = binder.range ?? scope.passage.rangeOf(source);
	if (range === null)
		throw new Problem(
			`the range of \`${source}\` is not known`,
			s.index.span,
			`bounds: \\${signs[s.operator]}_{${source}=1}^{N}`,
		);
	checkAgainst(scope, bounds, range, s);
	if (s.operator === "column")
		return { kind: "tabulate", index: binder.name, size: range, body };
	return s.operator === "sum" || s.operator === "product"
		? close(s.operator, binder, range, bounds, body)
		: extremeValue(s, binder, range, bounds, body);
}

/** The body where further conditions hold; elsewhere nothing is added, or multiplied by. */
function readBody(
	inner: Scope,
	{ operator, body, span }: SurfaceBig,
	conditions: readonly SurfaceRelation[],
): Expr {
	const tree = inner.read(body);
	if (conditions.length === 0) return tree;
	if (operator !== "sum" && operator !== "product")
		throw new Problem(
			`a ${operator} under a condition`,
			span,
			`\\${operator} over all values of an index`,
		);
	const holds = mul(
		...conditions.map((condition) =>
			inner.read({ kind: "indicator", condition, span: condition.span }),
		),
	);
	return operator === "sum" ? mul(holds, tree) : pow(tree, holds);
}

const nouns = {
	sum: "sum",
	product: "product",
	max: "max",
	min: "min",
	column: "column",
};
const signs = { ...nouns, product: "prod" };

/** The least value is the greatest of −f, with a minus. Part of a range may be empty, and then has none. */
function extremeValue(
	s: SurfaceBig,
	{ name }: Binder,
	range: Dim,
	{ lower, upper, except }: Bounds,
	body: Expr,
): Expr {
	const isWhole =
		sameTree(lower, one) &&
		except.length === 0 &&
		(upper === null || sameTree(upper, sizeOf(range)));
	if (!isWhole)
		throw new Problem(
			`a ${s.operator} over part of a range`,
			s.span,
			`\\${s.operator}_{${keyOf(s.index)}} over all of 1, …, ${range}`,
		);
	return s.operator === "max"
		? { kind: "maximum", index: name, range, body }
		: neg({ kind: "maximum", index: name, range, body: neg(body) });
}

/** A factor that is a density or a product of its own, behind Π and free of its index, was meant to stand outside. */
function close(
	kind: "sum" | "product",
	binder: Binder,
	range: Dim,
	bounds: Bounds,
	body: Expr,
): Expr {
	const [inside, outside] =
		kind === "product" ? splitProducts(body, binder.name) : [body, []];
	const tree: Expr = {
		kind,
		index: binder.name,
		range,
		lower: bounds.lower,
		upper: bounds.upper ?? sizeOf(range),
		except: bounds.except,
		body: inside,
	};
	return mul(tree, ...outside);
}

/**
 * `\prod_k a_k \prod_i b_i` is two products, and `\prod_i p(x_i | θ) p(θ)` has the prior once: those behind the last factor
 * that mentions k do not stand under Π_k.
 */
function splitProducts(body: Expr, name: string): [Expr, readonly Expr[]] {
	if (body.kind !== "mul") return [body, []];
	const { factors } = body;
	const standsOutside = (e: Expr) =>
		(e.kind === "product" || e.kind === "pdf" || e.kind === "table") &&
		!freeIndices(e).has(name);
	const last = factors.findLastIndex((e) => !standsOutside(e));
	const inside = factors.slice(0, Math.max(1, last + 1));
	return [mul(...inside), factors.slice(inside.length)];
}

function readBounds(scope: Scope, s: SurfaceBig, source: string): Bounds {
	const bounds: Bounds = {
		lower: s.lower ? readIndex(scope, s.lower) : one,
		upper: s.upper ? readUpper(scope, s.upper) : null,
		except: [],
		others: [],
	};
	for (const condition of s.conditions)
		narrow(scope, bounds, condition, source);
	return bounds;
}

/** An upper bound; a capital letter that is declared nowhere is a size. */
function readUpper(scope: Scope, s: Surface): Expr {
	if (
		isPlainName(s) &&
		/^[A-Z]$/.test(s.name) &&
		!scope.passage.symbol(s.name)
	) {
		scope.passage.addSize(s.name);
		return sizeOf(s.name);
	}
	return readIndex(scope, s);
}

/** A condition under the sign: `j ≠ i` leaves out, `l < k` bounds. */
function narrow(
	scope: Scope,
	bounds: Bounds,
	condition: SurfaceRelation,
	source: string,
): void {
	const comparison = comparisonOf(condition);
	const isOwn = (x: Surface) => isPlainName(x) && keyOf(x) === source;
	const [own, other] = isOwn(condition.left)
		? [condition.left, condition.right]
		: [condition.right, condition.left];
	if (comparison && !isOwn(own)) {
		bounds.others.push(condition);
		return;
	}
	if (!comparison)
		throw new Problem(
			"a condition that cannot be read",
			condition.span,
			"j ≠ i, j < i or j ≤ i",
		);
	const value = readIndex(scope, other);
	switch (own === condition.left ? comparison : flipped(comparison)) {
		case "≠":
			bounds.except.push(value);
			return;
		case "<":
			bounds.upper = sub(value, one);
			return;
		case "≤":
			bounds.upper = value;
			return;
		case ">":
			bounds.lower = add(value, one);
			return;
		case "≥":
			bounds.lower = value;
			return;
		case "=":
			bounds.lower = value;
	}
}

/** The range that the bounds themselves tell: of a size or a number in the upper bound, else of an index in a bound. */
function rangeOfBounds(
	scope: Scope,
	{ lower, upper, except }: Bounds,
): Dim | null {
	for (const bound of [upper, lower, ...except]) {
		if (!bound) continue;
		let range: Dim | null =
			bound.kind === "num" && bound === upper ? bound.value.valueOf() : null;
		visit(bound, (n) => {
			if (n.kind === "size") range ??= n.name;
			if (n.kind === "index")
				range ??= scope.boundAs(n.name)?.range ?? scope.passage.rangeOf(n.name);
		});
		if (range !== null) return range;
	}
	return null;
}

/** Indices in bounds run over the same axis as the index that they bound. */
function checkAgainst(
	scope: Scope,
	bounds: Bounds,
	range: Dim,
	s: SurfaceBig,
): void {
	for (const bound of [bounds.lower, bounds.upper, ...bounds.except])
		if (bound && mentionsOnlyIndices(bound))
			fitAxis(scope, bound, range, s.span);
}

function mentionsOnlyIndices(bound: Expr): boolean {
	return (
		bound.kind === "index" ||
		(bound.kind === "add" && bound.terms.some((t) => t.kind === "index"))
	);
}
