import type { Dim } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { add, fold, mul } from "./arithmetic.js";
import type { Plan } from "./plan.js";
import {
	arraysRead,
	type FoldScalar,
	freeIndices,
	isFullRange,
	isValue,
	mapParts,
	replaceIndices,
	type Scalar,
	someScalar,
} from "./scalar.js";
import { type Statistic, Statistics } from "./statistics.js";
import { readsOnlyRow } from "./updates.js";

/**
 * The plan for data that are never there as a whole: their axis counts the rows of a chunk, and what depends on the
 * number of all rows reads `total` instead. What goes over rows then makes sums of a chunk, which are added up over the
 * chunks; all else sees those sums alone.
 * @throws Problem if a chunk cannot be worked on by itself
 */
export function splitPlan(plan: Plan): Plan {
	const { dataAxis } = plan;
	if (typeof dataAxis !== "string")
		throw new Problem(
			"the sheet's data have no axis to be divided along",
			null,
			"an observed variable for each i = 1…N",
		);
	const arrays = [...plan.inputs, ...plan.parameters];
	const across = arrays.find((v) => v.dims.lastIndexOf(dataAxis) > 0);
	if (across)
		throw new Problem(
			`${across.name} has ${dataAxis} rows along an axis that is not its first, and cannot be divided`,
			null,
			`arrays with ${dataAxis} as their first axis`,
		);
	const taken = new Set(plan.solvable.context.symbols.keys());
	let total = `${dataAxis}_total`;
	while (taken.has(total)) total += "_";
	return { ...plan, total, sizes: [...plan.sizes, total] };
}

/** The value with the number of all rows where it stands as a number, and not as the range of a sum. */
export function overAll(s: Scalar, plan: Plan): Scalar {
	const { dataAxis, total } = plan;
	if (total === null) return s;
	if (s.kind === "size")
		return s.name === dataAxis ? { kind: "size", name: total } : s;
	if (s.kind === "fold" && s.size === dataAxis)
		return { ...s, body: overAll(s.body, plan) };
	return mapParts(s, (part) => overAll(part, plan));
}

/** Sums that a pass forms for one kernel alone, from what the global parameters are then. */
export interface GatheredSums {
	/** The kernel that reads them. */
	readonly before: string;
	readonly statistics: readonly Statistic[];
}

/** What kernels read in place of sums over the data. */
export class Reads {
	readonly gathered: GatheredSums[] = [];
	private readonly names: string[];

	/** @param names that are in use */
	constructor(
		private readonly plan: Plan,
		names: Iterable<string>,
	) {
		this.names = [...names];
	}

	/**
	 * The values of a kernel. If it does not see the data, what else it sums up over them is gathered for it; what reads
	 * parameters that it writes itself is multiplied out.
	 * @param extract how it reads what is summed up once or by every pass
	 * @throws Problem if it needs more of the data than sums
	 */
	of(
		kernel: string,
		own: readonly string[],
		values: readonly Scalar[],
		extract: (value: Scalar) => Scalar,
	): Scalar[] {
		const { plan } = this;
		if (plan.total === null) return values.map(extract);
		const isFinal = (f: FoldScalar) =>
			readsOnlyRow(f.body, f.index, plan) &&
			![...arraysRead(f.body)].some((a) => own.includes(a));
		const sums = new Statistics(plan.dataAxis, isFinal, this.names, "gathered");
		const read = (value: Scalar) => sums.extract(extract(value));
		const all = values.map((value) => {
			const plain = read(value);
			if (!goesOverRows(plain, plan)) return plain;
			const open = read(multipliedOut(value, plan.dataAxis as Dim));
			if (!goesOverRows(open, plan)) return open;
			throw new Problem(
				`${own.join(", ") || "the bound"} needs the data as a whole, more than sums over them`,
				null,
				"a fit without --memory, or another target",
			);
		});
		this.names.push(...sums.all.map((s) => s.name));
		if (sums.all.length > 0)
			this.gathered.push({ before: kernel, statistics: sums.all });
		return all;
	}
}

function goesOverRows(value: Scalar, plan: Plan): boolean {
	return someScalar(
		value,
		(part) => part.kind === "fold" && part.size === plan.dataAxis,
	);
}

/**
 * Sums over the rows with products of sums multiplied out and what does not depend on the row taken out:
 * `Σ_i x_i (y_i − Σ_j m_j x_ij)` is `Σ_i x_i y_i − Σ_j m_j Σ_i x_i x_ij`, whose sums over the data no sweep changes.
 */
export function multipliedOut(s: Scalar, axis: Dim): Scalar {
	const inner = mapParts(s, (part) => multipliedOut(part, axis));
	if (inner.kind !== "fold" || inner.size !== axis || inner.op !== "+")
		return inner;
	if (!isFullRange(inner)) return inner;
	return add(...termsOf(inner.body).map((term) => takenOut(inner, term)));
}

/** The terms of a product of sums; a sum over an index is one factor, whose body is multiplied out. */
function termsOf(s: Scalar): readonly Scalar[] {
	switch (s.kind) {
		case "add":
			return s.terms.flatMap(termsOf);
		case "power":
			return isValue(s.exponent, 2)
				? termsOf({ kind: "mul", factors: [s.base, s.base] })
				: [s];
		case "mul":
			return s.factors
				.map(termsOf)
				.reduce((all, terms) =>
					all.flatMap((a) => terms.map((b) => mul(a, b))),
				);
		case "fold":
			return s.op === "+" ? termsOfSum(renamed(s)) : [s];
		default:
			return [s];
	}
}

function termsOfSum(s: FoldScalar): Scalar[] {
	return termsOf(s.body).map((body) => ({ ...s, body }));
}

/** A sum whose index has a name of its own, so that it can stand around others. */
function renamed(s: FoldScalar): FoldScalar {
	const index: Scalar = {
		kind: "index",
		name: freshName(s.index),
		size: s.size,
	};
	const names = new Map([[s.index, index]]);
	return { ...s, index: index.name, body: replaceIndices(s.body, names) };
}

/** Σ_i of one term, with factors free of i before it and sums over other indices around it. */
function takenOut(over: FoldScalar, term: Scalar): Scalar {
	const factors = term.kind === "mul" ? term.factors : [term];
	const depends = (s: Scalar) => freeIndices(s).has(over.index);
	const outside = factors.filter((f) => !depends(f));
	const inside = factors.filter(depends);
	const [only] = inside;
	if (inside.length === 1 && only?.kind === "fold" && canSwap(only, over))
		return mul(...outside, fold({ ...only, body: takenOut(over, only.body) }));
	const sums = inside.filter((f): f is FoldScalar => f.kind === "fold");
	const [first] = sums;
	if (first && canSwap(first, over)) {
		const rest = inside.filter((f) => f !== first);
		return mul(
			...outside,
			fold({ ...first, body: takenOut(over, mul(...rest, first.body)) }),
		);
	}
	return mul(...outside, fold({ ...over, body: mul(...inside) }));
}

/** Whether an inner sum's range does not depend on the row, so that it may be formed outside. */
function canSwap(inner: FoldScalar, over: FoldScalar): boolean {
	const range = [inner.lower, inner.upper, ...inner.except];
	return inner.op === "+" && !range.some((r) => freeIndices(r).has(over.index));
}
