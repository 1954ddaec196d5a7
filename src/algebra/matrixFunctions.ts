import Fraction from "fraction.js";
import type { Dim } from "../expr/tree.js";
import {
	deltaAtom,
	determinantAtom,
	inverseAtom,
	sizeAtom,
	variablesOf,
} from "./atoms.js";
import { splitContent } from "./content.js";
import { isDefinite } from "./definite.js";
import { type Environment, freshIndex, NoNormalForm } from "./environment.js";
import {
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
	type Term,
} from "./form.js";
import type { Ix } from "./ix.js";
import {
	atomForm,
	entryOf,
	minus,
	open,
	plus,
	product,
	rational,
	singleTerm,
	soleAtom,
	substitute,
	sumOver,
	times,
	timesAll,
	unit,
} from "./ring.js";

/** Inverses and determinants of matrix forms, whose (@r, @c) entry they are given by. */

/** f where the matrix is f δ_rc, else null. */
function diagonalPart(env: Environment, matrix: Form): Form | null {
	const parts: Form[] = [];
	for (const t of matrix.terms.values()) {
		const isDelta = (f: Factor) =>
			f.atom.kind === "delta" &&
			[f.atom.a, f.atom.b].includes(rowSlot) &&
			[f.atom.a, f.atom.b].includes(columnSlot);
		const delta = t.factors.find(isDelta);
		if (!delta) return null;
		parts.push(
			product(
				env,
				t.coefficient,
				t.factors.filter((f) => f !== delta),
				t.bound,
			),
		);
	}
	return substitute(env, plus(...parts), new Map([[columnSlot, rowSlot]]));
}

/** Entry of the inverse: of f I it is f⁻¹ δ, of c A it is c⁻¹ A⁻¹, of A⁻¹ it is A, of A B it is B⁻¹ A⁻¹. */
export function inverseEntry(
	env: Environment,
	matrix: Form,
	row: Ix,
	column: Ix,
	size: Dim,
): Form {
	if (matrix.terms.size === 0)
		throw new NoNormalForm("the inverse of a zero matrix");
	const diagonal = diagonalPart(env, matrix);
	if (diagonal) {
		const inverted = env.functions.power(
			env,
			substitute(env, diagonal, new Map([[rowSlot, row]])),
			new Fraction(-1),
		);
		const delta = atomForm(env, deltaAtom(row, column));
		return times(env, inverted, delta);
	}
	const { content, primitive } = splitScalar(env, matrix);
	return times(
		env,
		env.functions.power(env, content, new Fraction(-1)),
		inverseOfPrimitive(env, primitive, row, column, size),
	);
}

function inverseOfPrimitive(
	env: Environment,
	matrix: Form,
	row: Ix,
	column: Ix,
	size: Dim,
): Form {
	const inner = soleAtom(matrix);
	if (inner?.kind === "inverse") {
		const [r, c] = inner.row === rowSlot ? [row, column] : [column, row];
		return entryOf(env, inner.matrix, r, c);
	}
	const factors = matrixFactors(env, matrix, size);
	if (factors) {
		env.rules.add("(A B)⁻¹ = B⁻¹ A⁻¹");
		const e = freshIndex(env, size);
		const [a, b] = factors;
		const both = times(
			env,
			inverseEntry(env, b, row, e, size),
			inverseEntry(env, a, e, column, size),
		);
		return sumOver(env, both, e, size);
	}
	const turned = entryOf(env, matrix, columnSlot, rowSlot);
	const symmetric = turned.key === matrix.key;
	return turned.key < matrix.key
		? atomForm(env, inverseAtom(turned, column, row, symmetric, size))
		: atomForm(env, inverseAtom(matrix, row, column, symmetric, size));
}

/** A matrix form as a number times a primitive matrix. */
function splitScalar(
	env: Environment,
	matrix: Form,
): { content: Form; primitive: Form } {
	const split = splitContent(env, matrix, false);
	const slots = variablesOf(split.content);
	if (!slots.has(rowSlot) && !slots.has(columnSlot)) return split;
	const only = singleTerm(split.content);
	if (!only || only.bound.length > 0)
		return { content: unit, primitive: matrix };
	const isEntry = ({ atom }: Factor) =>
		atom.variables.has(rowSlot) || atom.variables.has(columnSlot);
	const entries = only.factors.filter(isEntry);
	const scalars = only.factors.filter((f) => !isEntry(f));
	const content = product(env, only.coefficient, scalars, []);
	const entry = product(env, new Fraction(1), entries, []);
	const others = variablesOf(split.primitive);
	return others.has(rowSlot) || others.has(columnSlot)
		? { content, primitive: times(env, entry, split.primitive) }
		: { content: times(env, content, split.primitive), primitive: entry };
}

