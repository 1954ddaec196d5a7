import Fraction from "fraction.js";
import type { Dim, Expr, Factor } from "../expr/tree.js";
import { type Lowering, one, type Scope, slotNode } from "./lowering.js";
import type { Parts } from "./measure.js";
import { compositionOf } from "./measures.js";
import type {
	Binder,
	Composed,
	ComposedMatrix,
	Composition,
	EntryRule,
	Scalar,
	ValueNode,
} from "./scalar.js";

/** Random vectors and matrices that are made of other numbers, wherever they are read. */

/** How the variable of a factor is made of what is drawn for it; null if it is drawn itself. */
export function composition(
	to: Lowering,
	factor: Factor,
	binder: Binder,
	inside: Scope,
): Composition | null {
	const compose = compositionOf(factor.distribution);
	if (!compose) return null;
	const at = (plates: readonly Scalar[]) =>
		compose(partsAt(to, factor, binder, inside, plates));
	const isComposed = at(factor.plates.map(() => one)) !== null;
	return isComposed ? (plates) => at(plates) as Composed : null;
}

function partsAt(
	to: Lowering,
	factor: Factor,
	binder: Binder,
	inside: Scope,
	plates: readonly Scalar[],
): Parts {
	const indices = new Map(inside.indices);
	factor.plates.forEach((p, i) => {
		indices.set(p.index, plates[i] as Scalar);
	});
	const scope = { ...inside, indices };
	const parameter = (name: string) => factor.parameters[name] as Expr;
	const axes = factor.shape.length;
	return {
		size: { op: "size", dim: factor.shape[0] ?? 1 },
		drawn: (...at) => ({
			op: "value",
			name: factor.variable,
			at: [...plates, ...at.slice(0, axes)],
			binders: [binder],
		}),
		parameter: (name) => (row, column) =>
			to.entry(parameter(name), row, column, scope),
		rootOf: (name) => rootOf(to, parameter(name), scope),
		matrix: (entry) => ruleOf(to, factor.shape[0] ?? 1, entry),
		sum: big(to, "sum"),
		product: big(to, "product"),
	};
}

/** F v for a tree c M with a composed matrix M: √c times that of M. */
function rootOf(
	to: Lowering,
	e: Expr,
	scope: Scope,
): ComposedMatrix["root"] | null {
	const found = to.multipleOfRandom(e, scope);
	if (!found) return null;
	const scales = found.by.map(
		(base): Scalar => ({ op: "pow", base, exponent: half }),
	);
	return (row, v) => ({
		op: "mul",
		factors: [...scales, found.of.root(row, v)],
	});
}

/** Σ or Π over whole numbers from the one to the other. */
export function big(to: Lowering, op: "sum" | "product"): Parts["sum"] {
	return (lower, upper, body) => {
		const slot = to.newSlot();
		return { op, slot, lower, upper, except: [], body: body(slotNode(slot)) };
	};
}

/** A square matrix by its entries. */
export function ruleOf(
	to: Lowering,
	dim: Dim,
	entry: (row: Scalar, column: Scalar) => Scalar,
): EntryRule {
	const [rowSlot, columnSlot] = [to.newSlot(), to.newSlot()];
	return {
		rows: dim,
		columns: dim,
		rowSlot,
		columnSlot,
		entry: entry(slotNode(rowSlot), slotNode(columnSlot)),
	};
}

/** What a symbol may stand for, by the binders that may cover the instance; the guards are 1 where it is that. */
interface Case {
	readonly guards: readonly Scalar[];
	readonly composed: Composed | null;
	readonly plain: ValueNode;
}

function casesOf(
	node: ValueNode,
	binders: readonly Binder[] = node.binders,
): readonly Case[] {
	const [binder, ...outer] = binders;
	if (!binder || !binders.some((b) => b.composition))
		return [{ guards: [], composed: null, plain: { ...node, binders } }];
	const plates = node.at.slice(0, binder.plates.length);
	const own: Case = {
		guards: [],
		composed: binder.composition?.(plates) ?? null,
		plain: { ...node, binders: [binder] },
	};
	if (covers(binder, plates)) return [own];
	const special = matches(binder, plates);
	const others = isNought(special);
	const [mine, theirs] = binder.only ? [special, others] : [others, special];
	return [
		{ ...own, guards: [mine] },
		...casesOf(node, outer).map((c) => ({
			...c,
			guards: [theirs, ...c.guards],
		})),
	];
}

