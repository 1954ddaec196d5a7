import { add, mul, num } from "../expr/build.js";
import type { Expr } from "../expr/tree.js";
import { substituteIndices } from "../expr/walk.js";
import type { Surface, SurfaceBig, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { keyWith } from "./lookup.js";
import type { Scope } from "./scope.js";
import { mapSurface } from "./surfaceWalk.js";

/** `\sum_{s \in \{-1, 1\}} f(s)` as f(−1) + f(1), and Π alike; null for a sign that lists no numbers. */
export function readOverValues(scope: Scope, s: SurfaceBig): Expr | null {
	const values = valuesOf(s);
	const key = keyWith(s.index);
	if (!values || !key) return null;
	const { inner, binder } = scope.bind(key, null, false);
	const body = inner.read(withName(s.body, s.index, key));
	if (binder.range !== null)
		throw new Problem(
			"a subscript that takes the listed values",
			s.span,
			"the terms written out",
		);
	const terms = values.map((value) =>
		substituteIndices(body, new Map([[binder.name, num(value)]])),
	);
	return s.operator === "sum" ? add(...terms) : mul(...terms);
}

function valuesOf(s: SurfaceBig): readonly string[] | null {
	const [condition, ...more] = s.conditions;
	const isOverList = condition?.relation === "∈" && more.length === 0;
	const isBare =
		!s.lower && !s.upper && (s.operator === "sum" || s.operator === "product");
	if (!isOverList || !isBare || condition.right.kind !== "tuple") return null;
	const values = condition.right.items.map(wholeNumber);
	return values.includes(null) ? null : (values as readonly string[]);
}

function wholeNumber(s: Surface): string | null {
	if (s.kind === "number") return /^\d+$/.test(s.text) ? s.text : null;
	const [term, ...more] = s.kind === "sum" ? s.terms : [];
	if (!term || more.length > 0 || term.term.kind !== "number") return null;
	return /^\d+$/.test(term.term.text)
		? `${term.sign < 0 ? "-" : ""}${term.term.text}`
		: null;
}

/** The body with the bound name, subscripts and all, as one name. */
function withName(s: Surface, bound: SurfaceName, key: string): Surface {
	if (s.kind === "name" && keyWith(s) === keyWith(bound))
		return {
			...s,
			name: key,
			subscripts: [],
			labels: [],
			accents: [],
			style: "plain",
		};
	return mapSurface(s, (child) => withName(child, bound, key));
}
