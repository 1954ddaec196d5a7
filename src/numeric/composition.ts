import Fraction from "fraction.js";
import type { Expr, Factor } from "../expr/tree.js";
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
		matrix: (entry) => ruleOf(to, factor, entry),
		sum: big(to, "sum"),
		product: big(to, "product"),
	};
}

/** F v for a tree c M or (c M)⁻¹ with a composed matrix M: √c times that of M, or 1/√c times that of its inverse. */
function rootOf(
	to: Lowering,
	e: Expr,
	scope: Scope,
): ComposedMatrix["root"] | null {
	const factors = e.kind === "mul" ? e.factors : [e];
	const inverse = factors.find((f) => f.kind === "inverse");
	const found = to.multipleOfRandom(inverse?.of ?? e, scope);
	if (!found) return null;
	const powers = (numbers: readonly Scalar[], exponent: Scalar) =>
		numbers.map((base): Scalar => ({ op: "pow", base, exponent }));
	const outside = to.numbers(
		inverse ? factors.filter((f) => f !== inverse) : [],
		scope,
	);
	const scales = inverse
		? [...powers(outside, half), ...powers(found.by, minusHalf)]
		: powers(found.by, half);
	const root = inverse ? found.of.inverseRoot : found.of.root;
	return (row, v) => ({ op: "mul", factors: [...scales, root(row, v)] });
}

function big(to: Lowering, op: "sum" | "product"): Parts["sum"] {
	return (lower, upper, body) => {
		const slot = to.newSlot();
		return { op, slot, lower, upper, except: [], body: body(slotNode(slot)) };
	};
}

function ruleOf(
	to: Lowering,
	{ shape }: Factor,
	entry: (row: Scalar, column: Scalar) => Scalar,
): EntryRule {
	const [rowSlot, columnSlot] = [to.newSlot(), to.newSlot()];
	return {
		rows: shape[0] ?? 1,
		columns: shape[0] ?? 1,
		rowSlot,
		columnSlot,
		entry: entry(slotNode(rowSlot), slotNode(columnSlot)),
	};
}

/** The matrix that a symbol stands for where its innermost binder composes it for sure; else null. */
export function composedMatrix(
	binders: readonly Binder[],
	plates: readonly Scalar[],
): ComposedMatrix | null {
	const [binder] = binders;
	if (!binder?.composition || !covers(binder, plates)) return null;
	return binder.composition(plates).matrix;
}

/** The value of a symbol some of whose binders compose it: that of the innermost one that covers the instance. */
export function composedEntry(
	node: ValueNode,
	binders: readonly Binder[] = node.binders,
): Scalar {
	const [binder, ...outer] = binders;
	if (!binder || !binders.some((b) => b.composition))
		return { ...node, binders };
	const plates = node.at.slice(0, binder.plates.length);
	const [row = one, column = one] = node.at.slice(binder.plates.length);
	const own: Scalar = binder.composition
		? binder.composition(plates).entry(row, column)
		: { ...node, binders: [binder] };
	if (covers(binder, plates)) return own;
	const other = composedEntry(node, outer);
	const isSpecial = matches(binder, plates);
	const [special, rest] = binder.only ? [own, other] : [other, own];
	return {
		op: "add",
		terms: [
			{ op: "mul", factors: [isSpecial, special] },
			{ op: "mul", factors: [isNought(isSpecial), rest] },
		],
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
const minusHalf: Scalar = { op: "number", value: new Fraction(-1, 2) };

function isSame(a: Scalar, b: Scalar | undefined): boolean {
	if (a === b) return true;
	if (a.op === "slot" && b?.op === "slot") return a.slot === b.slot;
	return a.op === "number" && b?.op === "number" && a.value.equals(b.value);
}
