import Fraction from "fraction.js";
import type { Expr, Factor } from "../expr/tree.js";
import { type Lowering, type Scope, slotNode } from "./lowering.js";
import type { Parts } from "./measure.js";
import { compositionOf } from "./measures.js";
import type {
	Binder,
	ComposedMatrix,
	Composition,
	EntryRule,
	Scalar,
} from "./scalar.js";

/** Random matrices that are made of other numbers, wherever they are read. */

/** How the variable of a factor is made of what is drawn for it; null if it is drawn itself. */
export function composition(
	to: Lowering,
	factor: Factor,
	binder: Binder,
	inside: Scope,
): Composition | null {
	const compose = compositionOf(factor.distribution);
	if (!compose) return null;
	return (plates) => {
		const indices = new Map(inside.indices);
		factor.plates.forEach((p, i) => {
			indices.set(p.index, plates[i] as Scalar);
		});
		const scope = { ...inside, indices };
		return compose({
			size: { op: "size", dim: factor.shape[0] ?? 1 },
			drawn: (row, column) => ({
				op: "value",
				name: factor.variable,
				at: [...plates, row, column],
				binders: [binder],
			}),
			parameter: (name) => to.matrix(factor.parameters[name] as Expr, scope),
			matrix: (entry) => ruleOf(to, factor, entry),
			sum: big(to, "sum"),
			product: big(to, "product"),
		});
	};
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
	return binder.composition(plates);
}

/** The entry of a matrix symbol some of whose binders compose it: that of the innermost one that covers the instance. */
export function composedEntry(
	binders: readonly Binder[],
	plates: readonly Scalar[],
	at: readonly [Scalar, Scalar],
	plain: (binders: readonly Binder[]) => Scalar,
): Scalar {
	const [binder, ...outer] = binders;
	if (!binder || !binders.some((b) => b.composition)) return plain(binders);
	const own = binder.composition
		? binder.composition(plates).entry(...at)
		: plain([binder]);
	if (covers(binder, plates)) return own;
	const other = composedEntry(outer, plates, at, plain);
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

function isSame(a: Scalar, b: Scalar | undefined): boolean {
	if (a === b) return true;
	if (a.op === "slot" && b?.op === "slot") return a.slot === b.slot;
	return a.op === "number" && b?.op === "number" && a.value.equals(b.value);
}
