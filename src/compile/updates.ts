import type { Update } from "../check/result.js";
import type { Dim, Expr } from "../expr/tree.js";
import { dependentPart } from "./arithmetic.js";
import type { FactorUpdate } from "./factors.js";
import { plateIndices } from "./instances.js";
import { lower } from "./lower.js";
import { declared, type Plan } from "./plan.js";
import type { IndexScalar, Scalar } from "./scalar.js";
import { parts } from "./scalar.js";

/** A factor's updates in components. */
export interface LoweredFactor {
	readonly factor: FactorUpdate;
	/** One index for each plate. */
	readonly plates: readonly IndexScalar[];
	readonly updates: readonly LoweredUpdate[];
}

/** The new value of one component of a parameter. */
export interface LoweredUpdate {
	readonly array: string;
	/** The plates that the parameter itself has. */
	readonly plates: readonly IndexScalar[];
	/** Indices of the components of one instance. */
	readonly components: readonly IndexScalar[];
	readonly value: Scalar;
	/** `normalise`: the value is the logarithm of a weight, and weights along the last index are to add up to 1. */
	readonly how: "set" | "root" | "normalise";
}

/** The updates of a factor, lowered to components. */
export function lowerFactor(plan: Plan, factor: FactorUpdate): LoweredFactor {
	const letters = factor.updates
		.map((u) => plateIndices(u).map(nameOf))
		.reduce((a, b) => (b.length > a.length ? b : a), []);
	const plates = factor.plates.map(
		(size, n): IndexScalar => ({
			kind: "index",
			name: `${letters[n]}#${factor.variable}`,
			size,
		}),
	);
	const updates = factor.updates.map((u) => lowerUpdate(plan, u, plates));
	return { factor, plates, updates };
}

function nameOf(index: { readonly kind: string }): string {
	return "name" in index ? String(index.name) : "n";
}

function lowerUpdate(
	plan: Plan,
	update: Update,
	factorPlates: readonly IndexScalar[],
): LoweredUpdate {
	const { dims } = declared(plan.solvable, update.target.name);
	const own = plateIndices(update);
	const plates = factorPlates.slice(0, own.length);
	const components = dims
		.slice(own.length)
		.map((size, n) => componentIndex(update, size, n));
	const names = new Map(
		own.map((index, n) => [nameOf(index), plates[n] as Scalar]),
	);
	return {
		array: update.target.name,
		plates,
		components,
		...newValue(plan, update, components, names),
	};
}

function newValue(
	plan: Plan,
	update: Update,
	components: readonly IndexScalar[],
	names: Map<string, Scalar>,
): Pick<LoweredUpdate, "value" | "how"> {
	const { context } = plan.solvable;
	if (update.value) {
		const value = lower(update.value, components, names, context);
		return { value, how: update.power === 2 ? "root" : "set" };
	}
	const last = components.at(-1) as IndexScalar;
	names.set(nameOf(update.target.indices.at(-1) as Expr), last);
	const weight = lower(update.logWeights as Expr, [], names, context);
	return { value: dependentPart(weight, last.name), how: "normalise" };
}

function componentIndex(update: Update, size: Dim, n: number): IndexScalar {
	const written = update.target.indices[plateIndices(update).length + n];
	const base = written ? nameOf(written) : String(size).toLowerCase();
	const letter = /^[a-z]/.test(base) ? base : "d";
	return { kind: "index", name: `${letter}#${update.target.name}${n}`, size };
}

/**
 * Whether a value uses the parameters of single data points only at the point in hand. Such points can be renewed one
 * by one while going through the data once.
 */
export function readsOnlyRow(value: Scalar, row: string, plan: Plan): boolean {
	if (value.kind === "read") {
		const local = plan.parameters.find(
			(p) => p.local && p.name === value.array,
		);
		const at = local && value.at[local.dims.indexOf(plan.dataAxis ?? "")];
		if (local && !(at?.kind === "index" && at.name === row)) return false;
	}
	return parts(value).every((part) => readsOnlyRow(part, row, plan));
}
