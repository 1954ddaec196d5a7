import {
	add,
	apply,
	div,
	dot,
	matmul,
	mul,
	neg,
	num,
	pow,
	transpose,
} from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import type {
	Surface,
	SurfaceFraction,
	SurfacePower,
	SurfaceProduct,
	SurfaceSum,
} from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { squareOfBars } from "./bars.js";
import { withDots } from "./dottedTerms.js";
import { readEntry } from "./entry.js";
import { labelOf, select } from "./labels.js";
import { isPlainName } from "./names.js";
import type { Scope } from "./scope.js";
import {
	commonShape,
	conform,
	describe,
	extents,
	isScalar,
	isZero,
	mismatch,
	settle,
	unknownSize,
} from "./shapes.js";
import { readWhole } from "./symbols.js";

/** a + b − c of one shape. */
export function readSum(scope: Scope, s: SurfaceSum): Expr {
	if (s.terms.some((t) => t.plusMinus))
		throw new Problem("± stands for two formulas", s.span, "one sign");
	const written = s.terms.map((t) => t.term);
	const terms = withDots("sum", written, (term, i) => {
		const tree = scope.read(term);
		return (s.terms[i]?.sign ?? 1) < 0 ? neg(tree) : tree;
	});
	return addUp(terms, s.span);
}

/** The sum of trees of one shape. */
function addUp(terms: readonly Expr[], span: Span): Expr {
	const shape = commonShape(terms, span);
	return add(...terms.map((t) => conform(t, shape) ?? t));
}

/** A product, from the left; numbers scale, everything else is a matrix product. */
export function readProduct(scope: Scope, s: SurfaceProduct): Expr {
	const neighbours = s.factors.length > 1;
	const trees = withDots("product", s.factors, (f, i) =>
		neighbours && isBesideTranspose(s, i) ? readWhole(scope, f) : scope.read(f),
	);
	const isListed = trees.length !== s.factors.length;
	const dots = new Set(isListed ? [] : (s.dots ?? []));
	const scalars: Expr[] = [];
	let current: Expr | null = null;
	trees.forEach((tree, i) => {
		if (isScalar(tree)) scalars.push(tree);
		else
			current =
				current === null
					? tree
					: combine(
							current,
							tree,
							dots.has(i - 1),
							s.factors[i]?.span ?? s.span,
						);
		if (current !== null && isScalar(current)) {
			scalars.push(current);
			current = null;
		}
	});
	return mul(...scalars, ...(current === null ? [] : [current]));
}

/** Whether a bare name stands next to a transpose and so is a vector, even where its letter also is a constant. */
function isBesideTranspose(s: SurfaceProduct, i: number): boolean {
	return (
		s.factors[i - 1]?.kind === "transposed" ||
		s.factors[i + 1]?.kind === "transposed"
	);
}

/** The product of two trees that are no numbers. */
export function combine(
	left: Expr,
	right: Expr,
	dotted: boolean,
	span: Span,
): Expr {
	if (left.kind === "transpose") {
		const label = labelOf(left.of);
		if (label) return select(right, label);
	}
	const chosen = labelOf(right);
	if (chosen && left.kind === "transpose") return select(left.of, chosen);
	const [a, b] = [shapeOf(left), shapeOf(right)];
	if (dotted && a.length === 1 && b.length === 1)
		return checkedDot(left, right, span);
	const inner = extents(a)[1];
	const outer = extents(b)[0];
	const settledLeft = inner === unknownSize ? settle(left, outer) : left;
	const settledRight = outer === unknownSize ? settle(right, inner) : right;
	if (inner !== outer && inner !== unknownSize && outer !== unknownSize)
		throw new Problem(
			`shape mismatch: ${describe(a)} times ${describe(b)}`,
			span,
			a.length === 1 && b.length === 1
				? "a transpose: x^\\top y for a number, x y^\\top for a matrix"
				: "inner sizes that agree",
		);
	return matmul(settledLeft, settledRight);
}

function checkedDot(left: Expr, right: Expr, span: Span): Expr {
	const shape = commonShape([left, right], span);
	return dot(conform(left, shape) ?? left, conform(right, shape) ?? right);
}

export function readFraction(scope: Scope, s: SurfaceFraction): Expr {
	const numerator = scope.read(s.numerator);
	const denominator = scope.read(s.denominator);
	if (!isScalar(denominator))
		throw new Problem(
			`shape mismatch: division by ${describe(shapeOf(denominator))}`,
			s.denominator.span,
			"a number below; for a matrix its inverse",
		);
	if (s.noted) scope.passage.note(s.noted, s.span);
	return divide(numerator, denominator);
}

/** A quotient; of whole numbers the exact fraction. */
function divide(a: Expr, b: Expr): Expr {
	if (a.kind === "num" && b.kind === "num" && !isZero(b))
		return num(a.value.div(b.value));
	return div(a, b);
}

