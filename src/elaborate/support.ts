import type { Distribution } from "../distributions/distribution.js";
import type { ValueType } from "../expr/context.js";
import type { Dim, Domain, Shape } from "../expr/tree.js";

/** What values of a distribution are, as its support says. */

const types: Readonly<Partial<Record<Domain["kind"], ValueType>>> = {
	labels: "label",
	positive: "positive",
	unit: "probability",
	simplex: "simplex",
	counts: "count",
	posdef: "posdef",
	compositions: "count",
};

export function valueType(
	distribution: Distribution,
	shape: Shape,
	labels: Dim | null,
): ValueType {
	return types[distribution.support(shape, labels).kind] ?? "real";
}

/** Whether the values are labels 1, 2, …, which stand in subscripts. */
export function isOverLabels(distribution: Distribution): boolean {
	return distribution.support([], null).kind === "labels";
}

/** Whether the values may be vectors. */
export function isOverVectors(distribution: Distribution): boolean {
	const { kind } = distribution.support([], null);
	return ["real", "simplex", "compositions"].includes(kind);
}

/** Whether the values are square matrices. */
export function isOverMatrices(distribution: Distribution): boolean {
	return distribution.support([], null).kind === "posdef";
}
