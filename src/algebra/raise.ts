import {
	add,
	apply,
	determinant,
	entry,
	index,
	mul,
	num,
	pi,
	pow,
	product,
	size,
	sum,
	symbol,
} from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Dim, Expr, FunctionName } from "../expr/tree.js";
import { NoNormalForm } from "./environment.js";
import {
	type Atom,
	type BoundIndex,
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
	type Term,
} from "./form.js";
import { baseOf, type Ix, renameIx, shiftOf } from "./ix.js";
import { isTable } from "./tables.js";

/** How forms are written. */
export interface Raising {
	readonly context: Context;
	/** Whether entries of inverses, and determinants, are written of matrices that are spelled out entry by entry. */
	readonly spellsMatrices?: boolean;
}

/**
 * A form as a tree again: Σ over indices named after their sizes (`n` for N), then the factors. For the compiler and for
 * the repairs; entries of vectors come out with all their subscripts.
 * @throws NoNormalForm for atoms that no tree of numbers stands for
 */
export function raise(
	env: Raising,
	form: Form,
	naming: ReadonlyMap<string, Ix> = new Map(),
): Expr {
	const terms = [...form.terms.values()].map((t) => raiseTerm(env, t, naming));
	return terms.length === 0 ? num(0) : add(...terms);
}

/** Stands for the component of a vector that is put together again. */
const component = "•";

/**
 * A column as a tree, from the form of its entry at `row`.
 * @throws NoNormalForm as `raise`
 */
export function raiseVector(env: Raising, form: Form, row: Ix): Expr {
	return raise(env, form, new Map([[row, component]]));
}

function raiseTerm(
	env: Raising,
	term: Term,
	outer: ReadonlyMap<string, Ix>,
): Expr {
	const naming = named(env, term.bound, outer);
	const scaled = (factors: readonly Factor[]) =>
		mul(...factors.map((f) => raiseFactor(env, f, naming)));
	const bound = new Set(term.bound.map((b) => b.name));
	const free = term.factors.filter(
		(f) => ![...f.atom.variables].some((v) => bound.has(v)),
	);
	const inside = term.factors.filter((f) => !free.includes(f));
	const sums = term.bound.reduceRight<Expr>(
		(body, b) => sum(naming.get(b.name) as string, b.range, body),
		scaled(inside),
	);
	return mul(
		num(term.coefficient),
		scaled(free),
		term.bound.length > 0 ? sums : num(1),
	);
}

function named(
	env: Raising,
	bound: readonly BoundIndex[],
	outer: ReadonlyMap<string, Ix>,
): Map<string, Ix> {
	const naming = new Map(outer);
	const taken = new Set([
		...outer.values(),
		...env.context.ranges.keys(),
		...env.context.symbols.keys(),
		...env.context.sizes,
	]);
	for (const b of bound) {
		const base =
			typeof b.range === "string"
				? b.range.toLowerCase().replace(/[^a-z]/g, "") || "n"
				: "n";
		const letters = [
			base,
			`${base}1`,
			`${base}2`,
			`${base}3`,
			`${base}4`,
			`${base}5`,
		];
		const name = letters.find((l) => !taken.has(l)) ?? `${base}${taken.size}`;
		taken.add(name);
		naming.set(b.name, name);
	}
	return naming;
}

function raiseFactor(
	env: Raising,
	f: Factor,
	naming: ReadonlyMap<string, Ix>,
): Expr {
	const base = raiseAtom(env, f.atom, naming);
	return pow(base, num(f.exponent));
}

function raiseAtom(
	env: Raising,
	atom: Atom,
	naming: ReadonlyMap<string, Ix>,
): Expr {
	const at = (ix: Ix) => raiseIndex(env, renameIx(ix, naming));
	switch (atom.kind) {
		case "symbol":
			if (isTable(atom.name)) throw new NoNormalForm("an unnamed density");
			return raiseSymbol(
				env,
				atom.name,
				atom.ix.map((ix) => renameIx(ix, naming)),
			);
		case "hot": {
			const label = symbol(atom.name, atom.ix.slice(0, -1).map(at));
			return {
				kind: "indicator",
				comparison: "=",
				left: label,
				right: at(atom.ix.at(-1) as Ix),
			};
		}
		case "size":
			return size(atom.name);
		case "constant":
			return atom.name === "pi" ? pi : { kind: "constant", name: "eulerGamma" };
		case "prime":
			return num(atom.value);
		case "ix":
			return at(atom.at);
		case "delta":
			return {
				kind: "indicator",
				comparison: "=",
				left: at(atom.a),
				right: at(atom.b),
			};
		case "function":
			return apply(
				atom.name as FunctionName,
				raise(env, atom.argument, naming),
			);
		case "poly":
			return raise(env, atom.form, naming);
		case "power":
			return pow(
				raise(env, atom.base, naming),
				raise(env, atom.exponentForm, naming),
			);
		case "product":
		case "maximum": {
			const { kind, range } = atom;
			const inner = named(env, [{ name: atom.index, range }], naming);
			const index = inner.get(atom.index) as string;
			const body = raise(env, atom.body, inner);
			return kind === "product"
				? product(index, range, body)
				: { kind, index, range, body };
		}
		case "inverse": {
			const of = raiseMatrix(env, atom.matrix, atom.size, naming);
			return entry({ kind: "inverse", of }, at(atom.row), at(atom.column));
		}
		case "determinant":
			return determinant(raiseMatrix(env, atom.matrix, atom.size, naming));
		default:
			throw new NoNormalForm(`an atom of kind ${atom.kind} has no tree`);
	}
}

/** A matrix from the form of its entries, as a column of columns. */
function raiseMatrix(
	env: Raising,
	form: Form,
	size: Dim,
	naming: ReadonlyMap<string, Ix>,
): Expr {
	if (!env.spellsMatrices) throw new NoNormalForm("a matrix has no tree");
	const axes = [rowSlot, columnSlot].map((name) => ({ name, range: size }));
	const inner = named(env, axes, naming);
	return axes.reduceRight<Expr>(
		(body, { name }) => ({
			kind: "tabulate",
			index: inner.get(name) as string,
			size,
			body,
		}),
		raise(env, form, inner),
	);
}

function raiseSymbol(env: Raising, name: string, ix: readonly Ix[]): Expr {
	const dims = env.context.symbols.get(name)?.dims ?? [];
	const isVector = ix.at(-1) === component;
	const at = (isVector ? ix.slice(0, -1) : ix).slice(0, dims.length);
	const shape = isVector ? dims.slice(-1) : [];
	return symbol(
		name,
		at.map((x) => raiseIndex(env, x)),
		shape,
	);
}

function raiseIndex(env: Raising, ix: Ix): Expr {
	const base = baseOf(ix);
	const shift = shiftOf(ix);
	if (base === "") return num(shift);
	const name = env.context.sizes.has(base) ? size(base) : index(base);
	return shift === 0 ? name : add(name, num(shift));
}
