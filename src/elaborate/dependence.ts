import Fraction from "fraction.js";
import { add, num } from "../expr/build.js";
import type { Expr, Factor } from "../expr/tree.js";
import {
	freeIndices,
	replaceSymbols,
	some,
	substituteIndices,
	visit,
} from "../expr/walk.js";
import { covers, type Instance, sameIndices } from "./instance.js";

/** Which random variables depend on which, as the factors' parameters say. */

/**
 * The instances that the parameters of a factor mention, at given subscripts (null: over all plates).
 * @param given conditions; a label with a value among them chooses one of the others
 */
export function parents(
	factors: readonly Factor[],
	of: Instance,
	given: readonly Instance[] = [],
): readonly Instance[] {
	const factor = factorOf(factors, of.variable);
	const found: Instance[] = [];
	for (const parameter of lawsAt(factor, of.at)) {
		const tree = of.at
			? withChoices(atSubscripts(factor, parameter, of.at), given)
			: parameter;
		const behind = factor.plates.slice(of.at?.length ?? 0);
		const bound = new Set(behind.map((p) => p.index));
		visitFree(tree, bound, (variable, at) => {
			const owner = factors.find((f) => f.variable === variable);
			if (!owner) return;
			const own = at?.slice(0, owner.plates.length) ?? null;
			const fixed =
				own &&
				own.length === owner.plates.length &&
				own.every((e) => isFixed(e, factors))
					? own.map(withoutSums)
					: null;
			const instance: Instance = {
				variable,
				at: fixed,
				except: null,
				value: null,
			};
			if (!covers(found, instance)) found.push(instance);
		});
	}
	return found;
}

/** A tree with the values of labels in place of these: μ_k for μ_{c_i} where c_i = k. */
function withChoices(tree: Expr, given: readonly Instance[]): Expr {
	const valued = given.filter((g) => g.value && g.at);
	if (valued.length === 0) return tree;
	return replaceSymbols(tree, (s) => {
		const own = valued.find(
			(g) => g.variable === s.name && sameIndices(s.indices, g.at ?? []),
		);
		return own?.value ?? s;
	});
}

/** The law of one instance: of a chain that of the first state, or that of a state given the one before. */
export function lawAt(
	factor: Factor,
	at: readonly Expr[],
): Pick<Factor, "distribution" | "parameters"> {
	const state = factor.first && at[factor.first.axis];
	const isFirst = state?.kind === "num" && state.value.equals(1);
	return isFirst && factor.first ? factor.first : factor;
}

/** The parameters of the laws that instances have: of one, or of all together. */
function lawsAt(factor: Factor, at: readonly Expr[] | null): readonly Expr[] {
	if (at?.length === factor.plates.length)
		return Object.values(lawAt(factor, at).parameters);
	const first = factor.first?.parameters ?? {};
	return [...Object.values(factor.parameters), ...Object.values(first)];
}

/** A subscript with its numbers added up: (t + 1) − 1 is t. */
export function withoutSums(at: Expr): Expr {
	if (at.kind !== "add") return at;
	const terms = at.terms.flatMap((t) => {
		const inner = withoutSums(t);
		return inner.kind === "add" ? inner.terms : [inner];
	});
	const numbers = terms.flatMap((t) => (t.kind === "num" ? [t.value] : []));
	const total = numbers.reduce((a, b) => a.add(b), new Fraction(0));
	const rest = terms.filter((t) => t.kind !== "num");
	return add(...rest, ...(total.equals(0) ? [] : [num(total)]));
}

function atSubscripts(factor: Factor, tree: Expr, at: readonly Expr[]): Expr {
	const letters = factor.plates.slice(0, at.length);
	return substituteIndices(
		tree,
		new Map(letters.map((p, i) => [p.index, at[i] as Expr])),
	);
}

/** Calls `f` for each symbol; its subscripts are null where they mention an index that is bound. */
function visitFree(
	tree: Expr,
	bound: ReadonlySet<string>,
	f: (variable: string, at: readonly Expr[] | null) => void,
): void {
	const free = freeIndices(tree);
	visit(tree, (n) => {
		if (n.kind !== "symbol") return;
		const names = n.indices.flatMap((e) => [...freeIndices(e)]);
		f(
			n.name,
			names.every((name) => free.has(name) && !bound.has(name))
				? n.indices
				: null,
		);
	});
}

function isFixed(at: Expr, factors: readonly Factor[]): boolean {
	return !some(
		at,
		(n) => n.kind === "symbol" && factors.some((f) => f.variable === n.name),
	);
}

/** Names of the variables that depend, directly or not, on one of the given. */
export function descendants(
	factors: readonly Factor[],
	of: ReadonlySet<string>,
): ReadonlySet<string> {
	const found = new Set<string>();
	for (let grown = true; grown; ) {
		grown = false;
		for (const factor of factors) {
			if (found.has(factor.variable)) continue;
			const depends = parents(factors, {
				variable: factor.variable,
				at: null,
				except: null,
				value: null,
			}).some(
				(p) =>
					p.variable !== factor.variable &&
					(of.has(p.variable) || found.has(p.variable)),
			);
			if (depends) {
				found.add(factor.variable);
				grown = true;
			}
		}
	}
	return found;
}

export function factorOf(factors: readonly Factor[], variable: string): Factor {
	const factor = factors.find((f) => f.variable === variable);
	if (!factor) throw new Error(`no factor is over ${variable}`);
	return factor;
}

/** The one variable that depends on others and on which none depends: the data; null where several do. */
export function dataOf(factors: readonly Factor[]): Factor | null {
	const mentions = (f: Factor, names: (name: string) => boolean) =>
		Object.values(f.parameters).some((parameter) =>
			some(parameter, (e) => e.kind === "symbol" && names(e.name)),
		);
	const isVariable = (name: string) => factors.some((f) => f.variable === name);
	const [only, ...others] = factors.filter(
		(f) =>
			mentions(f, isVariable) &&
			!factors.some((g) => mentions(g, (name) => name === f.variable)),
	);
	return only && others.length === 0 ? only : null;
}
