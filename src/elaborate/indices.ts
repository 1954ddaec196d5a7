import { add, index, mul, neg, num, symbol } from "../expr/build.js";
import type { SymbolInfo } from "../expr/context.js";
import type { Dim, Expr } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";

/** Subscripts: indices, numbers, sizes, labels, and sums of these; and how each fits the axis that it runs along. */

/**
 * The index that a surface means: `i`, `n-1`, `N`, `c_i`, `k'`.
 * @throws Problem for anything that is no index.
 */
export function readIndex(scope: Scope, s: Surface): Expr {
	switch (s.kind) {
		case "number":
			if (/^\d+$/.test(s.text)) return num(s.text);
			break;
		case "name":
			return readIndexName(scope, s);
		case "primed":
			if (s.of.kind === "name")
				return readLetter(scope, keyOf(s.of) + "'".repeat(s.count));
			break;
		case "sum":
			return add(
				...s.terms.map(({ sign, term }) =>
					sign < 0 ? neg(readIndex(scope, term)) : readIndex(scope, term),
				),
			);
		case "product":
			return mul(...s.factors.map((f) => readIndex(scope, f)));
		default:
	}
	throw new Problem(
		"this is no index",
		s.span,
		"an index letter, a number, a size, or a label such as c_i",
	);
}

function readIndexName(scope: Scope, s: SurfaceName): Expr {
	const key = keyOf(s);
	const info = scope.passage.symbol(key);
	if (s.subscripts.length === 0 && (scope.bound(key) || isArray(info)))
		return readLetter(scope, key);
	if (info?.type === "label") return readLabel(scope, s, info);
	if (info?.type === "integer" || info?.type === "count") return scope.read(s);
	if (info)
		throw new Problem(
			`\`${latexOf(s)}\` is a symbol and no index`,
			s.span,
			"an index letter that is not a symbol of the sheet",
		);
	if (s.subscripts.length > 0)
		throw new Problem(
			`\`${latexOf(s)}\` is no label`,
			s.span,
			"a label such as c_i",
		);
	if (scope.passage.isSize(key)) return { kind: "size", name: key };
	if (s.style === "upright" && s.name.length > 1)
		throw new Problem(
			`the word \`${s.name}\` is no index`,
			s.span,
			"an index letter",
		);
	return readLetter(scope, key);
}

/** A whole array numbers nothing: in `x_n` beside counts `n_k` the n is an index letter. */
export function isArray(info: SymbolInfo | undefined): boolean {
	return info !== undefined && info.type !== "label" && info.dims.length > 0;
}

function readLetter(scope: Scope, key: string): Expr {
	return index(scope.bound(key)?.name ?? key);
}

/** A label with the subscripts of its plates. */
export function readLabel(
	scope: Scope,
	s: SurfaceName,
	info: SymbolInfo,
): Expr {
	const indices = s.subscripts
		.slice(0, info.dims.length)
		.map((sub) => readIndex(scope, sub));
	if (s.subscripts.length !== info.dims.length) throw wrongCount(s, info.dims);
	indices.forEach((at, i) => {
		fitAxis(scope, at, info.dims[i] as Dim, s.subscripts[i]?.span ?? s.span);
	});
	return symbol(info.name, indices, []);
}

export function wrongCount(s: SurfaceName, dims: readonly Dim[]): Problem {
	const expected =
		dims.length === 0 ? "no subscript" : `subscripts for [${dims.join(", ")}]`;
	return new Problem(
		`\`${latexOf(s)}\` has ${s.subscripts.length === 0 ? "no subscript" : `${s.subscripts.length} subscript${s.subscripts.length === 1 ? "" : "s"}`}`,
		s.span,
		expected,
	);
}

/**
 * Sees to it that an index fits an axis, and learns the range of an index from the axis.
 * @throws Problem if the index runs over something else.
 */
export function fitAxis(scope: Scope, at: Expr, dim: Dim, span: Span): void {
	switch (at.kind) {
		case "index":
			fitLetter(scope, at.name, dim, span);
			return;
		case "add":
		case "mul":
			for (const part of at.kind === "add" ? at.terms : at.factors)
				if (part.kind !== "num" && part.kind !== "size")
					fitAxis(scope, part, dim, span);
			return;
		case "num":
			if (
				at.value.compare(1) < 0 ||
				(typeof dim === "number" && at.value.compare(dim) > 0)
			)
				throw new Problem(
					`the subscript ${at.value.toFraction()} is out of range`,
					span,
					`1 … ${dim}`,
				);
			return;
		case "size":
			if (at.name !== dim) throw outOfPlace(at.name, at.name, dim, span);
			return;
		case "symbol": {
			const labels = scope.passage.symbol(at.name)?.labels;
			if (labels != null && labels !== dim)
				throw new Problem(
					`the label \`${at.name}\` runs over 1 … ${labels}, this axis over 1 … ${dim}`,
					span,
					"a label of that many values",
				);
			return;
		}
		default:
			throw new Problem(
				"this is no index",
				span,
				"an index letter, a number, a size, or a label such as c_i",
			);
	}
}

function fitLetter(scope: Scope, name: string, dim: Dim, span: Span): void {
	const binder = scope.boundAs(name);
	const known = binder ? binder.range : scope.passage.rangeOf(name);
	if (known === null) {
		if (binder) binder.range = dim;
		else scope.passage.setRange(name, dim);
		return;
	}
	if (known === dim) return;
	if (!binder?.bounded)
		throw outOfPlace(binder?.source ?? name, known, dim, span);
	// The bounds are written out and wrong for this axis: it is read as written, so that it can be refuted.
	scope.passage.note(
		`\`${binder.source}\` is summed to ${known} along an axis of size ${dim}`,
		span,
	);
	binder.range = dim;
}

function outOfPlace(name: string, known: Dim, dim: Dim, span: Span): Problem {
	return new Problem(
		`the index \`${name}\` runs over 1 … ${known} and stands where 1 … ${dim} is expected`,
		span,
		`an index that runs over 1 … ${dim}`,
	);
}
