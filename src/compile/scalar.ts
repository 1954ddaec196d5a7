import Fraction from "fraction.js";
import type { ValueType } from "../expr/context.js";
import type { Dim, FunctionName } from "../expr/tree.js";

/**
 * What a formula computes, one number at a time: vectors and matrices are gone, only their components are left.
 * Indices and subscripts count from 1, as in the sheet; a target shifts them.
 */
export type Scalar =
	| NumberScalar
	| { readonly kind: "named"; readonly name: "pi" | "eulerGamma" | "infinity" }
	| { readonly kind: "size"; readonly name: string }
	| IndexScalar
	| ReadScalar
	| LocalScalar
	| { readonly kind: "add"; readonly terms: readonly Scalar[] }
	| MulScalar
	| {
			readonly kind: "power";
			readonly base: Scalar;
			readonly exponent: Scalar;
	  }
	| {
			readonly kind: "call";
			readonly fn: FunctionName;
			readonly argument: Scalar;
	  }
	| FoldScalar
	| WhenScalar
	| InverseScalar
	| LogDeterminantScalar;

export interface NumberScalar {
	readonly kind: "number";
	readonly value: Fraction;
}

export interface MulScalar {
	readonly kind: "mul";
	readonly factors: readonly Scalar[];
}

/** A loop's index, used as a subscript or as a number. */
export interface IndexScalar {
	readonly kind: "index";
	readonly name: string;
	readonly size: Dim;
}

/** One element of an array of the state; without subscripts a number of the state. */
export interface ReadScalar {
	readonly kind: "read";
	readonly array: string;
	readonly at: readonly Scalar[];
	readonly type: ValueType;
}

/** A value that scheduling has computed and named. */
export interface LocalScalar {
	readonly kind: "local";
	readonly name: string;
}

/** Σ or Π over an index from `lower` to `upper` without the values `except`. */
export interface FoldScalar {
	readonly kind: "fold";
	readonly op: "+" | "*";
	readonly index: string;
	readonly size: Dim;
	readonly lower: Scalar;
	readonly upper: Scalar;
	readonly except: readonly Scalar[];
	readonly body: Scalar;
}

export type Comparison = "=" | "≠" | "<" | "≤";

/** `body` where the comparison holds, else 0. `body` need not be defined elsewhere. */
export interface WhenScalar {
	readonly kind: "when";
	readonly comparison: Comparison;
	readonly left: Scalar;
	readonly right: Scalar;
	readonly body: Scalar;
}

/** A symmetric positive definite matrix by its entries: `entry` at the indices `row` and `column`, which it binds. */
export interface Matrix {
	readonly size: Dim;
	readonly row: string;
	readonly column: string;
	readonly entry: Scalar;
}

/** An entry of a matrix' inverse; without subscripts the whole of it. */
export interface InverseScalar {
	readonly kind: "inverse";
	readonly of: Matrix;
	readonly at: readonly Scalar[];
}

export interface LogDeterminantScalar {
	readonly kind: "logdet";
	readonly of: Matrix;
}

export function number(value: number | string | Fraction): NumberScalar {
	return {
		kind: "number",
		value: value instanceof Fraction ? value : new Fraction(value),
	};
}

export const zero = number(0);
export const one = number(1);

export function isNumber(s: Scalar): s is NumberScalar {
	return s.kind === "number";
}

/** Whether it is that very number. */
export function isValue(s: Scalar, value: number): boolean {
	return s.kind === "number" && s.value.equals(value);
}

/** Whether it is an element of that array. */
export function isRead(s: Scalar, array: string): s is ReadScalar {
	return s.kind === "read" && s.array === array;
}

export function sizeOf(dim: Dim): Scalar {
	return typeof dim === "number" ? number(dim) : { kind: "size", name: dim };
}

/** Whether a matrix has to be factorised for it. */
export function isOfMatrix(
	s: Scalar,
): s is InverseScalar | LogDeterminantScalar {
	return s.kind === "inverse" || s.kind === "logdet";
}

/** The direct parts of a value, in reading order. */
export function parts(s: Scalar): readonly Scalar[] {
	switch (s.kind) {
		case "read":
			return s.at;
		case "add":
			return s.terms;
		case "mul":
			return s.factors;
		case "power":
			return [s.base, s.exponent];
		case "call":
			return [s.argument];
		case "fold":
			return [s.lower, s.upper, ...s.except, s.body];
		case "when":
			return [s.left, s.right, s.body];
		case "inverse":
			return [s.of.entry, ...s.at];
		case "logdet":
			return [s.of.entry];
		default:
			return [];
	}
}

/** The value with `f` applied to each direct part, as it stands: nothing is simplified. */
export function mapParts(s: Scalar, f: (part: Scalar) => Scalar): Scalar {
	switch (s.kind) {
		case "read":
			return s.at.length === 0 ? s : { ...s, at: s.at.map(f) };
		case "add":
			return { ...s, terms: s.terms.map(f) };
		case "mul":
			return { ...s, factors: s.factors.map(f) };
		case "power":
			return { ...s, base: f(s.base), exponent: f(s.exponent) };
		case "call":
			return { ...s, argument: f(s.argument) };
		case "fold":
			return {
				...s,
				lower: f(s.lower),
				upper: f(s.upper),
				except: s.except.map(f),
				body: f(s.body),
			};
		case "when":
			return { ...s, left: f(s.left), right: f(s.right), body: f(s.body) };
		case "inverse":
			return { ...s, of: { ...s.of, entry: f(s.of.entry) }, at: s.at.map(f) };
		case "logdet":
			return { ...s, of: { ...s.of, entry: f(s.of.entry) } };
		default:
			return s;
	}
}

