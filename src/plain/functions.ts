import type {
	Surface,
	SurfaceBig,
	SurfaceExpectation,
	SurfaceName,
	SurfaceRelation,
} from "../latex/surface.js";
import { type Conversion, nameOf } from "./names.js";
import type { PlainNode } from "./nodes.js";

/**
 * The meaning of `name(…)`: a sum, an expectation, one of the functions below, a density with its bar, or for a symbol
 * in front of one bracket a product.
 */
export function called(
	c: Conversion,
	written: string,
	args: readonly PlainNode[],
): Surface {
	if (c.lexicon.isSymbol(written) && args.length === 1)
		return {
			kind: "product",
			factors: [nameOf(c, written), ...args.map(c.convert)],
			span: c.span,
		};
	const special = specials.get(written);
	if (special && !c.lexicon.isSymbol(written)) return special(c, args, written);
	return conditional(c, nameOf(c, functions.get(written) ?? written), args);
}

/** Plain names of functions that LaTeX spells otherwise. */
const functions: ReadonlyMap<string, string> = new Map([
	["ln", "log"],
	["gamma", "Gamma"],
	["trace", "tr"],
	["Tr", "tr"],
	["psi", "digamma"],
]);

type Special = (
	c: Conversion,
	args: readonly PlainNode[],
	written: string,
) => Surface;

const specials: ReadonlyMap<string, Special> = new Map<string, Special>(
	Object.entries({
		sum: (c, args) => big(c, "sum", args),
		prod: (c, args) => big(c, "product", args),
		int: integral,
		integral,
		E: (c, args) => moment(c, "E", args),
		Var: (c, args) => moment(c, "Var", args),
		H: (c, args) => moment(c, "H", args),
		Cov: (c, args) => ({
			kind: "expectation",
			operator: "Cov",
			law: null,
			arguments: exactly(c, args, 2, "Cov(a, b)").map(c.convert),
			given: [],
			span: c.span,
		}),
		sqrt: (c, args) => root(c, one(c, args, "sqrt(a)")),
		inv: (c, args) => ({
			kind: "power",
			base: one(c, args, "inv(A)"),
			exponent: {
				kind: "sum",
				terms: [{ sign: -1, term: number(c, "1") }],
				span: c.span,
			},
			span: c.span,
		}),
		transpose: (c, args) => ({
			kind: "transposed",
			of: one(c, args, "transpose(A)"),
			span: c.span,
		}),
		norm: (c, args) => bars(c, true, one(c, args, "norm(x)")),
		abs: (c, args) => bars(c, false, one(c, args, "abs(a)")),
		dot,
		KL: divergence,
		indicator,
		diff: derivative,
		derivative,
	} satisfies Record<string, Special>),
);

function exactly(
	c: Conversion,
	args: readonly PlainNode[],
	count: number,
	usage: string,
): readonly PlainNode[] {
	if (args.length === count) return args;
	throw c.problem(`${args.length} arguments where ${count} belong`, usage);
}

function one(
	c: Conversion,
	args: readonly PlainNode[],
	usage: string,
): Surface {
	return c.convert(exactly(c, args, 1, usage)[0] as PlainNode);
}

function number(c: Conversion, text: string): Surface {
	return { kind: "number", text, span: c.span };
}

function root(c: Conversion, base: Surface): Surface {
	const half: Surface = {
		kind: "fraction",
		numerator: number(c, "1"),
		denominator: number(c, "2"),
		span: c.span,
	};
	return { kind: "power", base, exponent: half, span: c.span };
}

function bars(c: Conversion, double: boolean, of: Surface): Surface {
	return { kind: "bars", double, order: "2", of, span: c.span };
}

