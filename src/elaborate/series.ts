import { add, mul, num } from "../expr/build.js";
import type { SymbolInfo } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { replaceSymbols } from "../expr/walk.js";
import type { Surface, SurfaceBig, SurfaceSum } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isPlainName, keyOf } from "./names.js";
import type { Scope } from "./scope.js";

/**
 * `\sum_{k=0}^\infty`, and `\sum_{k=0}^n` for a count n: a sum over all counts, of which there are more than any size tells. Null
 * for other sums.
 */
export function readSeries(scope: Scope, s: SurfaceBig): Expr | null {
	if (s.operator !== "sum" || !s.upper || s.conditions.length > 0) return null;
	const upper = lastOf(scope, s.upper);
	if (!upper || !isPlainName(s.index)) return null;
	const from = s.lower?.kind === "number" ? Number(s.lower.text) : Number.NaN;
	if (!Number.isSafeInteger(from))
		throw new Problem(
			"a sum over counts that begins elsewhere",
			s.lower?.span ?? s.span,
			"a whole number, as in \\sum_{k=0}",
		);
	const letter = keyOf(s.index);
	if (scope.bound(letter))
		throw new Problem(
			`\`${letter}\` counts here and is an index around it`,
			s.index.span,
			"another letter",
		);
	const counter: SymbolInfo = {
		name: letter,
		latex: letter,
		type: "count",
		dims: [],
		labels: null,
		role: "parameter",
		line: 0,
	};
	const body = scope.passage.knowing([counter], () => scope.read(s.body));
	// No sheet can name this variable, so that a letter which counts here may be an index elsewhere.
	const variable = `${letter}#`;
	scope.passage.addSymbol({ ...counter, name: variable });
	const k: Expr = { kind: "symbol", name: variable, indices: [], shape: [] };
	const shifted = replaceSymbols(body, (x) =>
		x.name === letter ? add(k, num(from)) : x,
	);
	const isWithin: Expr | null =
		upper === "infinity"
			? null
			: {
					kind: "indicator",
					comparison: "≤",
					left: from === 0 ? k : add(k, num(from)),
					right: upper,
				};
	return {
		kind: "integral",
		variable,
		plates: [],
		only: null,
		except: null,
		domain: { kind: "counts", upTo: null },
		body: isWithin ? mul(isWithin, shifted) : shifted,
	};
}

/** An upper bound that is no size: infinity, or a count that is given by a symbol, perhaps with a number added or taken away. */
function lastOf(scope: Scope, s: Surface): Expr | "infinity" | null {
	if (s.kind === "name" && s.name === "infty") return "infinity";
	if (s.kind === "sum") return shiftedCount(scope, s);
	return countOf(scope, s);
}

/** `n - 1` */
function shiftedCount(scope: Scope, { terms }: SurfaceSum): Expr | null {
	const [first, second, ...more] = terms;
	if (!first || !second || more.length > 0 || first.sign < 0) return null;
	const count = countOf(scope, first.term);
	const isNumber =
		second.term.kind === "number" && /^\d+$/.test(second.term.text);
	if (!count || !isNumber || second.term.kind !== "number") return null;
	return add(count, num(second.sign * Number(second.term.text)));
}

function countOf(scope: Scope, s: Surface): Expr | null {
	if (s.kind !== "name" || !isPlainName(s)) return null;
	const info = scope.passage.symbol(keyOf(s));
	return info?.type === "count" && info.dims.length === 0
		? { kind: "symbol", name: info.name, indices: [], shape: [] }
		: null;
}