/** Whether the value or any part of it satisfies the test. */
export function someScalar(
	s: Scalar,
	test: (part: Scalar) => boolean,
): boolean {
	return test(s) || parts(s).some((part) => someScalar(part, test));
}

/** Names of the arrays and numbers of the state that a value reads. */
export function arraysRead(s: Scalar): Set<string> {
	const found = new Set<string>();
	someScalar(s, (part) => {
		if (part.kind === "read") found.add(part.array);
		return false;
	});
	return found;
}

/** The indices that a value mentions and does not bind itself, by name, in the order of their first mention. */
export function freeIndices(s: Scalar): Map<string, IndexScalar> {
	const free = new Map<string, IndexScalar>();
	collectFree(s, new Set(), free);
	return free;
}

function collectFree(
	s: Scalar,
	bound: ReadonlySet<string>,
	free: Map<string, IndexScalar>,
): void {
	if (s.kind === "index") {
		if (!bound.has(s.name) && !free.has(s.name)) free.set(s.name, s);
		return;
	}
	if (isOfMatrix(s)) {
		const { entry, row, column } = s.of;
		collectFree(entry, new Set(bound).add(row).add(column), free);
		if (s.kind === "inverse")
			for (const part of s.at) collectFree(part, bound, free);
		return;
	}
	if (s.kind !== "fold") {
		for (const part of parts(s)) collectFree(part, bound, free);
		return;
	}
	for (const part of [s.lower, s.upper, ...s.except])
		collectFree(part, bound, free);
	collectFree(s.body, new Set(bound).add(s.index), free);
}

/** Replaces free indices. Bound names are unique in a kernel (lowering makes them so), hence nothing is captured. */
export function replaceIndices(
	s: Scalar,
	replacement: ReadonlyMap<string, Scalar>,
): Scalar {
	if (s.kind === "index") return replacement.get(s.name) ?? s;
	if (s.kind === "fold" && replacement.has(s.index)) {
		const inner = new Map(replacement);
		inner.delete(s.index);
		return replaceIndices(s, inner);
	}
	if (isOfMatrix(s)) {
		const inner = new Map(replacement);
		inner.delete(s.of.row);
		inner.delete(s.of.column);
		const of = { ...s.of, entry: replaceIndices(s.of.entry, inner) };
		return s.kind === "logdet"
			? { ...s, of }
			: { ...s, of, at: s.at.map((a) => replaceIndices(a, replacement)) };
	}
	return mapParts(s, (part) => replaceIndices(part, replacement));
}

/** Whether sum or product runs over the whole size: from 1, with nothing left out. */
export function isFullRange(fold: FoldScalar): boolean {
	const wholeSize = sizeOf(fold.size);
	return (
		isValue(fold.lower, 1) &&
		fold.except.length === 0 &&
		keyOf(fold.upper) === keyOf(wholeSize)
	);
}

/** A text that two values share exactly if they are the same up to the names of bound indices. */
export function keyOf(
	s: Scalar,
	bound: ReadonlyMap<string, string> = new Map(),
): string {
	switch (s.kind) {
		case "number":
			return s.value.toFraction();
		case "named":
		case "local":
			return `${s.kind}:${s.name}`;
		case "size":
			return `|${s.name}|`;
		case "index":
			return bound.get(s.name) ?? `#${s.name}`;
		case "fold":
			return foldKey(s, bound);
		case "inverse":
		case "logdet": {
			const at = s.kind === "inverse" ? s.at.map((a) => keyOf(a, bound)) : [];
			return `${s.kind}${s.of.size}(${matrixKey(s.of, bound)})[${at.join(",")}]`;
		}
		default: {
			const inner = parts(s).map((part) => keyOf(part, bound));
			return `${label(s)}(${inner.join(",")})`;
		}
	}
}

function label(s: Scalar): string {
	switch (s.kind) {
		case "read":
			return s.array;
		case "call":
			return s.fn;
		case "when":
			return `when${s.comparison}`;
		default:
			return s.kind;
	}
}

function foldKey(s: FoldScalar, bound: ReadonlyMap<string, string>): string {
	const inside = new Map(bound).set(s.index, `@${bound.size}`);
	const range = [s.lower, s.upper, ...s.except].map((p) => keyOf(p, bound));
	return `fold${s.op}${s.size}[${range.join(",")}](${keyOf(s.body, inside)})`;
}

function matrixKey(
	{ row, column, entry }: Matrix,
	bound: ReadonlyMap<string, string>,
): string {
	const inside = new Map(bound)
		.set(row, `@${bound.size}r`)
		.set(column, `@${bound.size}c`);
	return keyOf(entry, inside);
}
