import {
	add,
	apply,
	index,
	isNumber,
	mul,
	neg,
	num,
	one,
	pow,
	sub,
	transpose,
	two,
} from "../../dist/expr/build.js";
import { shapeOf } from "../../dist/expr/shape.js";
import { freshName, substituteIndices } from "../../dist/expr/walk.js";
import { evaluate, makeWorlds } from "../../dist/numeric/index.js";

/** Edits of one node that keep its value wherever it is defined. Each gives the trees that may stand in its place. */

const isScalar = (e) => shapeOf(e).length === 0;
const reversed = (list) => [...list].reverse();
const isWhole = (e) => e.except.length === 0 && isNumber(e.lower, 1);

function renamed(e) {
	const name = freshName("r");
	return {
		...e,
		index: name,
		body: substituteIndices(e.body, new Map([[e.index, index(name)]])),
	};
}

const onSum = (f) => (e) => (e.kind === "sum" && isWhole(e) ? f(e) : []);

/** Over all of a range, so that there is a last summand. */
const onFullSum = (f) =>
	onSum((e) =>
		e.upper.kind === "size" && e.upper.name === e.range ? f(e) : [],
	);

/** Whether both sides have values wherever they are looked at: else a − b = 0 says more than a = b. */
function isDefined({ left, right, context }) {
	const worlds = makeWorlds([left, right], context, "defined", 16);
	const hasValue = (side, world) =>
		evaluate(side, world, context, 40_000).status !== "undefined";
	return worlds.every((w) => hasValue(left, w) && hasValue(right, w));
}

export const treeRewrites = [
	[
		"rename a bound index",
		(e) => (e.kind === "sum" || e.kind === "product" ? [renamed(e)] : []),
	],
	[
		"reorder terms",
		(e) => (e.kind === "add" ? [{ ...e, terms: reversed(e.terms) }] : []),
	],
	[
		"reorder factors",
		(e) => (e.kind === "mul" ? [{ ...e, factors: reversed(e.factors) }] : []),
	],
	[
		"take the first summand out",
		onFullSum((e) => [
			add(substituteIndices(e.body, new Map([[e.index, one]])), {
				...renamed(e),
				lower: two,
			}),
		]),
	],
	[
		"take the last summand out",
		onFullSum((e) => [
			add(
				{ ...renamed(e), upper: add(e.upper, num(-1)) },
				substituteIndices(e.body, new Map([[e.index, e.upper]])),
			),
		]),
	],
	[
		"sum term by term",
		onSum((e) =>
			e.body.kind === "add"
				? [add(...e.body.terms.map((t) => renamed({ ...e, body: t })))]
				: [],
		),
	],
	["multiply out", (e) => expanded(e)],
	["double and halve", (e) => [mul(two, mul(num("1/2"), e))]],
	[
		"add and take away",
		(e, { other }) => (isScalar(e) && other ? [add(e, other, neg(other))] : []),
	],
	["twice minus once", (e) => [add(mul(two, e), neg(e))]],
	[
		"square as a product",
		(e) =>
			e.kind === "pow" && isNumber(e.exponent, 2) ? [mul(e.base, e.base)] : [],
	],
	[
		"invert twice",
		(e) =>
			e.kind === "pow" && isNumber(e.exponent, -1) ? [pow(pow(e, -1), -1)] : [],
	],
	["take a factor into a sum", (e) => factorIn(e)],
	["exchange two sums", (e) => exchanged(e)],
	[
		"turn a scalar product",
		(e) =>
			e.kind === "matmul" &&
			isScalar(e) &&
			e.left.kind === "transpose" &&
			!isScalar(e.right)
				? [{ ...e, left: transpose(e.right), right: e.left.of }]
				: [],
	],
	[
		"transpose twice",
		(e) =>
			shapeOf(e).length === 2
				? [{ kind: "transpose", of: { kind: "transpose", of: e } }]
				: [],
	],
	[
		"turn a trace",
		(e) =>
			e.kind === "trace" && e.of.kind === "matmul"
				? [
						{
							kind: "trace",
							of: { ...e.of, left: e.of.right, right: e.of.left },
						},
					]
				: [],
	],
	["minus a negative", (e) => [neg(neg(e))]],
	[
		"exponential of a logarithm",
		(e) =>
			e.kind === "apply" && e.fn === "exp"
				? [apply("exp", apply("log", e))]
				: [],
	],
];

/** a (b + c) as a b + a c, for one sum among scalar factors. */
function expanded(e) {
	if (e.kind !== "mul" || !e.factors.every(isScalar)) return [];
	const at = e.factors.findIndex((f) => f.kind === "add");
	if (at < 0) return [];
	const rest = e.factors.filter((_, i) => i !== at);
	return [add(...e.factors[at].terms.map((t) => mul(...rest, t)))];
}

/** a Σ f as Σ a f. */
function factorIn(e) {
	if (e.kind !== "mul" || !e.factors.every(isScalar)) return [];
	const at = e.factors.findIndex((f) => f.kind === "sum");
	if (at < 0) return [];
	const sum = renamed(e.factors[at]);
	const rest = e.factors.filter((_, i) => i !== at);
	return [{ ...sum, body: mul(...rest, sum.body) }];
}

/** Σ_i Σ_j as Σ_j Σ_i where both run over all of their range. */
function exchanged(e) {
	if (
		e.kind !== "sum" ||
		e.body.kind !== "sum" ||
		!isWhole(e) ||
		!isWhole(e.body)
	)
		return [];
	const isFull = (s) => s.upper.kind === "size" || s.upper.kind === "num";
	if (!isFull(e) || !isFull(e.body)) return [];
	return [{ ...e.body, body: { ...e, body: e.body.body } }];
}

/** The claim with both sides changed alike. */
export const claimRewrites = [
	[
		"swap the sides",
		(c) =>
			c.relation.sign === "=" ? { ...c, left: c.right, right: c.left } : null,
	],
	[
		"take the right side over",
		(c) =>
			c.relation.sign === "=" && isScalar(c.right) && isDefined(c)
				? { ...c, left: sub(c.left, c.right), right: num(0) }
				: null,
	],
	[
		"double both sides",
		(c) =>
			c.relation.sign === "=" || c.relation.sign === "∝"
				? { ...c, left: mul(two, c.left), right: mul(two, c.right) }
				: null,
	],
];
