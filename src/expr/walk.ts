import { index } from "./build.js";
import type { Bound, Expr, Factor, Sym } from "./tree.js";

/** Traversal, substitution and free names. Everything here respects binders. */

function mapRecord(
	record: Readonly<Record<string, Expr>>,
	f: (e: Expr) => Expr,
): Record<string, Expr> {
	return Object.fromEntries(
		Object.entries(record).map(([key, value]) => [key, f(value)]),
	);
}

function mapFactor(factor: Factor, f: (e: Expr) => Expr): Factor {
	return { ...factor, parameters: mapRecord(factor.parameters, f) };
}

function mapBound(bound: Bound, f: (e: Expr) => Expr): Bound {
	return {
		factor: mapFactor(bound.factor, f),
		only: bound.only?.map(f) ?? null,
		except: bound.except?.map(f) ?? null,
	};
}

/** The tree with `f` applied to each direct child (binders untouched; the caller minds capture). */
export function mapChildren(e: Expr, f: (child: Expr) => Expr): Expr {
	switch (e.kind) {
		case "num":
		case "constant":
		case "size":
		case "index":
		case "identity":
			return e;
		case "symbol":
			return e.indices.length === 0 ? e : { ...e, indices: e.indices.map(f) };
		case "add":
			return { ...e, terms: e.terms.map(f) };
		case "mul":
			return { ...e, factors: e.factors.map(f) };
		case "matmul":
			return { ...e, left: f(e.left), right: f(e.right) };
		case "pow":
			return { ...e, base: f(e.base), exponent: f(e.exponent) };
		case "apply":
			return { ...e, argument: f(e.argument) };
		case "transpose":
		case "inverse":
		case "determinant":
		case "trace":
		case "diagonal":
			return { ...e, of: f(e.of) };
		case "tabulate":
		case "maximum":
			return { ...e, body: f(e.body) };
		case "entry":
			return { ...e, of: f(e.of), at: e.at.map(f) };
		case "sum":
		case "product":
			return {
				...e,
				lower: f(e.lower),
				upper: f(e.upper),
				except: e.except.map(f),
				body: f(e.body),
			};
		case "indicator":
			return { ...e, left: f(e.left), right: f(e.right) };
		case "pdf":
			return { ...e, of: f(e.of), parameters: mapRecord(e.parameters, f) };
		case "expectation":
			return { ...e, over: e.over.map((b) => mapBound(b, f)), body: f(e.body) };
		case "integral":
			return {
				...e,
				only: e.only?.map(f) ?? null,
				except: e.except?.map(f) ?? null,
				body: f(e.body),
			};
		case "derivative":
			return { ...e, body: f(e.body), by: f(e.by) as Sym };
		case "evaluation":
			return { ...e, value: f(e.value), body: f(e.body) };
		case "table":
			return {
				...e,
				of: e.of.map((v) => f(v) as Sym),
				given: e.given.map((v) => f(v) as Sym),
				parameters: e.parameters.map((v) => f(v) as Sym),
			};
	}
}

/** Calls `f` for each direct child, in reading order. */
function eachChild(e: Expr, f: (child: Expr) => void): void {
	switch (e.kind) {
		case "num":
		case "constant":
		case "size":
		case "index":
		case "identity":
			return;
		case "symbol":
			e.indices.forEach(f);
			return;
		case "add":
			e.terms.forEach(f);
			return;
		case "mul":
			e.factors.forEach(f);
			return;
		case "matmul":
			f(e.left);
			f(e.right);
			return;
		case "pow":
			f(e.base);
			f(e.exponent);
			return;
		case "apply":
			f(e.argument);
			return;
		case "transpose":
		case "inverse":
		case "determinant":
		case "trace":
		case "diagonal":
			f(e.of);
			return;
		case "tabulate":
		case "maximum":
			f(e.body);
			return;
		case "sum":
		case "product":
			f(e.lower);
			f(e.upper);
			e.except.forEach(f);
			f(e.body);
			return;
		case "indicator":
			f(e.left);
			f(e.right);
			return;
		case "expectation":
			for (const { factor, only, except } of e.over) {
				Object.values(factor.parameters).forEach(f);
				only?.forEach(f);
				except?.forEach(f);
			}
			f(e.body);
			return;
		default:
			// Kinds that are rarer: a copy costs little there.
			mapChildren(e, (child) => {
				f(child);
				return child;
			});
	}
}

/** Direct children, in reading order. */
export function children(e: Expr): readonly Expr[] {
	const found: Expr[] = [];
	eachChild(e, (child) => {
		found.push(child);
	});
	return found;
}

/** Whether any subtree, the tree itself included, satisfies the test. */
export function some(e: Expr, test: (node: Expr) => boolean): boolean {
	let found = test(e);
	if (!found)
		eachChild(e, (child) => {
			found ||= some(child, test);
		});
	return found;
}

/** Calls `visit` for the tree and each subtree. */
export function visit(e: Expr, f: (node: Expr) => void): void {
	f(e);
	eachChild(e, (child) => visit(child, f));
}

/** Index names that a node binds in (some of) its children. */
export function boundIndices(e: Expr): readonly string[] {
	switch (e.kind) {
		case "sum":
		case "product":
		case "tabulate":
		case "maximum":
			return [e.index];
		case "expectation":
			return e.over.flatMap((b) => b.factor.plates.map((p) => p.index));
		default:
			return [];
	}
}