export function readPower(scope: Scope, s: SurfacePower): Expr {
	const { base, exponent } = s;
	if (isLetterT(exponent)) return powerOfT(scope, s);
	if (base.kind === "bars" && isTwo(exponent)) return squareOfBars(scope, base);
	if (isPlainName(base) && base.name === "e" && !scope.passage.symbol("e"))
		return apply("exp", scalar(scope, exponent));
	const tree = scope.read(base);
	if (!isScalar(tree))
		return raisedIndex(scope, tree, s) ?? powerOfMatrix(tree, exponent, s);
	if (isMinusOne(exponent)) checkEntry(scope, tree, s);
	return pow(tree, scalar(scope, exponent));
}

/** `\phi_{dn}^k`: an index above a column, which has no powers, numbers its entries; null for anything else. */
function raisedIndex(scope: Scope, of: Expr, s: SurfacePower): Expr | null {
	const { exponent } = s;
	const shape = shapeOf(of);
	if (shape.length !== 1 || !isPlainName(exponent)) return null;
	const { name } = exponent;
	const isIndex =
		scope.bound(name) !== null || scope.passage.rangeOf(name) === shape[0];
	if (!isIndex || scope.passage.symbol(name)) return null;
	scope.passage.note(
		`the index \`${name}\` above a vector was read as a subscript`,
		s.span,
	);
	return readEntry(scope, {
		kind: "entry",
		of: s.base,
		at: [exponent],
		span: s.span,
	});
}

/** A `T` above a vector or matrix transposes, whatever else T is; above a number it does if it is nothing else. */
function powerOfT(scope: Scope, s: SurfacePower): Expr {
	const tree = readWhole(scope, s.base);
	if (!isScalar(tree)) return readTransposed(scope, s.base);
	const isKnown = scope.passage.symbol("T") || scope.passage.isSize("T");
	return isKnown ? pow(tree, scalar(scope, s.exponent)) : tree;
}

/** `A^{-1}_{de}` may be the entry of an inverse or the reciprocal of an entry. */
function checkEntry(scope: Scope, base: Expr, s: SurfacePower): void {
	if (base.kind !== "symbol" || base.indices.length === 0) return;
	const type = scope.passage.symbol(base.name)?.type;
	if (type === "posdef" || type === "symmetric")
		throw new Problem(
			"the entry of an inverse, or the reciprocal of an entry?",
			s.span,
			"1/A_{de} for the reciprocal; e_d^\\top A^{-1} e_e for the entry",
		);
}

function scalar(scope: Scope, s: Surface): Expr {
	const tree = scope.read(s);
	if (!isScalar(tree))
		throw new Problem(
			`shape mismatch: ${describe(shapeOf(tree))} as an exponent`,
			s.span,
			"a number",
		);
	return tree;
}

function isLetterT(s: Surface): boolean {
	return isPlainName(s) && s.name === "T";
}

export function isTwo(s: Surface): boolean {
	return s.kind === "number" && s.text === "2";
}

function powerOfMatrix(base: Expr, exponent: Surface, s: SurfacePower): Expr {
	const [rows, columns] = extents(shapeOf(base));
	const isSquare = rows === columns && shapeOf(base).length === 2;
	const power = isSquare ? wholePower(exponent) : null;
	if (power) return repeated(base, power);
	throw new Problem(
		`shape mismatch: a power of ${describe(shapeOf(base))}`,
		s.span,
		isSquare
			? "the inverse ^{-1}, or a whole power"
			: "\\lVert x \\rVert^2 or x^\\top x for the square of a vector",
	);
}

/** Powers up to the fourth, and their inverses; null for other exponents, 0 among them. */
function wholePower(s: Surface): number | null {
	const only = s.kind === "sum" && s.terms.length === 1 ? s.terms[0] : null;
	const sign = only?.sign ?? 1;
	const number = only ? only.term : s;
	const value = number.kind === "number" ? sign * Number(number.text) : 0;
	return Number.isInteger(value) && value !== 0 && Math.abs(value) <= 4
		? value
		: null;
}

/** A^n as a product, A^{-n} as the product of inverses. */
function repeated(base: Expr, power: number): Expr {
	const factor: Expr = power < 0 ? { kind: "inverse", of: base } : base;
	let product = factor;
	for (let n = 1; n < Math.abs(power); n += 1)
		product = matmul(product, factor);
	return product;
}

export function isMinusOne(s: Surface): boolean {
	if (s.kind === "number") return s.text === "-1";
	const term = s.kind === "sum" && s.terms.length === 1 ? s.terms[0] : null;
	return (
		term?.sign === -1 && term.term.kind === "number" && term.term.text === "1"
	);
}

/** The transpose; a number is its own, and `(a, b)^\\top`, which turns a list along a line upright, the column. */
export function readTransposed(scope: Scope, of: Surface): Expr {
	if (of.kind === "tuple") return scope.read(of);
	const tree = readWhole(scope, of);
	return isScalar(tree) ? tree : transpose(tree);
}

/** A number from a tree that must be one. */
export function mustBeScalar(tree: Expr, span: Span): Expr {
	if (!isScalar(tree)) throw mismatch(shapeOf(tree), [], span);
	return tree;
}