/** `sum(body, k, 1, K)`, `sum(body, k)`, `sum(body, j, j != i)`, and both: `sum(body, j, 1, N, j != i)`. */
function big(
	c: Conversion,
	operator: SurfaceBig["operator"],
	args: readonly PlainNode[],
): Surface {
	const usage = `${operator === "sum" ? "sum" : "prod"}(body, k, 1, K)`;
	const [body, index, ...rest] = args.map(c.convert);
	if (!body || index?.kind !== "name")
		throw c.problem("a sum needs a body and an index", usage);
	const conditions = rest.filter(
		(r): r is SurfaceRelation => r.kind === "relation",
	);
	const bounds = rest.filter((r) => r.kind !== "relation");
	if (bounds.length !== 0 && bounds.length !== 2)
		throw c.problem("a sum has two bounds or none", usage);
	return {
		kind: "big",
		operator,
		index,
		lower: bounds[0] ?? null,
		upper: bounds[1] ?? null,
		conditions,
		body,
		span: c.span,
	};
}

/** `int(f(z), z)`, with bounds `int(f(z), z, a, b)`. */
function integral(c: Conversion, args: readonly PlainNode[]): Surface {
	const [body, variable, lower = null, upper = null, ...more] = args.map(
		c.convert,
	);
	if (!body || !variable || more.length > 0 || (lower && !upper))
		throw c.problem("an integral needs a body and a variable", "int(f(z), z)");
	return {
		kind: "integral",
		measures: [variable],
		lower,
		upper,
		body,
		span: c.span,
	};
}

/** `E(x)`, `E(x, q)`. */
function moment(
	c: Conversion,
	operator: SurfaceExpectation["operator"],
	args: readonly PlainNode[],
): Surface {
	const [body, law = null, ...more] = args.map(c.convert);
	if (!body || more.length > 0)
		throw c.problem("an expectation takes a body and a law", "E(x, q)");
	return {
		kind: "expectation",
		operator,
		law,
		arguments: [body],
		given: [],
		span: c.span,
	};
}

/** xᵀ y. */
function dot(c: Conversion, args: readonly PlainNode[]): Surface {
	const [a, b] = exactly(c, args, 2, "dot(x, y)").map(c.convert) as [
		Surface,
		Surface,
	];
	const row: Surface = { kind: "transposed", of: a, span: c.span };
	return { kind: "product", factors: [row, b], span: c.span };
}

function divergence(c: Conversion, args: readonly PlainNode[]): Surface {
	const [q, p] = exactly(c, args, 2, "KL(q, p)").map(c.convert) as [
		Surface,
		Surface,
	];
	return {
		kind: "call",
		function: nameOf(c, "KL"),
		arguments: [q],
		given: [p],
		parameters: [],
		span: c.span,
	};
}

function indicator(c: Conversion, args: readonly PlainNode[]): Surface {
	const condition = one(c, args, "indicator(c[i] == k)");
	if (condition.kind !== "relation")
		throw c.problem("an indicator takes a condition", "indicator(c[i] == k)");
	return { kind: "indicator", condition, span: c.span };
}

/** `diff(f, x)`. */
function derivative(c: Conversion, args: readonly PlainNode[]): Surface {
	const [of, by] = exactly(c, args, 2, "diff(f, x)").map(c.convert) as [
		Surface,
		Surface,
	];
	return { kind: "derivative", by, order: 1, of, span: c.span };
}

/** A call whose arguments may have a bar in them: mathjs reads `p(x, y | z)` as the arguments x and `y | z`. */
function conditional(
	c: Conversion,
	name: SurfaceName,
	args: readonly PlainNode[],
): Surface {
	const at = args.findIndex(isBar);
	const bar = args[at];
	const [left, right] = bar?.args ?? [];
	const before = at < 0 ? args : [...args.slice(0, at), left as PlainNode];
	const behind = at < 0 ? [] : [right as PlainNode, ...args.slice(at + 1)];
	return {
		kind: "call",
		function: name,
		arguments: before.map(c.convert),
		given: behind.map(c.convert),
		parameters: [],
		span: c.span,
	};
}

function isBar(node: PlainNode): boolean {
	return node.type === "OperatorNode" && node.op === "|";
}
