import type { Dim } from "../../../expr/tree.js";
import { type BlockPass, blockPass } from "../../blocks/blocks.js";
import type { Loops } from "../../kernels.js";
import { arraysUsed, inside, mentions } from "../../rows.js";
import type { Scalar } from "../../scalar.js";
import type { Kernel, Statement, TilesStatement } from "../../statement.js";
import { Expressions, type Layout } from "../infix.js";
import { comment } from "../provenance.js";
import { blockOf, namesIn, type State } from "../state.js";
import { javascript } from "./dialect.js";
import { StatementWriter } from "./statements.js";

/** The pass of a module: the function, and what it needs beside. */
export interface PassSource {
	/** Source that stands before the module's functions. */
	readonly source: readonly string[];
	/** The statements by which `start` makes ready for it. */
	readonly start: readonly string[];
	/** Whether other threads may help. */
	readonly usesThreads: boolean;
	readonly pass: string;
}

/** Points that are taken at once: what is kept of them fits a cache. */
const blockSize = 64;

/** Rows after which it is looked at what rounding has taken away. */
const segment = 256;

/** The pass over the data in JavaScript, by blocks of points; null if there is none. */
export function writePass(loops: Loops, state: State): PassSource | null {
	const { pass: kernel, plan } = loops;
	const pass = blockPass(loops);
	if (!kernel || !pass || plan.dataAxis === null) return null;
	const parts = passParts(loops, kernel, pass, state);
	const { layout, size, length, sums, arrays, renews } = parts;
	const writer = new BlockStatements(layout, pass);
	const count = size(plan.dataAxis);
	const made = [...pass.tables].map(
		([table, [, ...dims]]) =>
			`\tconst ${layout.name(table)} = new Float64Array(${[String(blockSize), ...dims.map(size)].join(" * ")});`,
	);
	const scratch = arrays
		.filter((a) => a.isForgotten)
		.map(
			({ name, dims }) =>
				`\tconst ${name}_room = new Float64Array(${[String(blockSize), ...dims.map(size)].join(" * ")});`,
		);
	const rows = arrays.map(({ name, dims, isForgotten }) => {
		const width = dims.map((d) => ` * ${size(d)}`).join("");
		const ends = [
			`from${width}`,
			`${dims.length > 0 ? "(from + points)" : "from + points"}${width}`,
		];
		const whole = `${name}.subarray(${ends.join(", ")})`;
		const text = isForgotten
			? `${renews ? "renew && " : ""}!state.keep ? ${name}_room : ${whole}`
			: whole;
		return `\t\tconst ${name}_rows = ${text};`;
	});
	const lines = [
		...parts.shared.map(
			({ name, dims }) =>
				`\tconst ${name} = new Float64Array(${length(dims)});`,
		),
		...parts.before,
		...sums.flatMap(({ sum, lost, block, dims }) => [
			`\t${sum}.fill(0);`,
			`\tconst ${lost} = new Float64Array(${length(dims)});`,
			`\tconst ${block} = new Float64Array(${length(dims)});`,
		]),
		...made,
		...scratch,
		`\tfor (let from = 0; from < ${count}; from += ${blockSize}) {`,
		`\t\tconst points = Math.min(${blockSize}, ${count} - from);`,
		...rows,
		...writer.block(pass.body, "\t\t"),
		...(sums.length > 0
			? [
					`\t\tif (from + points < ${count} && (from + points) % ${segment} > 0) continue;`,
					...sums.map(
						({ sum, lost, block }) =>
							`\t\taddBlock(${sum}, ${lost}, ${block});`,
					),
				]
			: []),
		"\t}",
		...sums.map(({ sum, lost }) => `\tsettle(${sum}, ${lost});`),
	];
	return {
		source: [],
		start: [],
		usesThreads: false,
		pass: passFunction(kernel, lines, state),
	};
}

/** The function of the pass, with the names of the state that it uses. */
export function passFunction(
	kernel: Kernel,
	lines: readonly string[],
	state: State,
): string {
	const used = namesIn(lines, state.names);
	return [
		`/** ${comment(kernel.doc)} */`,
		`function pass(${["state", ...kernel.flags].join(", ")}) {`,
		...(used.length > 0 ? [`\tconst { ${used.join(", ")} } = state;`] : []),
		...lines,
		"}",
	].join("\n");
}

