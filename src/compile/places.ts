import type { Dim } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import { add, fold, foldOver, mul, power } from "./arithmetic.js";
import type { Plan } from "./plan.js";
import type { Reference } from "./references.js";
import {
	arraysRead,
	type FoldScalar,
	isFullRange,
	isRead,
	mapParts,
	number,
	type ReadScalar,
	type Scalar,
	sizeOf,
} from "./scalar.js";

/**
 * Sums over the data that are linear in a datum, about its reference too: Σ_i φ_i x_i = Σ_i φ_i (x_i − r) + r Σ_i φ_i.
 * So there is one sum for updates and bound.
 */
export function linearAboutReferences(s: Scalar, plan: Plan): Scalar {
	return plan.references.reduce(
		(value, reference) => linearAbout(value, reference, plan.dataAxis as Dim),
		s,
	);
}

function linearAbout(s: Scalar, reference: Reference, axis: Dim): Scalar {
	if (!isSumOver(s, axis) || s.body.kind !== "mul")
		return mapParts(s, (part) => linearAbout(part, reference, axis));
	const { name } = reference.datum;
	const { factors } = s.body;
	const x = factors.find((f): f is ReadScalar => isRead(f, name));
	const others = mul(...factors.filter((f) => f !== x));
	const reads = arraysRead(others);
	if (!x || reads.has(name) || reads.has(reference.name)) return s;
	const r: Scalar = { ...x, array: reference.name, at: x.at.slice(1) };
	const centred = add(x, mul(number(-1), r));
	return add(
		fold({ ...s, body: mul(others, centred) }),
		mul(r, fold({ ...s, body: others })),
	);
}

function isSumOver(s: Scalar, axis: Dim): s is FoldScalar {
	return s.kind === "fold" && s.op === "+" && s.size === axis && isFullRange(s);
}

/** The value with the means of the data in place of its references. */
export function withMeans(s: Scalar, plan: Plan): Scalar {
	const reference =
		s.kind === "read" && plan.references.find((r) => r.name === s.array);
	if (s.kind !== "read" || !reference)
		return mapParts(s, (part) => withMeans(part, plan));
	const axis = plan.dataAxis as Dim;
	const name = freshName("i");
	const row: Scalar = { kind: "index", name, size: axis };
	const { name: array, type } = reference.datum;
	const total = foldOver("+", name, axis, {
		kind: "read",
		array,
		at: [row, ...s.at],
		type,
	});
	return mul(total, power(sizeOf(axis), number(-1)));
}

/** Whether a sum is that over all values of a datum that has a reference. */
export function isSumOfDatum({ body }: FoldScalar, plan: Plan): boolean {
	return (
		body.kind === "read" &&
		plan.references.some((r) => r.datum.name === body.array)
	);
}

/** Whether it is a datum, or a place that moves with it, less a reference: what such a difference is taken from does not matter. */
export function isAboutReference(s: Scalar, plan: Plan): boolean {
	return (
		s.kind === "add" &&
		s.terms.length === 2 &&
		s.terms.some((t) =>
			[...arraysRead(t)].some((a) => plan.references.some((r) => r.name === a)),
		)
	);
}
