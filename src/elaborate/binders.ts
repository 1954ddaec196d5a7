import { index } from "../expr/build.js";
import type { Expr } from "../expr/tree.js";
import {
	boundIndices,
	freeIndices,
	mapChildren,
	substituteIndices,
} from "../expr/walk.js";

type Binding = Extract<
	Expr,
	{ kind: "sum" | "product" | "tabulate" | "maximum" }
>;

function isBinding(e: Expr): e is Binding {
	return boundIndices(e).length > 0 && e.kind !== "expectation";
}

/**
 * The same tree with every bound index named apart from the free indices and from the binders around it. Names stay as
 * they are written where they can; `taken` are further names to avoid.
 */
export function nameApart(
	e: Expr,
	taken: ReadonlySet<string> = new Set(),
): Expr {
	return rename(e, new Set([...taken, ...freeIndices(e)]));
}

function rename(e: Expr, taken: ReadonlySet<string>): Expr {
	if (!isBinding(e)) return mapChildren(e, (child) => rename(child, taken));
	const name = apart(e.index, taken);
	const inside = new Set(taken).add(name);
	const body =
		name === e.index
			? e.body
			: substituteIndices(e.body, new Map([[e.index, index(name)]]));
	const named = { ...e, index: name, body: rename(body, inside) };
	if (named.kind === "tabulate" || named.kind === "maximum") return named;
	const outside = (x: Expr) => rename(x, taken);
	return {
		...named,
		lower: outside(named.lower),
		upper: outside(named.upper),
		except: named.except.map(outside),
	};
}

function apart(name: string, taken: ReadonlySet<string>): string {
	const base = name.replace(/#.*$/, "");
	if (!taken.has(base)) return base;
	let n = 2;
	while (taken.has(`${base}#${n}`)) n += 1;
	return `${base}#${n}`;
}
