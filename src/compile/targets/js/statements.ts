import { inside } from "../../rows.js";
import type { Scalar } from "../../scalar.js";
import { isValue } from "../../scalar.js";
import type {
	CollectStatement,
	GatherStatement,
	Kernel,
	LoopStatement,
	NormaliseStatement,
	SettleStatement,
	Statement,
	StoreStatement,
	TableStatement,
	TilesStatement,
} from "../../statement.js";
import { Expressions, type Layout } from "../infix.js";
import { comment } from "../provenance.js";
import { blockOf, namesIn } from "../state.js";
import { javascript } from "./dialect.js";

/** The function of a kernel, as lines of JavaScript. It takes the state, and the kernel's flags. */
export function writeKernel(
	kernel: Kernel,
	name: string,
	layout: Layout,
	stateNames: readonly string[],
): string {
	const local: Layout = {
		name: (of) => layout.name(of),
		dims: (array) => kernel.tables.get(array) ?? layout.dims(array),
	};
	const writer = new StatementWriter(
		new Expressions(local, javascript),
		local,
		kernel.statements.filter((s) => s.kind === "settle"),
	);
	const body = [
		...writer.before(kernel.statements),
		...writer.block(kernel.statements, "\t"),
		...writer.results(kernel),
	];
	const used = namesIn(body, stateNames);
	const parameters = ["state", ...kernel.flags].join(", ");
	return [
		`/** ${comment(kernel.doc)} */`,
		`function ${name}(${parameters}) {`,
		...(used.length > 0 ? [`\tconst { ${used.join(", ")} } = state;`] : []),
		...body,
		"}",
	].join("\n");
}

/** Writes statements as lines of JavaScript. */
export class StatementWriter {
	/** @param kept the sums over the data that the kernel forms */
	constructor(
		protected readonly expressions: Expressions,
		protected readonly layout: Layout,
		protected readonly kept: readonly SettleStatement[],
	) {}

	/** Tables that loops fill anew each time, made once before. */
	before(statements: readonly Statement[]): string[] {
		const within = (s: Statement): string[] =>
			inside(s).flatMap((inner) =>
				inner.kind === "table" ? [`\t${this.table(inner)}`] : within(inner),
			);
		return statements.flatMap(within);
	}

	block(statements: readonly Statement[], indent: string): string[] {
		return statements.flatMap((s) => this.statement(s, indent));
	}

	results(kernel: Kernel): string[] {
		if (kernel.results.length === 0) return [];
		const lines = kernel.results.map(
			({ name, value }) =>
				`\t\t${this.expressions.value(value)}, // ${comment(name)}`,
		);
		return ["\treturn [", ...lines, "\t];"];
	}

	private statement(s: Statement, indent: string): string[] {
		switch (s.kind) {
			case "let":
				return [
					`${indent}const ${s.name} = ${this.expressions.value(s.value)};`,
				];
			case "accumulator": {
				const start = s.op === "+" ? "0" : "1";
				return [
					s.compensated
						? `${indent}const ${s.name} = new Sum();`
						: `${indent}let ${s.name} = ${start};`,
				];
			}
			case "gather":
				return [indent + this.gather(s)];
			case "table":
				return indent === "\t" ? this.tables(s) : [];
			case "clear":
				return [`${indent}${this.layout.name(s.array)}.fill(0);`];
			case "store":
				return [indent + this.store(s)];
			case "collect":
				return [indent + this.collect(s)];
			case "settle":
				return [indent + this.settle(s)];
			case "tiles":
				return this.tiles(s, indent);
			case "loop":
				return this.loop(s, indent);
			case "normalise": {
				const dims = this.layout.dims(s.array) ?? [];
				const offset = this.expressions.offset(dims, s.at);
				const size = this.expressions.size(s.size);
				const row = `${this.arrayName(s.array)}, ${offset}, ${size}`;
				return [`${indent}softmax(${row}${this.logs(s)});`];
			}
			case "factorise": {
				const dims = this.layout.dims(s.array) ?? [];
				const offset = this.expressions.offset(dims, s.at);
				const size = this.expressions.size(s.size);
				return [
					`${indent}const ${s.name} = factorise(${this.arrayName(s.array)}, ${offset}, ${size});`,
				];
			}
			case "if":
				return [
					`${indent}if (${s.flag}) {`,
					...this.block(s.body, `${indent}\t`),
					...(s.otherwise.length > 0
						? [`${indent}} else {`, ...this.block(s.otherwise, `${indent}\t`)]
						: []),
					`${indent}}`,
				];
		}
	}

