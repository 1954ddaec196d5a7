import {
	add,
	apply,
	div,
	index,
	isNumber,
	mul,
	neg,
	num,
	one,
	pow,
	size,
	transpose,
	two,
} from "../../../dist/expr/build.js";
import { shapeOf } from "../../../dist/expr/shape.js";
import { substituteIndices } from "../../../dist/expr/walk.js";

/**
 * Slips as edits of one node. Each operator gives the trees that may stand in a node's place; those of another shape are
 * dropped by the caller.
 */

const isScalar = (e) => {
	try {
		return shapeOf(e).length === 0;
	} catch {
		return false;
	}
};
const isSquare = (e) => {
	const shape = shapeOf(e);
	return shape.length === 2 && shape[0] === shape[1] && shape[0] !== 1;
};
const each = (list, f) =>
	list.map((x, i) => [...list.slice(0, i), ...f(x), ...list.slice(i + 1)]);
const terms = (e, f) =>
	e.kind === "add" ? each(e.terms, f).map((t) => add(...t)) : [];
const factors = (e, f) =>
	e.kind === "mul"
		? each(e.factors, (x) => (isScalar(x) ? f(x) : [x])).map((t) => mul(...t))
		: [];
const on = (kind, f) => (e, scope) => (e.kind === kind ? f(e, scope) : []);
const fn = (name, f) => (e) =>
	e.kind === "apply" && e.fn === name ? f(e) : [];

export const treeOperators = [
	["flip a sign", (e) => terms(e, (t) => [neg(t)])],
	[
		"drop a term",
		(e) => (e.kind === "add" && e.terms.length > 2 ? terms(e, () => []) : []),
	],
	[
		"drop one of two terms",
		on("add", (e) => (e.terms.length === 2 ? [...e.terms] : [])),
	],
	["double a term", (e) => terms(e, (t) => [mul(two, t)])],
	["halve a term", (e) => terms(e, (t) => [mul(num("1/2"), t)])],
	["drop a factor", (e) => factors(e, () => [])],
	["square a factor", (e) => factors(e, (f) => [pow(f, 2)])],
	["invert a factor", (e) => factors(e, (f) => [pow(f, -1)])],
	["add one", (e) => factors(e, (f) => [add(f, one)])],
	["lose an exponent", on("pow", (e) => [e.base])],
	["raise an exponent", on("pow", (e) => [pow(e.base, add(e.exponent, one))])],
	["negate an exponent", on("pow", (e) => [pow(e.base, neg(e.exponent))])],
	[
		"square outside of a sum",
		on("pow", (e) =>
			e.base.kind === "sum" && isNumber(e.exponent, 2)
				? [{ ...e.base, body: pow(e.base.body, 2) }]
				: [],
		),
	],
	[
		"square inside of a sum",
		on("sum", (e) =>
			e.body.kind === "pow" && isNumber(e.body.exponent, 2)
				? [pow({ ...e, body: e.body.base }, 2)]
				: [],
		),
	],
	["count one more", on("num", (e) => [num(e.value.add(1))])],
	["negate a number", on("num", (e) => (e.value.n === 0n ? [] : [neg(e)]))],
	[
		"invert a number",
		on("num", (e) =>
			e.value.n === 0n || e.value.equals(1) ? [] : [num(e.value.inverse())],
		),
	],
	["start a sum late", on("sum", (e) => [{ ...e, lower: add(e.lower, one) }])],
	[
		"end a sum early",
		on("sum", (e) => [{ ...e, upper: add(e.upper, num(-1)) }]),
	],
	[
		"take one summand for all",
		on("sum", (e) =>
			e.except.length > 0
				? []
				: [
						mul(
							size(e.range),
							substituteIndices(e.body, new Map([[e.index, one]])),
						),
					],
		),
	],
	[
		"include what was left out",
		on("sum", (e) => (e.except.length > 0 ? [{ ...e, except: [] }] : [])),
	],
	[
		"sum for product",
		on("sum", (e) => (isScalar(e.body) ? [{ ...e, kind: "product" }] : [])),
	],
	["product for sum", on("product", (e) => [{ ...e, kind: "sum" }])],
	[
		"swap two subscripts",
		on("symbol", (e) =>
			e.indices.length === 2
				? [{ ...e, indices: [e.indices[1], e.indices[0]] }]
				: [],
		),
	],
	[
		"take another index",
		on("symbol", (e, { bound, free }) =>
			e.indices.flatMap((at, n) =>
				at.kind === "index"
					? [...bound, ...free]
							.filter(
								(b) =>
									b.name !== at.name &&
									b.range === rangeOf(at.name, bound, free),
							)
							.map((b) => ({
								...e,
								indices: e.indices.map((x, i) => (i === n ? index(b.name) : x)),
							}))
					: [],
			),
		),
	],
	["take another symbol", on("symbol", (e, { alike }) => alike(e))],
	[
		"take another size",
		on("size", (e, { sizes }) =>
			sizes.filter((s) => s !== e.name).map((s) => size(s)),
		),
	],
	["lose a size", on("size", () => [one])],
	["lose a logarithm", fn("log", (e) => [e.argument])],
	[
		"logarithm of the terms",
		fn("log", (e) =>
			e.argument.kind === "sum"
				? [{ ...e.argument, body: apply("log", e.argument.body) }]
				: [],
		),
	],
	[
		"logarithm inside of a sum",
		on("sum", (e) =>
			e.body.kind === "apply" && e.body.fn === "log"
				? [apply("log", { ...e, body: e.body.argument })]
				: [],
		),
	],
	["lose an exponential", fn("exp", (e) => [e.argument])],
	["logarithm for ψ", fn("digamma", (e) => [apply("log", e.argument)])],
	["ψ for logarithm", fn("log", (e) => [apply("digamma", e.argument)])],
	["lose a ψ", fn("digamma", (e) => [e.argument])],
	["shift ψ", fn("digamma", (e) => [apply("digamma", add(e.argument, one))])],
	[
		"swap two matrices",
		on("matmul", (e) =>
			isSquare(e.left) && isSquare(e.right)
				? [{ ...e, left: e.right, right: e.left }]
				: [],
		),
	],
	["transpose a matrix", (e) => (isMatrixSymbol(e) ? [transpose(e)] : [])],
	["lose an inverse", on("inverse", (e) => [e.of])],
	[
		"invert a matrix",
		(e) => (isMatrixSymbol(e) ? [{ kind: "inverse", of: e }] : []),
	],
	[
		"determinant for trace",
		on("trace", (e) => [{ kind: "determinant", of: e.of }]),
	],
	[
		"trace for determinant",
		on("determinant", (e) => [{ kind: "trace", of: e.of }]),
	],
	[
		"turn an indicator",
		on("indicator", (e) =>
			e.comparison === "=" ? [{ ...e, comparison: "≠" }] : [],
		),
	],
	["lose an indicator", on("indicator", () => [one])],
	[
		"divide by two",
		(e, { isRoot }) => (isRoot && isScalar(e) ? [div(e, two)] : []),
	],
];

function isMatrixSymbol(e) {
	return e.kind === "symbol" && e.shape.length === 2 && isSquare(e);
}

function rangeOf(name, bound, free) {
	return [...bound, ...free].find((b) => b.name === name)?.range ?? null;
}
