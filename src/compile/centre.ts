import Fraction from "fraction.js";
import type { Dim } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import { add, fold, foldOver, mul, power } from "./arithmetic.js";
import type { Plan } from "./plan.js";
import {
	type FoldScalar,
	freeIndices,
	isFullRange,
	isNumber,
	isValue,
	keyOf,
	number,
	type ReadScalar,
	type Scalar,
	sizeOf,
} from "./scalar.js";

/**
 * Weights of a Normal mixture, `c (x·m − ½ m·m)` or with `− ½ x·x`, with data and means taken from the data's mean r:
 *
 *     x·m − ½ m·m − ½ x·x = (x−r)·(m−r) − ½ (m−r)·(m−r) − ½ (x−r)·(x−r)
 *
 * Without it the terms of data at 10⁸ ± 1 have size 10¹⁶ and cancel to nothing. The last term is the same for all
 * weights, and left out, where c is.
 */
export function centred(weight: Scalar, last: string, plan: Plan): Scalar {
	const terms = termsOf(weight).map((t) => asQuadratic(t, plan));
	const cross = terms.filter((t) => t.kind === "xm");
	const replaced = new Set<Term>();
	const added: Scalar[] = [];
	for (const xm of cross) {
		const find = (kind: Term["kind"], factor: Scalar) =>
			terms.find(
				(t) =>
					t.kind === kind &&
					!replaced.has(t) &&
					t.rest === xm.rest &&
					t.factor === keyOf(factor) &&
					t.coefficient.equals(xm.coefficient.div(-2)),
			);
		const mm = xm.m && find("mm", squareKey(xm.m, xm));
		const xx = xm.x && find("xx", squareKey(xm.x, xm));
		if (!mm || !xm.x || !xm.m) continue;
		if (!xx && xm.others.some((f) => freeIndices(f).has(last))) continue;
		for (const used of [xm, mm, ...(xx ? [xx] : [])]) replaced.add(used);
		added.push(...centredTerms(xm, xx !== undefined, plan));
	}
	if (added.length === 0) return weight;
	const kept = terms.filter((t) => !replaced.has(t)).map((t) => t.value);
	return add(...kept, ...added);
}

/** A term: coefficient × others × Σ_d of a product of two of x_d (data) and m_d, if it has that form. */
interface Term {
	readonly value: Scalar;
	readonly kind: "xm" | "mm" | "xx" | "other";
	readonly coefficient: Fraction;
	readonly others: readonly Scalar[];
	/** The key of all other factors. */
	readonly rest: string;
	/** The key of what is squared, with the index of the sum by one name. */
	readonly factor: string;
	readonly sum: FoldScalar | null;
	readonly x: ReadScalar | null;
	readonly m: ReadScalar | null;
}

/** The terms of a value multiplied out as far as there is one sum in a product. */
function termsOf(value: Scalar): readonly Scalar[] {
	if (value.kind === "add") return value.terms.flatMap(termsOf);
	if (value.kind !== "mul") return [value];
	const sum = value.factors.find((f) => f.kind === "add");
	if (sum?.kind !== "add") return [value];
	const others = value.factors.filter((f) => f !== sum);
	return sum.terms.flatMap((t) => termsOf(mul(...others, t)));
}

function asQuadratic(value: Scalar, plan: Plan): Term {
	const factors = value.kind === "mul" ? value.factors : [value];
	const sum = factors.find((f): f is FoldScalar => f.kind === "fold");
	const others = factors.filter((f) => f !== sum && !isNumber(f));
	const coefficient = factors
		.filter(isNumber)
		.reduce((product, f) => product.mul(f.value), new Fraction(1));
	const rest = others.map((f) => keyOf(f)).sort();
	const base = {
		value,
		coefficient,
		others,
		rest: rest.join(),
		sum: sum ?? null,
	};
	const pair = sum && isFullRange(sum) && sum.op === "+" ? pairIn(sum) : null;
	if (!sum || !pair)
		return { ...base, kind: "other", factor: "", x: null, m: null };
	const [a, b] = pair;
	const isData = (r: ReadScalar) => isDatum(r, plan);
	if (isData(a) === isData(b)) {
		const isSquare = keyOf(a) === keyOf(b);
		const kind = !isSquare ? "other" : isData(a) ? "xx" : "mm";
		return { ...base, kind, factor: squareIn(a, sum), x: null, m: null };
	}
	const [x, m] = isData(a) ? [a, b] : [b, a];
	return { ...base, kind: "xm", factor: "", x, m };
}

/** The two reads whose product is added up. */
function pairIn({
	body,
}: FoldScalar): readonly [ReadScalar, ReadScalar] | null {
	if (body.kind === "power" && isValue(body.exponent, 2))
		return body.base.kind === "read" ? [body.base, body.base] : null;
	if (body.kind !== "mul" || body.factors.length !== 2) return null;
	const [a, b] = body.factors;
	return a?.kind === "read" && b?.kind === "read" ? [a, b] : null;
}

/** Whether it is an entry of the data at a data point, real, so that it may be taken from a mean. */
function isDatum(r: ReadScalar, plan: Plan): boolean {
	const input = plan.inputs.find((v) => v.name === r.array && v.observed);
	return (
		input?.type === "real" &&
		input.dims[0] === plan.dataAxis &&
		r.at[0]?.kind === "index"
	);
}

function squareIn(read: ReadScalar, sum: FoldScalar): string {
	return keyOf({ ...sum, body: read });
}

function squareKey(read: ReadScalar, { sum }: Term): Scalar {
	return { ...(sum as FoldScalar), body: read };
}

function centredTerms(
	{ x, m, sum, others, coefficient }: Term,
	withData: boolean,
	plan: Plan,
): Scalar[] {
	const [datum, mean, over] = [x, m, sum] as [
		ReadScalar,
		ReadScalar,
		FoldScalar,
	];
	const middle = dataMean(datum, plan.dataAxis as Dim);
	const from = (r: Scalar) => add(r, mul(number(-1), middle));
	const [a, b] = [from(datum), from(mean)];
	const term = (factor: Fraction, body: Scalar) =>
		mul(number(factor), ...others, fold({ ...over, body }));
	const half = coefficient.div(-2);
	return [
		term(coefficient, mul(a, b)),
		term(half, power(b, number(2))),
		...(withData ? [term(half, power(a, number(2)))] : []),
	];
}

/** The mean over the data of one of its components. */
function dataMean(datum: ReadScalar, axis: Dim): Scalar {
	const name = freshName("i");
	const row: Scalar = { kind: "index", name, size: axis };
	const total = foldOver("+", name, axis, {
		...datum,
		at: [row, ...datum.at.slice(1)],
	});
	return mul(total, power(sizeOf(axis), number(-1)));
}