/** Names of the indices that are free in the tree. */
export function freeIndices(e: Expr): Set<string> {
	const free = new Set<string>();
	collectFree(e, [], free);
	return free;
}

/** Adds the indices that are free in a tree, but for those that are bound around it. */
function collectFree(
	e: Expr,
	bound: readonly string[],
	free: Set<string>,
): void {
	if (e.kind === "index") {
		if (!bound.includes(e.name)) free.add(e.name);
		return;
	}
	if (e.kind === "expectation") {
		collectFree(e.body, bound, free);
		for (const b of e.over) collectFreeOfBound(b, bound, free);
		return;
	}
	const own = boundIndices(e);
	const inside = own.length === 0 ? bound : [...bound, ...own];
	eachChild(e, (child) => {
		const inBody = "body" in e && child === e.body;
		collectFree(child, inBody ? inside : bound, free);
	});
}

function collectFreeOfBound(
	{ factor, only, except }: Bound,
	bound: readonly string[],
	free: Set<string>,
): void {
	const inside = [...bound, ...factor.plates.map((p) => p.index)];
	for (const parameter of Object.values(factor.parameters))
		collectFree(parameter, inside, free);
	for (const at of [...(only ?? []), ...(except ?? [])])
		collectFree(at, bound, free);
}

/** Where fresh names come from: they count up behind a prefix that no other namer has. */
export interface Namer {
	readonly prefix: string;
	made: number;
}

let namer: Namer = { prefix: "", made: 0 };

/** A name that no reader produces, for renaming a binder. */
export function freshName(base: string): string {
	namer.made += 1;
	return `${base.replace(/#.*$/, "")}#${namer.prefix}${namer.made}`;
}

/**
 * Takes fresh names from a namer for a while. What is read from one passage gets names of that passage, so that the same
 * text gives the same tree whatever was read before it.
 */
export function namedBy<T>(other: Namer, read: () => T): T {
	const before = namer;
	namer = other;
	try {
		return read();
	} finally {
		namer = before;
	}
}

/** Replaces free indices by expressions, renaming binders that would capture. */
export function substituteIndices(
	e: Expr,
	replacement: ReadonlyMap<string, Expr>,
): Expr {
	if (replacement.size === 0) return e;
	if (e.kind === "index") return replacement.get(e.name) ?? e;
	switch (e.kind) {
		case "sum":
		case "product":
		case "tabulate":
		case "maximum":
			return substituteBinder(e, replacement);
		case "expectation":
			return {
				...e,
				over: e.over.map((b) => substituteBound(b, replacement)),
				body: substituteIndices(e.body, replacement),
			};
		default:
			return mapChildren(e, (child) => substituteIndices(child, replacement));
	}
}

function substituteBinder(
	e: Extract<Expr, { kind: "sum" | "product" | "tabulate" | "maximum" }>,
	replacement: ReadonlyMap<string, Expr>,
): Expr {
	const name = freshName(e.index);
	const inside = new Map(replacement).set(e.index, index(name));
	const body = substituteIndices(e.body, inside);
	if (e.kind === "tabulate" || e.kind === "maximum")
		return { ...e, index: name, body };
	const outside = (x: Expr) => substituteIndices(x, replacement);
	return {
		...e,
		index: name,
		lower: outside(e.lower),
		upper: outside(e.upper),
		except: e.except.map(outside),
		body,
	};
}

function substituteBound(
	b: Bound,
	replacement: ReadonlyMap<string, Expr>,
): Bound {
	const plates = b.factor.plates.map((p) => ({
		...p,
		index: freshName(p.index),
	}));
	const inside = new Map(replacement);
	b.factor.plates.forEach((p, i) => {
		inside.set(p.index, index((plates[i] as { index: string }).index));
	});
	const factor = {
		...mapFactor(b.factor, (x) => substituteIndices(x, inside)),
		plates,
	};
	const outside = (x: Expr) => substituteIndices(x, replacement);
	return {
		factor,
		only: b.only?.map(outside) ?? null,
		except: b.except?.map(outside) ?? null,
	};
}

/** Replaces symbols bottom-up: `replace` sees each symbol with its (already replaced) subscripts. */
export function replaceSymbols(e: Expr, replace: (s: Sym) => Expr): Expr {
	if (e.kind === "evaluation") {
		const outside = (s: Sym) => (s.name === e.symbol.name ? s : replace(s));
		const value = replaceSymbols(e.value, replace);
		return { ...e, value, body: replaceSymbols(e.body, outside) };
	}
	const inner = mapChildren(e, (child) => replaceSymbols(child, replace));
	return inner.kind === "symbol" ? replace(inner) : inner;
}

/** Structural equality up to the names of bound indices is *not* decided here; this is equality as written. */
export function sameTree(a: Expr, b: Expr): boolean {
	return sameParts(a, b);
}

/** Whether two trees, or parts of trees, have the same parts. One that is undefined is none. */
function sameParts(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
	if (Array.isArray(a) && Array.isArray(b))
		return a.length === b.length && a.every((x, i) => sameParts(x, b[i]));
	const [one, other] = [a as Parts, b as Parts];
	for (const key of Object.keys(one))
		if (!sameParts(one[key], other[key])) return false;
	return Object.keys(other).every(
		(key) => other[key] === undefined || one[key] !== undefined,
	);
}

type Parts = Readonly<Record<string, unknown>>;
