import type { Lexicon, Surface, SurfaceSum } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { called } from "./functions.js";
import { type Conversion, nameOf } from "./names.js";
import type { PlainNode } from "./nodes.js";

/**
 * The surface tree of an expression that mathjs parsed.
 * @throws Problem for what has no meaning here, and for a slash before an implicit product.
 */
export function convertSide(
	node: PlainNode,
	lexicon: Lexicon,
	span: Span,
): Surface {
	const conversion: Conversion = {
		lexicon,
		span,
		convert: (inner) => convert(conversion, inner),
		problem: (message, expected) => new Problem(message, span, expected),
	};
	return conversion.convert(node);
}

function convert(c: Conversion, node: PlainNode): Surface {
	switch (node.type) {
		case "ConstantNode":
			return { kind: "number", text: numeral(c, node.value), span: c.span };
		case "SymbolNode":
			return node.name === "const"
				? { kind: "const", variable: null, span: c.span }
				: nameOf(c, node.name ?? "");
		case "ParenthesisNode":
			return c.convert(node.content as PlainNode);
		case "OperatorNode":
			return operation(c, node);
		case "RelationalNode":
			throw c.problem("several relations in brackets", "one relation");
		case "FunctionNode":
			return called(c, functionName(c, node), node.args ?? []);
		case "AccessorNode":
			return indexed(c, node);
		case "ArrayNode":
			return {
				kind: "tuple",
				items: (node.items ?? []).map(c.convert),
				span: c.span,
			};
		case "RangeNode":
			return range(c, node);
		default:
			throw c.problem(
				`a ${node.type.replace(/Node$/, "").toLowerCase()} is not read here`,
				"an expression",
			);
	}
}

function numeral(c: Conversion, value: unknown): string {
	const isBig =
		typeof value === "object" && value !== null && "toFixed" in value;
	const text = isBig
		? (value as { toFixed(): string }).toFixed()
		: String(value);
	if (!/^\d+(\.\d+)?$/.test(text))
		throw c.problem(`“${text}” is no number`, "a decimal number");
	return text;
}

function functionName(c: Conversion, node: PlainNode): string {
	const { fn } = node;
	const name = typeof fn === "string" ? fn : fn?.name;
	if (!name) throw c.problem("this is applied like a function", "a name");
	return name;
}

function indexed(c: Conversion, node: PlainNode): Surface {
	const base = c.convert(node.object as PlainNode);
	const dimensions = node.index?.dimensions ?? [];
	if (base.kind !== "name" || dimensions.length === 0)
		throw c.problem("an index on something that is not a name", "phi[i,k]");
	return {
		...base,
		subscripts: [...base.subscripts, ...dimensions.map(c.convert)],
	};
}

function range(c: Conversion, node: PlainNode): Surface {
	if (node.step) throw c.problem("a range with a step", "1:N");
	return {
		kind: "relation",
		relation: ":",
		left: c.convert(node.start as PlainNode),
		right: c.convert(node.end as PlainNode),
		span: c.span,
	};
}

const relations: Readonly<Record<string, string>> = {
	"==": "=",
	"!=": "≠",
	"<": "<",
	"<=": "≤",
	">": ">",
	">=": "≥",
};

function operation(c: Conversion, node: PlainNode): Surface {
	const [left, right] = (node.args ?? []) as [PlainNode, PlainNode | undefined];
	const { op = "" } = node;
	if (!right) return unary(c, op, left);
	const relation = relations[op];
	if (relation)
		return {
			kind: "relation",
			relation,
			left: c.convert(left),
			right: c.convert(right),
			span: c.span,
		};
	if (op === "+" || op === "-")
		return { kind: "sum", terms: terms(c, node, 1), span: c.span };
	if (op === "*") return product(c, node);
	if (op === "/") return quotient(c, left, right);
	if (op === "^") return power(c, left, right);
	throw c.problem(`the operator ${op} is not read here`, "+ − * / or ^");
}

function unary(c: Conversion, op: string, of: PlainNode): Surface {
	if (op === "-")
		return {
			kind: "sum",
			terms: [{ sign: -1, term: c.convert(of) }],
			span: c.span,
		};
	if (op === "+") return c.convert(of);
	if (op === "'")
		return { kind: "transposed", of: c.convert(of), span: c.span };
	throw c.problem(`the operator ${op} is not read here`, "+ − * / or ^");
}

/** Terms of nested sums that stand without brackets, in reading order. */
function terms(
	c: Conversion,
	node: PlainNode,
	sign: 1 | -1,
): SurfaceSum["terms"][number][] {
	const [left, right] = node.args ?? [];
	const isSum =
		node.type === "OperatorNode" && (node.op === "+" || node.op === "-");
	if (!isSum || !left) return [{ sign, term: c.convert(node) }];
	if (!right) {
		const inner = node.op === "-" ? -sign : sign;
		return [{ sign: inner as 1 | -1, term: c.convert(left) }];
	}
	const behind = node.op === "-" ? -sign : sign;
	return [
		...terms(c, left, sign),
		{ sign: behind as 1 | -1, term: c.convert(right) },
	];
}

function product(c: Conversion, node: PlainNode): Surface {
	const factors = factorsOf(c, node);
	return { kind: "product", factors: factors.map(c.convert), span: c.span };
}

/** Factors of nested products that stand without brackets. */
function factorsOf(c: Conversion, node: PlainNode): PlainNode[] {
	if (node.type !== "OperatorNode" || node.op !== "*") return [node];
	const args = node.args ?? [];
	if (
		node.implicit &&
		args.some((a) => a.type === "OperatorNode" && a.op === "/")
	)
		throw unclearSlash(c);
	return args.flatMap((a) => factorsOf(c, a));
}

function quotient(c: Conversion, left: PlainNode, right: PlainNode): Surface {
	if (isImplicit(c, right)) throw unclearSlash(c);
	return {
		kind: "fraction",
		numerator: c.convert(left),
		denominator: c.convert(right),
		span: c.span,
	};
}

/** Whether a product without a sign stands here: `2 b`, or `a(b)` with a symbol a. */
function isImplicit(c: Conversion, node: PlainNode): boolean {
	if (node.type === "OperatorNode" && node.op === "*")
		return node.implicit === true;
	return (
		node.type === "FunctionNode" && c.lexicon.isSymbol(functionName(c, node))
	);
}

function unclearSlash(c: Conversion): Problem {
	return c.problem(
		"a slash beside a product without a sign can be read in two ways",
		"brackets around the denominator",
	);
}

function power(c: Conversion, base: PlainNode, exponent: PlainNode): Surface {
	const transposes =
		exponent.type === "SymbolNode" &&
		exponent.name === "T" &&
		!c.lexicon.isSymbol("T");
	if (transposes)
		return { kind: "transposed", of: c.convert(base), span: c.span };
	return {
		kind: "power",
		base: c.convert(base),
		exponent: c.convert(exponent),
		span: c.span,
	};
}