/** A and B where the matrix is the product A B of two square matrices: one term whose factors hang together over one index. */
function matrixFactors(
	env: Environment,
	matrix: Form,
	size: Dim,
): readonly [Form, Form] | null {
	const only = singleTerm(matrix);
	if (!only) return null;
	const opened = open(env, only);
	for (const through of opened.bound) {
		if (through.range !== size) continue;
		const others = opened.bound.filter((b) => b !== through);
		const left = connected(opened.factors, rowSlot, through.name);
		const right = opened.factors.filter((f) => !left.includes(f));
		const isApart =
			right.some((f) => f.atom.variables.has(columnSlot)) &&
			left.some((f) => f.atom.variables.has(through.name)) &&
			right.some((f) => f.atom.variables.has(through.name)) &&
			!left.some((f) => f.atom.variables.has(columnSlot)) &&
			!right.some((f) => f.atom.variables.has(rowSlot)) &&
			[...left, ...right].every((f) =>
				isMatrixPart(f, opened.bound, through.name),
			);
		if (!isApart) continue;
		const part = (factors: readonly Factor[], slot: Ix): Form => {
			const own = others.filter((b) =>
				factors.some((f) => f.atom.variables.has(b.name)),
			);
			const form = product(env, new Fraction(1), factors, own);
			return substitute(env, form, new Map([[through.name, slot]]));
		};
		const a = part(left, columnSlot);
		const b = part(right, rowSlot);
		return [times(env, rational(opened.coefficient), a), b];
	}
	return null;
}

function isMatrixPart(
	{ atom }: Factor,
	bound: readonly { readonly name: string }[],
	through: string,
): boolean {
	return (
		atom.variables.has(rowSlot) ||
		atom.variables.has(columnSlot) ||
		atom.variables.has(through) ||
		bound.some((b) => atom.variables.has(b.name))
	);
}

/** Factors that reach a slot over indices other than the one that is cut. */
function connected(
	factors: readonly Factor[],
	slot: string,
	cut: string,
): readonly Factor[] {
	const reached = new Set([slot]);
	const found = new Set<Factor>();
	for (let grew = true; grew; ) {
		grew = false;
		for (const f of factors) {
			if (found.has(f)) continue;
			if (![...f.atom.variables].some((v) => reached.has(v))) continue;
			found.add(f);
			grew = true;
			for (const v of f.atom.variables)
				if (v !== cut && v !== columnSlot && v !== rowSlot && /^[~$]/.test(v))
					reached.add(v);
		}
	}
	return [...found];
}

/** |f I_D| = f^D, |c A| = c^D |A|, |A⁻¹| = |A|⁻¹, |A B| = |A| |B|, |A + u vᵀ| = |A| (1 + vᵀ A⁻¹ u). */
export function determinant(
	env: Environment,
	matrix: Form,
	size: Dim,
	positive: boolean,
): Form {
	const order =
		typeof size === "number" ? rational(size) : atomForm(env, sizeAtom(size));
	const diagonal = diagonalPart(env, matrix);
	if (diagonal) return env.functions.bigProduct(env, rowSlot, size, diagonal);
	const { content, primitive } = splitScalar(env, matrix);
	return times(
		env,
		env.functions.symbolicPower(env, content, order),
		determinantOfPrimitive(env, primitive, size, positive),
	);
}

function determinantOfPrimitive(
	env: Environment,
	matrix: Form,
	size: Dim,
	positive: boolean,
): Form {
	const inner = soleAtom(matrix);
	if (inner?.kind === "inverse")
		return env.functions.power(
			env,
			determinant(env, inner.matrix, size, positive),
			new Fraction(-1),
		);
	const factors = matrixFactors(env, matrix, size);
	if (factors) {
		env.rules.add("|A B| = |A| |B|");
		const [a, b] = factors.map((f) =>
			determinant(env, f, size, isDefinite(env, f)),
		);
		return times(env, a as Form, b as Form);
	}
	const lemma = determinantLemma(env, matrix, size);
	if (lemma) return lemma;
	const turned = entryOf(env, matrix, columnSlot, rowSlot);
	const canonical = turned.key < matrix.key ? turned : matrix;
	const isPositive = positive || isDefinite(env, canonical);
	return atomForm(env, determinantAtom(canonical, size, isPositive));
}

/** The matrix determinant lemma, for a definite A. Harville (1997), Matrix Algebra, theorem 18.1.1. */
function determinantLemma(
	env: Environment,
	matrix: Form,
	size: Dim,
): Form | null {
	for (const term of matrix.terms.values()) {
		const outer = outerProduct(env, term);
		if (!outer) continue;
		const rest = minus(matrix, outer.whole);
		if (!isDefinite(env, rest)) continue;
		env.rules.add("matrix determinant lemma");
		const [r, c] = [freshIndex(env, size), freshIndex(env, size)];
		const quadratic = timesAll(env, [
			outer.scalar,
			substitute(env, outer.column, new Map([[columnSlot, r]])),
			inverseEntry(env, rest, r, c, size),
			substitute(env, outer.row, new Map([[rowSlot, c]])),
		]);
		const sum = sumOver(env, sumOver(env, quadratic, r, size), c, size);
		return times(env, determinant(env, rest, size, true), plus(unit, sum));
	}
	return null;
}

/** u, v and a where a term is a u_r v_c and binds nothing. */
function outerProduct(
	env: Environment,
	term: Term,
): { whole: Form; scalar: Form; row: Form; column: Form } | null {
	if (term.bound.length > 0) return null;
	const has = (f: Factor, slot: string) => f.atom.variables.has(slot);
	const row = term.factors.filter((f) => has(f, rowSlot));
	const column = term.factors.filter((f) => has(f, columnSlot));
	if (row.length === 0 || column.length === 0) return null;
	if (row.some((f) => column.includes(f))) return null;
	const rest = term.factors.filter(
		(f) => !row.includes(f) && !column.includes(f),
	);
	const form = (factors: readonly Factor[]) =>
		product(env, new Fraction(1), factors, []);
	return {
		whole: product(env, term.coefficient, term.factors, []),
		scalar: product(env, term.coefficient, rest, []),
		row: form(row),
		column: form(column),
	};
}
