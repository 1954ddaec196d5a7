import { Kept } from "../expr/kept.js";
import type { Expr, Sym } from "../expr/tree.js";
import { boundIndices, children, freeIndices } from "../expr/walk.js";
import { position, type Scope } from "./scope.js";

/**
 * Where a label must be opened into its one-hot entries: at a node that is not linear in its children's labels, or in
 * which two children mention it. Below a sum it is opened term by term.
 */

/** A label's identity in a scope: `c[i]`. */
export function labelPosition(label: Sym, scope: Scope): string {
	return position(label.name, label.indices, scope);
}

/** The first label that must be opened at this very node, or null. */
export function findLabel(e: Expr, scope: Scope): Sym | null {
	for (const label of labelsIn(e).values()) {
		if (isFixed(label, scope)) continue;
		if (!isLinear(e)) return label;
		const users = children(e).filter((child) => hasLabel(child, label));
		if (users.length > 1 && !isAdditive(e)) return label;
	}
	return null;
}

function isFixed(label: Sym, scope: Scope): boolean {
	return scope.labels.has(labelPosition(label, scope));
}

function hasLabel(e: Expr, label: Sym): boolean {
	return [...labelsIn(e).values()].some((l) => sameLabel(l, label));
}

function sameLabel(a: Sym, b: Sym): boolean {
	return labelKey(a) === labelKey(b);
}

function isAdditive(e: Expr): boolean {
	return (
		e.kind === "add" ||
		e.kind === "sum" ||
		e.kind === "expectation" ||
		e.kind === "integral" ||
		e.kind === "derivative"
	);
}

function isLinear(e: Expr): boolean {
	return (
		isAdditive(e) ||
		[
			"mul",
			"matmul",
			"transpose",
			"trace",
			"product",
			"entry",
			"tabulate",
			"diagonal",
		].includes(e.kind)
	);
}

const labels = new Kept<Expr, ReadonlyMap<string, Sym>>();

/** Labels that occur free as subscripts or in indicators, with subscripts that no binder inside binds. */
export function labelsIn(e: Expr): ReadonlyMap<string, Sym> {
	return labels.of(e, () => {
		const found = new Map<string, Sym>();
		if (e.kind === "symbol") addSubscripts(e, found);
		if (e.kind === "indicator")
			for (const side of [e.left, e.right])
				if (side.kind === "symbol") found.set(labelKey(side), side);
		if (e.kind === "entry")
			for (const at of e.at)
				if (at.kind === "symbol") found.set(labelKey(at), at);
		for (const child of children(e)) addFree(labelsIn(child), e, found);
		return found.size === 0 ? none : found;
	});
}

const none: ReadonlyMap<string, Sym> = new Map();

/** Adds the labels of a child that the node itself does not bind. */
function addFree(
	labels: ReadonlyMap<string, Sym>,
	e: Expr,
	found: Map<string, Sym>,
): void {
	if (labels.size === 0) return;
	const hidden = new Set(boundIndices(e));
	const integrated = boundVariables(e);
	for (const [key, label] of labels) {
		const captured = label.indices.some((i) => mentionsAny(i, hidden));
		if (!captured && !integrated.has(label.name)) found.set(key, label);
	}
}

function mentionsAny(e: Expr, names: ReadonlySet<string>): boolean {
	if (e.kind === "index") return names.has(e.name);
	return [...freeIndices(e)].some((name) => names.has(name));
}

function addSubscripts(e: Sym, found: Map<string, Sym>): void {
	for (const i of e.indices) if (i.kind === "symbol") found.set(labelKey(i), i);
}

function labelKey(label: Sym): string {
	const plain = label.indices.map((i) => (i.kind === "index" ? i.name : null));
	if (!plain.includes(null)) return `${label.name}[${plain.join()}]`;
	return `${label.name}[${label.indices.map((i) => JSON.stringify(i, (_k, v) => (typeof v === "bigint" ? `${v}` : v))).join()}]`;
}

function boundVariables(e: Expr): ReadonlySet<string> {
	if (e.kind === "expectation")
		return new Set(e.over.map((b) => b.factor.variable));
	if (e.kind === "integral") return new Set([e.variable]);
	return new Set();
}
