import { log } from "../../expr/build.js";
import type { Dim, Expr } from "../../expr/tree.js";
import { children } from "../../expr/walk.js";
import { type Path, replaceAt } from "./tree.js";

/** Indices that may be used at a place, with what they run over. */
export type Scope = ReadonlyMap<string, Dim>;

/**
 * A part of the right side on which that side depends linearly: all sums around it reduced to the one summand in which
 * it stands. An edit changes the side by exactly as much as it changes the summand.
 */
export interface Summand {
	readonly tree: Expr;
}

/** A subtree of the right side that an edit may replace. */
export interface Place {
	readonly path: Path;
	readonly node: Expr;
	readonly parent: Expr | null;
	readonly scope: Scope;
	readonly summand: Summand;
	/** Whether the summand is linear in this place. */
	readonly linear: boolean;
	/** No product around it: a factor here is not the same as a factor one level up. */
	readonly standsAlone: boolean;
	/** The summand with the subtree replaced. */
	with(replacement: Expr): Expr;
}

/** Every place of a tree, from the root down, where something can be replaced by something of the same shape. */
export function placesOf(root: Expr, scope: Scope): Place[] {
	const found: Place[] = [];
	descend(
		{
			path: [],
			node: root,
			parent: null,
			scope,
			summand: { tree: root },
			linear: true,
			standsAlone: true,
			with: (replacement) => replacement,
		},
		found,
	);
	return found;
}

/**
 * Every place of a positive product, with summands of its logarithm: a factor is a summand, and the argument of an
 * exponential is one as it stands.
 */
export function placesOfLogarithm(root: Expr, scope: Scope): Place[] {
	const whole = factorPlace(root, [], null, scope);
	const factors =
		root.kind === "mul"
			? root.factors.map((f, n) => factorPlace(f, [n], root, scope))
			: [whole];
	const found: Place[] = root.kind === "mul" ? [whole] : [];
	for (const factor of factors) {
		const { node } = factor;
		if (node.kind !== "apply" || node.fn !== "exp") {
			descend(factor, found);
			continue;
		}
		found.push(factor);
		descend(
			{
				...factor,
				path: [...factor.path, 0],
				node: node.argument,
				parent: node,
				summand: { tree: node.argument },
				linear: true,
				with: (replacement) => replacement,
			},
			found,
		);
	}
	return found;
}

/** A factor of a product that is looked at through its logarithm. */
function factorPlace(
	node: Expr,
	path: Path,
	parent: Expr | null,
	scope: Scope,
): Place {
	return {
		path,
		node,
		parent,
		scope,
		summand: { tree: log(node) },
		linear: false,
		standsAlone: true,
		with: log,
	};
}

function descend(place: Place, found: Place[]): void {
	found.push(place);
	const { node } = place;
	children(node).forEach((child, n) => {
		if (!mayBeEdited(node, child)) return;
		descend(childPlace(place, child, n), found);
	});
}

function childPlace(place: Place, child: Expr, n: number): Place {
	const { node } = place;
	const linear = place.linear && isLinearIn(node, child);
	const isSummand = linear && node.kind === "add";
	return {
		path: [...place.path, n],
		node: child,
		parent: node,
		scope: scopeWithin(node, child, place.scope),
		summand: isSummand ? { tree: place.with(child) } : place.summand,
		linear,
		standsAlone: node.kind === "add" || !isMultiplicativeIn(node, child),
		with: isSummand
			? place.with
			: (replacement) => place.with(replaceAt(node, [n], replacement)),
	};
}

/** Subscripts, bounds and the laws of an expectation are edited through the node that holds them. */
function mayBeEdited(node: Expr, child: Expr): boolean {
	switch (node.kind) {
		case "symbol":
		case "table":
		case "indicator":
			return false;
		case "sum":
		case "product":
		case "expectation":
		case "integral":
		case "derivative":
		case "evaluation":
			return child === node.body;
		case "entry":
			return child === node.of;
		default:
			return true;
	}
}

function isLinearIn(node: Expr, child: Expr): boolean {
	switch (node.kind) {
		case "add":
		case "mul":
		case "matmul":
		case "transpose":
		case "trace":
		case "diagonal":
		case "tabulate":
			return true;
		case "sum":
		case "expectation":
		case "integral":
		case "derivative":
			return child === node.body;
		case "entry":
			return child === node.of;
		default:
			return false;
	}
}

/** Whether a factor of the child is a factor of the node, perhaps to a power. */
function isMultiplicativeIn(node: Expr, child: Expr): boolean {
	if (node.kind === "pow")
		return (
			child === node.base &&
			node.exponent.kind === "num" &&
			node.exponent.value.d === 1n
		);
	return isLinearIn(node, child);
}

function scopeWithin(node: Expr, child: Expr, scope: Scope): Scope {
	if (
		node.kind !== "sum" &&
		node.kind !== "product" &&
		node.kind !== "maximum" &&
		node.kind !== "tabulate"
	)
		return scope;
	if (child !== node.body) return scope;
	return new Map(scope).set(
		node.index,
		node.kind === "tabulate" ? node.size : node.range,
	);
}
