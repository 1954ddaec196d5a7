import type { Expr } from "../expr/tree.js";
import { NoNormalForm } from "./environment.js";
import { baseOf, type Ix, makeIx, shiftOf } from "./ix.js";

/** What the index names and labels of a tree stand for where it is being lowered. */
export interface Scope {
	readonly indices: ReadonlyMap<string, Ix>;
	/** Labels whose value is fixed, by name and plate: `c[i]`. */
	readonly labels: ReadonlyMap<string, Ix>;
	/** Variables that an expectation or an integral around it binds. */
	readonly bound: ReadonlySet<string>;
	/** A variable that the claim lets vary while all else stays, as under ∝. */
	readonly varied: string | null;
}

export const emptyScope: Scope = {
	indices: new Map(),
	labels: new Map(),
	bound: new Set(),
	varied: null,
};

export function withBound(scope: Scope, names: readonly string[]): Scope {
	return { ...scope, bound: new Set([...scope.bound, ...names]) };
}

export function withIndex(scope: Scope, name: string, value: Ix): Scope {
	return { ...scope, indices: new Map(scope.indices).set(name, value) };
}

export function withLabel(scope: Scope, position: string, value: Ix): Scope {
	return { ...scope, labels: new Map(scope.labels).set(position, value) };
}

/** A subscript's value. @throws NoNormalForm if it is no index, number, size, shifted index or fixed label. */
export function indexValue(e: Expr, scope: Scope): Ix {
	switch (e.kind) {
		case "index":
			return scope.indices.get(e.name) ?? e.name;
		case "num":
			return e.value.toFraction();
		case "size":
			return e.name;
		case "symbol": {
			const fixed =
				scope.labels.get(position(e.name, e.indices, scope)) ??
				(e.indices.length === 0 ? scope.indices.get(e.name) : undefined);
			if (fixed === undefined)
				throw new NoNormalForm(
					`${e.name} is used as a subscript but is no label`,
				);
			return fixed;
		}
		case "add":
			return e.terms.map((t) => indexValue(t, scope)).reduce(addIx);
		case "mul": {
			const [a, b] = e.factors;
			if (
				e.factors.length === 2 &&
				a?.kind === "num" &&
				a.value.equals(-1) &&
				b?.kind === "num"
			)
				return String(-Number(b.value));
			throw new NoNormalForm("a product as a subscript");
		}
		default:
			throw new NoNormalForm(`${e.kind} as a subscript`);
	}
}

function addIx(a: Ix, b: Ix): Ix {
	if (baseOf(a) !== "" && baseOf(b) !== "")
		throw new NoNormalForm("a sum of two indices as a subscript");
	return makeIx(baseOf(a) || baseOf(b), shiftOf(a) + shiftOf(b));
}

/** A label's identity in a scope. */
export function position(
	name: string,
	indices: readonly Expr[],
	scope: Scope,
): string {
	return `${name}[${indices.map((i) => indexValue(i, scope)).join(",")}]`;
}
