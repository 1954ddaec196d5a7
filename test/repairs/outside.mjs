import {
	add,
	index,
	mul,
	neg,
	num,
	one,
	pow,
	size,
} from "../../dist/expr/build.js";
import { shapeOf } from "../../dist/expr/shape.js";
import { mapChildren, substituteIndices } from "../../dist/expr/walk.js";

/**
 * Slips with the words that name them, as the trees that may stand in a node's place. The repair table has an entry that
 * undoes those `inTable`; of the others the search knows nothing, and finds its way back by what it knows.
 */

const isScalar = (e) => {
	try {
		return shapeOf(e).length === 0;
	} catch {
		return false;
	}
};
const on = (kind, f) => (e, scope) => (e.kind === kind ? f(e, scope) : []);
const each = (list, f) =>
	list.flatMap((x, n) =>
		f(x, n).map((y) => [...list.slice(0, n), ...y, ...list.slice(n + 1)]),
	);
const isPlain = (e) => e.kind === "symbol" && isScalar(e);
const bracketIn = (e) =>
	e.factors.findIndex((f) => f.kind === "add" && isScalar(f));

const factorWords =
	/^(factor|missing factor|two symbols swapped|lost normaliser)/;
const termWords =
	/^(missing term|term too many|missing 1|factor|cross term|E\[x²\]|missing \+1|product rule|lost normaliser|missing factor)/;

export const outside = [
	{
		name: "triple a term",
		kinds: /^factor/,
		edit: on("add", (e) =>
			each(e.terms, (t) => [[mul(num(3), t)]]).map((t) => add(...t)),
		),
	},
	{
		name: "take a third of a term",
		kinds: /^factor/,
		edit: on("add", (e) =>
			each(e.terms, (t) => [[mul(num("1/3"), t)]]).map((t) => add(...t)),
		),
	},
	{
		name: "write a term twice",
		kinds: /^(term too many|factor 2|factor)/,
		edit: on("add", (e) =>
			each(e.terms, (t) => [[t, t]]).map((t) => add(...t)),
		),
	},
	{
		name: "add another term's neighbour",
		kinds: termWords,
		edit: on("add", (e, { alike }) =>
			e.terms.flatMap((t) =>
				isPlain(t)
					? alike(t)
							.slice(0, 1)
							.map((s) => add(...e.terms, s))
					: [],
			),
		),
	},
	{
		name: "multiply a term by a letter that stands beside it",
		inTable: true,
		kinds: /^(factor|wrong exponent|s for s²|missing factor)/,
		edit: on("mul", (e) =>
			e.factors
				.filter(isPlain)
				.slice(0, 1)
				.map((s) => mul(...e.factors, s)),
		),
	},
	{
		name: "lose the brackets of c (a + b)",
		inTable: true,
		kinds: /^(factor|missing factor|lost brackets)/,
		edit: on("mul", (e) => {
			const at = bracketIn(e);
			if (at < 0) return [];
			const [first, ...rest] = e.factors[at].terms;
			const others = e.factors.filter((_, n) => n !== at);
			return [add(mul(...others, first), ...rest)];
		}),
	},
	{
		name: "put brackets around c a + b",
		inTable: true,
		kinds: /^(brackets around too much|factor|sign)/,
		edit: on("add", (e) => {
			const [first, ...rest] = e.terms;
			if (first?.kind !== "mul" || !isScalar(first)) return [];
			const [c, ...a] = first.factors;
			return isScalar(c) && a.length > 0
				? [mul(c, add(mul(...a), ...rest))]
				: [];
		}),
	},
	{
		name: "take a factor into the denominator",
		inTable: true,
		kinds:
			/^(precision for variance|rate for scale|two symbols swapped|factor|wrong exponent)/,
		edit: on("mul", (e) =>
			e.factors.flatMap((f, n) =>
				isPlain(f)
					? [mul(...e.factors.map((g, m) => (m === n ? pow(g, -1) : g)))]
					: [],
			),
		),
	},
	{
		name: "take one value for a sum",
		inTable: true,
		kinds: /^(missing sum|factor|missing term|sum)/,
		edit: on("sum", (e) =>
			e.except.length > 0
				? []
				: [
						mul(
							size(e.range),
							substituteIndices(e.body, new Map([[e.index, one]])),
						),
					],
		),
	},
	{
		name: "flip the signs of two terms",
		kinds: /^(sign)/,
		edit: on("add", (e) =>
			e.terms.length > 2
				? [add(...e.terms.map((t, n) => (n < 2 ? neg(t) : t)))]
				: [],
		),
	},
	{
		name: "lose an exponential",
		inTable: true,
		kinds: /^missing exponential/,
		edit: on("apply", (e) => (e.fn === "exp" ? [e.argument] : [])),
	},
	{
		name: "lose a ψ or ln Γ",
		inTable: true,
		kinds: /^(missing (ψ|ln Γ)|log E\[x\]|missing logarithm)/,
		edit: on("apply", (e) =>
			e.fn === "digamma" || e.fn === "lgamma" ? [e.argument] : [],
		),
	},
	{
		name: "shift an argument by one",
		inTable: true,
		kinds: /^(missing 1|missing term|term too many|factor|recurrence)/,
		edit: on("apply", (e) =>
			e.fn === "digamma" || e.fn === "lgamma"
				? [{ ...e, argument: add(e.argument, one) }]
				: [],
		),
	},
	{
		name: "read a 2 as a 3",
		kinds: /^(factor|wrong exponent|s for s²|sum bound)/,
		edit: on("num", (e) =>
			e.value.abs().n === 2n && e.value.d === 1n
				? [num(e.value.mul("3/2"))]
				: [],
		),
	},
	{
		name: "take one index for another in a whole summand",
		inTable: true,
		kinds: /^(index|sum|missing sum|wrong symbol)/,
		edit: on("sum", (e, { bound, free }) =>
			[...bound, ...free]
				.filter((b) => b.name !== e.index && b.range === e.range)
				.slice(0, 1)
				.map((b) => ({
					...e,
					body: withIndex(e.body, b.name, index(e.index)),
				})),
		),
	},
	{
		name: "take all of a function's argument but one term",
		inTable: true,
		kinds: termWords,
		edit: on("apply", (e) =>
			e.argument.kind === "add"
				? [{ ...e, argument: add(...e.argument.terms.slice(0, -1)) }]
				: [],
		),
	},
	{
		name: "lose two factors",
		kinds: factorWords,
		edit: on("mul", (e) => {
			const plain = e.factors.filter(isPlain);
			return plain.length >= 2 && e.factors.length > 2
				? [mul(...e.factors.filter((f) => !plain.slice(0, 2).includes(f)))]
				: [];
		}),
	},
];

function withIndex(e, from, to) {
	if (e.kind === "index") return e.name === from ? to : e;
	return mapChildren(e, (child) => withIndex(child, from, to));
}
