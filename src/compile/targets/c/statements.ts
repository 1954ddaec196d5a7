import { isValue, one, type Scalar } from "../../scalar.js";
import type {
	CollectStatement,
	FactoriseStatement,
	GatherStatement,
	LoopStatement,
	NormaliseStatement,
	SettleStatement,
	Statement,
	StoreStatement,
} from "../../statement.js";
import { Expressions, type Layout } from "../infix.js";
import { doubles, positions } from "./dialect.js";

/** Expressions for numbers, whose subscripts are whole numbers. */
export function expressionsFor(layout: Layout): Expressions {
	return new Expressions(layout, doubles, new Expressions(layout, positions));
}

/** Writes statements as lines of C that compute one number after the other. */
export class Statements {
	constructor(
		protected readonly layout: Layout,
		protected readonly expressions: Expressions = expressionsFor(layout),
	) {}

	block(statements: readonly Statement[], indent: string): string[] {
		return statements.flatMap((s) => this.statement(s, indent));
	}

	protected statement(s: Statement, indent: string): string[] {
		switch (s.kind) {
			case "let":
				return [
					`${indent}const double ${s.name} = ${this.expressions.value(s.value)};`,
				];
			case "accumulator": {
				const start = s.op === "+" ? "0.0" : "1.0";
				return [
					s.compensated
						? `${indent}struct sum ${s.name} = {0.0, 0.0, 0.0};`
						: `${indent}double ${s.name} = ${start};`,
				];
			}
			case "gather":
				return [indent + this.gather(s)];
			case "table":
				return [];
			case "clear":
				return [
					`${indent}clear(${this.layout.name(s.array)}, ${this.length(s.array)});`,
				];
			case "store":
				return [indent + this.store(s)];
			case "collect":
				return [indent + this.collect(s)];
			case "settle":
				return [indent + this.settle(s)];
			case "loop":
				return this.loop(s, indent);
			case "tiles":
				throw new Error("several turns at once outside of a block");
			case "normalise":
				return [indent + this.normalise(s)];
			case "factorise":
				return [indent + this.factorise(s), `${indent}(void)${s.name};`];
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

	value(s: Scalar): string {
		return this.expressions.value(s);
	}

	/** How many elements an array has. */
	length(array: string): string {
		const dims = this.layout.dims(array) ?? [];
		return dims.length === 0
			? "1"
			: dims.map((d) => this.expressions.size(d)).join(" * ");
	}

	private gather(s: GatherStatement): string {
		const { name, op, compensated } = s.into;
		const value = this.expressions.value(s.value);
		return compensated
			? `add_to(&${name}, ${value});`
			: `${name} ${op}= ${value};`;
	}

	private store(s: StoreStatement): string {
		const element = this.expressions.element(s.array, s.at);
		const value = this.expressions.value(s.value);
		return `${element} = ${s.how === "root" ? `sqrt(${value})` : value};`;
	}

	private collect(s: CollectStatement): string {
		const at = this.position(s.array, s.at);
		const value = this.expressions.value(s.value);
		const [sums, lost] = [s.array, s.lost].map((a) => this.layout.name(a));
		return `collect(&${sums}[${at}], &${lost}[${at}], ${value});`;
	}

	private settle(s: SettleStatement): string {
		const [sums, lost] = [s.array, s.lost].map((a) => this.layout.name(a));
		return `settle(${sums}, ${lost}, ${this.length(s.array)});`;
	}

	private normalise(s: NormaliseStatement): string {
		const place = (array: string, at: readonly Scalar[]) =>
			`&${this.layout.name(array)}[${this.position(array, at)}]`;
		const logs = s.logs ? place(s.logs.array, s.logs.at) : "NULL";
		const size = this.expressions.size(s.size);
		return `softmax(${place(s.array, s.at)}, ${size}, ${logs});`;
	}

	private factorise(s: FactoriseStatement): string {
		const at = this.position(s.array, s.at);
		const size = this.expressions.size(s.size);
		const array = this.layout.name(s.array);
		return `const double ${s.name} = factorise(&${array}[${at}], ${size});`;
	}

	protected position(array: string, at: readonly Scalar[]): string {
		return this.expressions.offset(this.layout.dims(array) ?? [], at);
	}

	private loop(s: LoopStatement, indent: string): string[] {
		return [
			...this.loopHead(s, indent),
			...this.block(s.body, `${indent}\t`),
			`${indent}}`,
		];
	}

	protected loopHead(s: LoopStatement, indent: string): string[] {
		const index = this.layout.name(s.index.name);
		const start = isValue(s.lower, 1)
			? "0"
			: this.expressions.position(s.lower);
		const end = this.expressions.position(oneMore(s.upper));
		const skips = s.except.map(
			(e) =>
				`${indent}\tif (${index} == ${this.expressions.position(e)}) continue;`,
		);
		return [
			`${indent}for (int64_t ${index} = ${start}; ${index} < ${end}; ${index}++) {`,
			...skips,
		];
	}
}

/** The bound of a loop that counts from 0: its last subscript plus one, less one as a position. */
function oneMore(upper: Scalar): Scalar {
	return { kind: "add", terms: [upper, one] };
}
