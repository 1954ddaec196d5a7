import { blockPass } from "./blocks/blocks.js";
import { kernelsOf, type Loops } from "./kernels.js";
import { keyOf, parts, type Scalar } from "./scalar.js";
import type { Kernel, LoopStatement, Statement } from "./statement.js";

/** The loops in plain text, for reading and for tests: a line for each statement, subscripts counting from 1. */
export function describeLoops(loops: Loops): string {
	return kernelsOf(loops)
		.filter((kernel) => kernel !== loops.elboSize)
		.map(kernelText)
		.join("\n\n");
}

/** The pass by blocks of points, in the same words. */
export function describeBlocks(loops: Loops): string {
	const pass = blockPass(loops);
	if (!pass) return "no pass over the data";
	const tables = [...pass.tables].map(
		([name, dims]) => `  table ${name}[${dims.join(",")}]`,
	);
	return [
		`pass: By blocks of the ${pass.row.size} points.`,
		...pass.before.flatMap((s) => lines(s, "  ")),
		`each block, by ${pass.point.name}:`,
		...tables.map((t) => t.replace(`[${pass.row.size}`, `[${pass.point.name}`)),
		...pass.body.flatMap((s) => lines(s, "  ")),
	].join("\n");
}

function kernelText(kernel: Kernel): string {
	const results = kernel.results.map(
		({ name, value }) => `  return ${name}: ${valueText(value)}`,
	);
	return [
		`${kernel.name}: ${kernel.doc}`,
		...kernel.statements.flatMap((s) => lines(s, "  ")),
		...results,
	].join("\n");
}

function lines(s: Statement, indent: string): string[] {
	const inside = (body: readonly Statement[]) =>
		body.flatMap((inner) => lines(inner, `${indent}  `));
	switch (s.kind) {
		case "loop":
			return [`${indent}for ${rangeText(s)}`, ...inside(s.body)];
		case "tiles":
			// the parts that follow do the same for what is left
			return s.parts
				.slice(0, 1)
				.flatMap(({ step, body }) => [
					`${indent}for ${s.index.name}${step > 1 ? `, ${step} at once` : ""}`,
					...inside(body),
				]);
		case "if":
			return [
				`${indent}if ${s.flag}`,
				...inside(s.body),
				...(s.otherwise.length > 0
					? [`${indent}else`, ...inside(s.otherwise)]
					: []),
			];
		default:
			return [indent + lineText(s)];
	}
}

function rangeText({ index, lower, upper, except }: LoopStatement): string {
	const left = except.map((e) => ` except ${valueText(e)}`).join("");
	return `${index.name} = ${valueText(lower)} … ${valueText(upper)}${left}`;
}

function lineText(
	s: Exclude<Statement, { kind: "loop" | "tiles" | "if" }>,
): string {
	switch (s.kind) {
		case "let":
			return `${s.name} = ${valueText(s.value)}`;
		case "accumulator":
			return `${s.name} = ${s.op === "+" ? 0 : 1}`;
		case "gather":
			return `${s.into.name} ${s.into.op}= ${valueText(s.value)}`;
		case "table":
			return `table ${s.name}[${s.dims.join(",")}]`;
		case "clear":
			return `${s.array} = 0`;
		case "settle":
			return `${s.array} += ${s.lost}`;
		case "collect":
			return `${element(s.array, s.at)} += ${valueText(s.value)}`;
		case "store": {
			const value = valueText(s.value);
			return `${element(s.array, s.at)} = ${s.how === "root" ? `√(${value})` : value}`;
		}
		case "normalise":
			return `softmax ${element(s.array, s.at)}${s.logs ? `, logarithms in ${element(s.logs.array, s.logs.at)}` : ""}`;
		case "factorise":
			return `${element(s.array, s.at)} = its inverse, ${s.name} = log of its determinant`;
	}
}

function element(array: string, at: readonly Scalar[]): string {
	return at.length === 0 ? array : `${array}[${at.map(valueText).join(",")}]`;
}

function valueText(s: Scalar): string {
	const [first = "", ...rest] = parts(s).map(valueText);
	switch (s.kind) {
		case "number":
			return s.value.toFraction();
		case "size":
		case "named":
		case "index":
		case "local":
			return s.name;
		case "read":
			return element(s.array, s.at);
		case "add":
			return `(${[first, ...rest].join(" + ")})`;
		case "mul":
			return [first, ...rest].join(" · ");
		case "power":
			return `${first}^${rest.join("")}`;
		case "call":
			return `${s.fn}(${first})`;
		case "when":
			return `[${first} ${s.comparison} ${rest[0]}] ${rest[1]}`;
		case "fold":
		case "inverse":
		case "logdet":
			return keyOf(s);
	}
}