	private logs({ logs }: NormaliseStatement): string {
		if (!logs) return "";
		const dims = this.layout.dims(logs.array) ?? [];
		const offset = this.expressions.offset(dims, logs.at);
		return `, ${this.arrayName(logs.array)}, ${offset}`;
	}

	/** What an array is called where it is handed on. */
	protected arrayName(array: string): string {
		return this.layout.name(array);
	}

	protected tiles(_s: TilesStatement, _indent: string): string[] {
		throw new Error("several turns at once outside of a block");
	}

	private gather(s: GatherStatement): string {
		const { name, op, compensated } = s.into;
		const value = this.expressions.value(s.value);
		return compensated ? `${name}.add(${value});` : `${name} ${op}= ${value};`;
	}

	/** A table, and beside the rounding errors of a sum that of the rows since they were last looked at. */
	protected tables(s: TableStatement): string[] {
		const sum = this.kept.find(({ lost }) => lost === s.name);
		const all = sum ? [s, { ...s, name: blockOf(sum.array) }] : [s];
		return all.map((table) => `\t${this.table(table)}`);
	}

	protected table(s: TableStatement): string {
		const sizes = s.dims.map((d) => this.expressions.size(d));
		const length = sizes.length === 0 ? "1" : sizes.join(" * ");
		return `const ${this.layout.name(s.name)} = new Float64Array(${length});`;
	}

	private store(s: StoreStatement): string {
		const element = this.expressions.element(s.array, s.at);
		const value = this.expressions.value(s.value);
		switch (s.how) {
			case "set":
				return `${element} = ${value};`;
			case "root":
				return `${element} = Math.sqrt(${value});`;
		}
	}

	private collect(s: CollectStatement): string {
		const dims = this.layout.dims(s.array) ?? [];
		const at = this.expressions.offset(dims, s.at);
		const value = this.expressions.value(s.value);
		return `${this.layout.name(blockOf(s.array))}[${at}] += ${value};`;
	}

	private settle(s: SettleStatement): string {
		const [sums, lost] = [s.array, s.lost].map((a) => this.layout.name(a));
		return `settle(${sums}, ${lost});`;
	}

	/** Adds up the blocks of rows, with what rounding takes away. */
	private addBlocks(indent: string): string[] {
		return this.kept.map(({ array, lost }) => {
			const names = [array, lost, blockOf(array)];
			return `${indent}addBlock(${names.map((a) => this.layout.name(a)).join(", ")});`;
		});
	}

	protected loop(s: LoopStatement, indent: string): string[] {
		const index = this.layout.name(s.index.name);
		const start = isValue(s.lower, 1)
			? "0"
			: this.expressions.position(s.lower);
		const end = this.expressions.value(s.upper);
		const skips = s.except.map(
			(e: Scalar) =>
				`${indent}\tif (${index} === ${this.expressions.position(e)}) continue;`,
		);
		const collects = indent === "\t" && hasCollect(s.body);
		return [
			`${indent}for (let ${index} = ${start}; ${index} < ${end}; ${index}++) {`,
			...skips,
			...this.block(s.body, `${indent}\t`),
			...(collects
				? [
						`${indent}\tif ((${index} & 255) === 255) {`,
						...this.addBlocks(`${indent}\t\t`),
						`${indent}\t}`,
					]
				: []),
			`${indent}}`,
			...(collects ? this.addBlocks(indent) : []),
		];
	}
}

/** Whether statements add to sums over the data. */
function hasCollect(statements: readonly Statement[]): boolean {
	return statements.some((s) => s.kind === "collect" || hasCollect(inside(s)));
}