/** What a pass is written from, whatever does the rows. */
export function passParts(
	loops: Loops,
	kernel: Kernel,
	pass: BlockPass,
	state: State,
) {
	const { plan, statistics } = loops;
	const layout: Layout = {
		name: (of) => state.layout.name(of),
		dims: (array) =>
			pass.tables.get(array) ??
			kernel.tables.get(array) ??
			state.layout.dims(array),
	};
	const size = (d: Dim) => (typeof d === "number" ? String(d) : layout.name(d));
	const length = (dims: readonly Dim[]) =>
		dims.length === 0 ? "1" : dims.map(size).join(" * ");
	const expressions = new Expressions(layout, javascript);
	const renews = kernel.flags.includes("renew");
	const used = arraysUsed(pass.body);
	const lost = new Set(statistics.map((s) => s.lost));
	return {
		layout,
		size,
		length,
		renews,
		before: new StatementWriter(expressions, layout, []).block(
			pass.before.filter((s) => s.kind !== "table"),
			"\t",
		),
		/** Tables that are the same for all points. */
		shared: [...kernel.tables]
			.filter(([t]) => !pass.tables.has(t) && !lost.has(t))
			.map(([t, dims]) => ({ name: layout.name(t), dims })),
		sums: statistics
			.filter((s) => kernel.tables.has(s.lost))
			.map((s) => ({
				name: s.name,
				sum: layout.name(s.name),
				lost: layout.name(s.lost),
				block: layout.name(blockOf(s.name)),
				dims: s.over.map((o) => o.size),
			})),
		arrays: [...plan.inputs, ...plan.parameters]
			.filter((v) => v.dims[0] === plan.dataAxis && used.has(v.name))
			.map((v) => {
				const isWritten = writes(pass.body, v.name);
				return {
					of: v.name,
					name: layout.name(v.name),
					dims: v.dims.slice(1),
					isWritten,
					isForgotten: isWritten && pass.forgets,
				};
			}),
	};
}

function writes(statements: readonly Statement[], array: string): boolean {
	return statements.some(
		(s) =>
			((s.kind === "store" || s.kind === "normalise") && s.array === array) ||
			writes(inside(s), array),
	);
}

/** Writes what is done for a block of points as JavaScript. */
class BlockStatements extends StatementWriter {
	constructor(
		layout: Layout,
		private readonly pass: BlockPass,
	) {
		const plain = new Expressions(layout, javascript);
		const element = (array: string, at: readonly Scalar[]) => {
			const name = blockName(array);
			return name && pass.isAtPoint(at)
				? `${name}[${plain.offset(layout.dims(array) ?? [], at)}]`
				: null;
		};
		const blockName = (array: string) =>
			layout.dims(array)?.[0] !== pass.row.size
				? null
				: pass.tables.has(array)
					? layout.name(array)
					: `${layout.name(array)}_rows`;
		super(new Expressions(layout, { ...javascript, element }), layout, []);
		this.blockName = blockName;
	}

	private readonly blockName: (array: string) => string | null;

	protected override arrayName(array: string): string {
		return this.blockName(array) ?? super.arrayName(array);
	}

	protected override tiles(s: TilesStatement, indent: string): string[] {
		const isPoint = s.index.name === this.pass.point.name;
		const index = this.layout.name(s.index.name);
		const end = isPoint ? "points" : this.expressions.size(s.index.size);
		const row = this.pass.row.name;
		const isNamed = isPoint && mentions(inside(s), row);
		const own = isNamed
			? [`const ${this.layout.name(row)} = from + ${index};`]
			: [];
		const body = (statements: readonly Statement[], deeper: string) => [
			...own.map((line) => deeper + line),
			...this.block(statements, deeper),
		];
		const [only, ...more] = s.parts;
		if (only?.step === 1 && more.length === 0)
			return [
				`${indent}for (let ${index} = 0; ${index} < ${end}; ${index}++) {`,
				...body(only.body, `${indent}\t`),
				`${indent}}`,
			];
		return [
			`${indent}{`,
			`${indent}\tlet ${index} = 0;`,
			...s.parts.flatMap(({ step, body: part }) => [
				step === 1
					? `${indent}\tfor (; ${index} < ${end}; ${index}++) {`
					: `${indent}\tfor (; ${index} + ${step} <= ${end}; ${index} += ${step}) {`,
				...body(part, `${indent}\t\t`),
				`${indent}\t}`,
			]),
			`${indent}}`,
		];
	}
}