function sumOf(cases: readonly Case[], value: (c: Case) => Scalar): Scalar {
	const [only, ...more] = cases;
	if (only && more.length === 0 && only.guards.length === 0) return value(only);
	const terms = cases.map(
		(c): Scalar => ({ op: "mul", factors: [...c.guards, value(c)] }),
	);
	return { op: "add", terms };
}

/** The value of a symbol some of whose binders compose it: that of the innermost one that covers the instance. */
export function composedEntry(node: ValueNode): Scalar {
	return sumOf(casesOf(node), ({ composed, plain }) => {
		const axes = node.binders[0]?.plates.length ?? 0;
		const [row = one, column = one] = node.at.slice(axes);
		return composed ? composed.entry(row, column) : plain;
	});
}

/** The matrix of a symbol, at its plate subscripts, if some binder composes it; else null. */
export function composedMatrix(
	to: Lowering,
	node: ValueNode,
	dim: Dim,
): ComposedMatrix | null {
	const cases = casesOf(node);
	if (!cases.some((c) => c.composed)) return null;
	const matrices = new Map(
		cases.map((c) => [
			c,
			(c.composed as ComposedMatrix) ?? plainMatrix(to, c.plain, dim),
		]),
	);
	const each = (f: (m: ComposedMatrix) => Scalar) =>
		sumOf(cases, (c) => f(matrices.get(c) as ComposedMatrix));
	return {
		entry: (row, column) => each((m) => m.entry(row, column)),
		inverse: (row, column) => each((m) => m.inverse(row, column)),
		logDeterminant: () => each((m) => m.logDeterminant()),
		determinant: (exponent) => each((m) => m.determinant(exponent)),
		root: (row, v) => each((m) => m.root(row, v)),
		inverseRoot: (row, v) => each((m) => m.inverseRoot(row, v)),
	};
}

/** A matrix that has its entries from a world, beside others that are composed. */
function plainMatrix(to: Lowering, node: ValueNode, dim: Dim): ComposedMatrix {
	const entry = (row: Scalar, column: Scalar): Scalar => ({
		...node,
		at: [...node.at, row, column],
	});
	const of = ruleOf(to, dim, entry);
	const entryOf =
		(op: "inverse" | "cholesky", rule: EntryRule) =>
		(row: Scalar, column: Scalar): Scalar => ({ op, of: rule, row, column });
	const inverse = entryOf("inverse", of);
	const determinant: Scalar = { op: "determinant", of, row: one, column: one };
	const times =
		(factor: (row: Scalar, column: Scalar) => Scalar) =>
		(row: Scalar, v: (at: Scalar) => Scalar): Scalar =>
			big(to, "sum")(one, row, (at) => ({
				op: "mul",
				factors: [factor(row, at), v(at)],
			}));
	return {
		entry,
		inverse,
		logDeterminant: () => ({ op: "apply", fn: "log", argument: determinant }),
		determinant: (exponent) => ({ op: "pow", base: determinant, exponent }),
		root: times(entryOf("cholesky", of)),
		inverseRoot: times(entryOf("cholesky", ruleOf(to, dim, inverse))),
	};
}

/** Whether a binder surely binds an instance: all are bound, or the one that is has the same subscripts. */
function covers({ only, except }: Binder, plates: readonly Scalar[]): boolean {
	if (except) return false;
	return only?.every((at, i) => isSame(at, plates[i])) ?? true;
}

/** 1 where the subscripts are those of the one instance bound, or left out. */
function matches({ only, except }: Binder, plates: readonly Scalar[]): Scalar {
	const factors = (only ?? except ?? []).map(
		(special, i): Scalar => ({
			op: "indicator",
			comparison: "=",
			left: special,
			right: plates[i] as Scalar,
		}),
	);
	return { op: "mul", factors };
}

function isNought(left: Scalar): Scalar {
	return { op: "indicator", comparison: "=", left, right: nought };
}

const nought: Scalar = { op: "number", value: new Fraction(0) };
const half: Scalar = { op: "number", value: new Fraction(1, 2) };

function isSame(a: Scalar, b: Scalar | undefined): boolean {
	if (a === b) return true;
	if (a.op === "slot" && b?.op === "slot") return a.slot === b.slot;
	return a.op === "number" && b?.op === "number" && a.value.equals(b.value);
}
