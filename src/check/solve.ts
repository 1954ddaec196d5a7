import type { MathNode } from "mathjs";
import { packages } from "../platform.js";

/** What an expression in letters is evaluated in. */
export interface Algebra<T> {
	add(a: T, b: T): T;
	negate(a: T): T;
	multiply(a: T, b: T): T;
	/** A whole number as exponent. */
	power(a: T, exponent: number): T;
}

interface Solver {
	solve(equation: string, unknown: string): { toString(): string };
}

/**
 * Solves `equation = 0` for the unknown with nerdamer and evaluates the first root that is not identically zero, its
 * letters standing for values. Null if there is none, or one that is not a rational expression. What comes out is a
 * suggestion: nerdamer is no judge.
 */
export async function solveFor<T>(
	equation: string,
	unknown: string,
	letterValue: (letter: string) => T | undefined,
	algebra: Algebra<T>,
): Promise<T | null> {
	const { default: nerdamer } = (await packages.nerdamer()) as unknown as {
		default: Solver;
	};
	const { parse } = await packages.mathjs();
	const roots = nerdamer
		.solve(equation, unknown)
		.toString()
		.replace(/^\[|\]$/g, "")
		.split(",");
	for (const root of roots)
		if (root !== "" && root !== "0") {
			const value = evaluate(parse(root), letterValue, algebra);
			if (value !== null) return value;
		}
	return null;
}

function evaluate<T>(
	node: MathNode,
	letterValue: (letter: string) => T | undefined,
	algebra: Algebra<T>,
): T | null {
	const inner = (child: MathNode) => evaluate(child, letterValue, algebra);
	const negative = (value: T | null) =>
		value === null ? null : algebra.negate(value);
	const shape = node as MathNode & {
		name?: string;
		op?: string;
		content?: MathNode;
		args?: MathNode[];
	};
	if (node.type === "SymbolNode") return letterValue(shape.name ?? "") ?? null;
	if (node.type === "ParenthesisNode" && shape.content)
		return inner(shape.content);
	const [first, second] = shape.args ?? [];
	if (node.type !== "OperatorNode" || !first) return null;
	if (!second) return shape.op === "-" ? negative(inner(first)) : null;
	if (shape.op === "^") return raised(inner(first), second, algebra);
	const [a, b] = [inner(first), inner(second)];
	if (a === null || b === null) return null;
	if (shape.op === "*") return algebra.multiply(a, b);
	if (shape.op === "/") return algebra.multiply(a, algebra.power(b, -1));
	if (shape.op === "+") return algebra.add(a, b);
	return shape.op === "-" ? algebra.add(a, algebra.negate(b)) : null;
}

function raised<T>(
	base: T | null,
	exponent: MathNode,
	algebra: Algebra<T>,
): T | null {
	const n = Number(exponent.toString().replace(/[()\s]/g, ""));
	return base !== null && Number.isInteger(n) ? algebra.power(base, n) : null;
}
