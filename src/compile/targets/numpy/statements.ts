import type { Dim } from "../../../expr/tree.js";
import { arraysUsed } from "../../rows.js";
import { isValue, keyOf, type Scalar, sizeOf } from "../../scalar.js";
import type {
	AccumulatorStatement,
	CollectStatement,
	FactoriseStatement,
	GatherStatement,
	LoopStatement,
	NormaliseStatement,
	Statement,
	StoreStatement,
} from "../../statement.js";
import type { Layout } from "../infix.js";
import { Arrays, type Axis, OneByOne, type Part } from "./arrays.js";
import { isCarried, rangesMention } from "./carried.js";
import { inOrder } from "./contraction.js";

/**
 * Writes statements as lines of NumPy. A loop becomes an axis of the arrays within it wherever no value of one turn is
 * read in another, and no inner range depends on it; else it stays a loop.
 */
export class ArrayStatements {
	/** Accumulators by name: how many axes were open when they began. */
	private readonly depths = new Map<string, number>();

	/**
	 * @param tables the kernel's own arrays
	 * @param serial loops that stay loops whatever they look like
	 * @param rowArrays arrays with an element or more for each data point
	 * @param blocks whether the data are gone through by blocks
	 */
	constructor(
		private readonly layout: Layout,
		private readonly dataAxis: Dim | null,
		private readonly tables: ReadonlyMap<string, readonly Dim[]>,
		private readonly serial: ReadonlySet<LoopStatement>,
		private readonly rowArrays: readonly string[],
		private readonly blocks: boolean,
	) {}

	write(statements: readonly Statement[]): { lines: string[]; arrays: Arrays } {
		const arrays = new Arrays(this.layout, this.dataAxis);
		const lines = this.block(statements, arrays, "\t");
		return { lines: withoutEmptySums(lines), arrays };
	}

	private block(
		statements: readonly Statement[],
		arrays: Arrays,
		indent: string,
	): string[] {
		return statements.flatMap((s) => this.statement(s, arrays, indent));
	}

	private statement(s: Statement, arrays: Arrays, indent: string): string[] {
		switch (s.kind) {
			case "let":
				arrays.axesOf.set(s.name, arrays.axes(s.value));
				return [`${indent}${s.name} = ${arrays.value(s.value)}`];
			case "accumulator":
				return this.begin(s, arrays, indent);
			case "gather":
				return this.gather(s, arrays, indent);
			case "table":
				return this.isScratch(s.name)
					? []
					: [
							`${indent}${this.layout.name(s.name)} = np.zeros(${this.shape(s.dims)})`,
						];
			case "clear":
				return [`${indent}${this.layout.name(s.array)}[...] = 0.0`];
			case "store":
				return [indent + this.store(s, arrays)];
			case "collect":
				return [indent + this.collect(s, arrays)];
			case "settle":
				return [
					`${indent}${this.layout.name(s.array)} += ${this.layout.name(s.lost)}`,
				];
			case "normalise":
				return [indent + this.normalise(s, arrays)];
			case "factorise":
				return [indent + this.factorise(s, arrays)];
			case "if":
				return [
					`${indent}if ${s.flag}:`,
					...this.nonEmpty(s.body, arrays, `${indent}\t`),
					...(s.otherwise.length > 0
						? [
								`${indent}else:`,
								...this.nonEmpty(s.otherwise, arrays, `${indent}\t`),
							]
						: []),
				];
			case "tiles":
				throw new Error("several turns at once outside of a block");
			case "loop":
				return this.loop(s, arrays, indent);
		}
	}

	private nonEmpty(
		body: readonly Statement[],
		arrays: Arrays,
		indent: string,
	): string[] {
		const lines = this.block(body, arrays, indent);
		return lines.length > 0 ? lines : [`${indent}pass`];
	}

	/** Whether a table is filled within loops, and so made when it is filled. */
	private isScratch(table: string): boolean {
		return this.tables.has(table) && !this.isLost(table);
	}

	private isLost(table: string): boolean {
		return table.endsWith("_lost");
	}

	private begin(
		s: AccumulatorStatement,
		arrays: Arrays,
		indent: string,
	): string[] {
		this.depths.set(s.name, arrays.open.length);
		arrays.axesOf.set(s.name, []);
		return [`${indent}${s.name} = ${s.op === "+" ? "0.0" : "1.0"}`];
	}

	private gather(s: GatherStatement, arrays: Arrays, indent: string): string[] {
		const { name, op } = s.into;
		const over = arrays.open.slice(this.depths.get(name));
		const text = arrays.reduced(s.value, over, op);
		const left = arrays
			.axes(s.value)
			.filter((axis) => !over.some((a) => a.name === axis));
		const before = arrays.axesOf.get(name) ?? [];
		if (before.length > 0 && before.join() !== left.join())
			throw new OneByOne(name);
		arrays.axesOf.set(name, left);
		arrays.axesOf.set(`${name}.total`, left);
		return [
			`${indent}${name} = ${name} ${op} ${op === "*" ? `(${text})` : text}`,
		];
	}

	private store(s: StoreStatement, arrays: Arrays): string {
		if (this.isScratch(s.array)) return this.fillTable(s, arrays);
		const { text, axes } = arrays.part(s.array, s.at);
		const value = this.aligned(s, arrays, axes);
		return `${whole(text)} = ${value}`;
	}

	/** What is stored, with an array's axes in its order. */
	private aligned(
		s: StoreStatement,
		arrays: Arrays,
		axes: readonly string[],
	): string {
		const own = arrays.axes(s.value);
		const sorted = arrays.sorted(axes);
		const isInOrder = sorted.join() === axes.join();
		if (own.some((name) => !axes.includes(name))) throw new OneByOne(s.array);
		if (!isInOrder && own.join() !== sorted.join()) throw new OneByOne(s.array);
		const text = arrays.along(s.value, sorted);
		const value = s.how === "root" ? `np.sqrt(${text})` : text;
		return isInOrder ? value : inOrder(`(${value})`, sorted, axes);
	}

	/** A table is made with whatever axes are open when it is filled, and those of its subscripts. */
	private fillTable(s: StoreStatement, arrays: Arrays): string {
		const names = s.at.map((a) =>
			a.kind === "index" && arrays.axis(a.name) ? a.name : null,
		);
		if (names.includes(null)) throw new OneByOne(s.array);
		const own = names as string[];
		const extra = arrays.axes(s.value).filter((name) => !own.includes(name));
		arrays.extraAxes.set(s.array, extra);
		const all = [...extra, ...own];
		const sorted = arrays.sorted(all);
		const text = arrays.along(s.value, sorted);
		const value = s.how === "root" ? `np.sqrt(${text})` : text;
		const missing = sorted.some((name) => !arrays.axes(s.value).includes(name));
		const lengths = sorted.map((name) =>
			arrays.length(arrays.axis(name) as Axis),
		);
		const whole = missing
			? `np.broadcast_to(${value}, (${lengths.join(", ")},))`
			: value;
		const needsBrackets = sorted.join() !== all.join();
		return `${this.layout.name(s.array)} = ${inOrder(needsBrackets ? `(${whole})` : whole, sorted, all)}`;
	}

	private collect(s: CollectStatement, arrays: Arrays): string {
		const { text, axes } = arrays.part(s.array, s.at);
		const over = arrays.open.filter((a) => !axes.includes(a.name));
		const own = arrays.axes(s.value).filter((name) => axes.includes(name));
		if (own.length > 0 && own.length < axes.length) throw new OneByOne(s.array);
		const term = arrays.reduced(s.value, over, "+");
		const sorted = arrays.sorted(axes);
		const value =
			own.length === 0 || sorted.join() === axes.join()
				? term
				: inOrder(`(${term})`, sorted, axes);
		const lost = arrays.part(s.lost, s.at).text;
		return `collect(${whole(text)}, ${whole(lost)}, ${value})`;
	}

	private normalise(s: NormaliseStatement, arrays: Arrays): string {
		const dims = this.layout.dims(s.array) ?? [];
		if (s.at.length !== dims.length - 1) throw new OneByOne(s.array);
		const { text, axes } = this.wholeLast(s, arrays);
		if (!s.logs) return `softmax(${whole(text)})`;
		const { array: logs, at } = s.logs;
		const names = at.map((a) => (a.kind === "index" ? a.name : ""));
		const extra = axes.filter((name) => !names.includes(name));
		if ([...extra, ...names].join() !== axes.join()) throw new OneByOne(logs);
		arrays.extraAxes.set(logs, extra);
		return `${this.layout.name(logs)} = softmax(${whole(text)})`;
	}

	/** The matrices for all values of the open axes at once. */
	private factorise(s: FactoriseStatement, arrays: Arrays): string {
		const axes = arrays.extraAxes.get(s.array) ?? [];
		arrays.axesOf.set(s.name, axes);
		const name = this.layout.name(s.array);
		return `${name}, ${s.name} = factorised(${name})`;
	}

	/** An array at all values of its last subscript. */
	private wholeLast(s: NormaliseStatement, arrays: Arrays): Part {
		const inner = arrays.within({ name: "·", size: s.size, isRow: false });
		const index: Scalar = { kind: "index", name: "·", size: s.size };
		const { text, axes } = inner.part(s.array, [...s.at, index]);
		return { text, axes: axes.filter((name) => name !== "·") };
	}

	private loop(s: LoopStatement, arrays: Arrays, indent: string): string[] {
		const index = s.index.name;
		if (!this.canBeAxis(s)) {
			const low = isValue(s.lower, 1) ? "" : `${arrays.position(s.lower)}, `;
			const high = arrays.position({
				kind: "add",
				terms: [s.upper, sizeOf(1)],
			});
			const skips = s.except.flatMap((e) => [
				`${indent}\tif ${index} == ${arrays.position(e)}:`,
				`${indent}\t\tcontinue`,
			]);
			return [
				`${indent}for ${index} in range(${low}${high}):`,
				...skips,
				...this.nonEmpty(s.body, arrays, `${indent}\t`),
			];
		}
		const isRow = s.index.size === this.dataAxis;
		const inner = arrays.within({ name: index, size: s.index.size, isRow });
		if (!isRow) return this.tryAxis(s, inner, indent);
		const count = this.layout.name(String(s.index.size));
		const used = arraysUsed(s.body);
		const inside = this.blocks ? `${indent}\t` : indent;
		return [
			this.blocks
				? `${indent}for rows in blocks(${count}):`
				: `${indent}rows = slice(0, ${count})`,
			...this.rowArrays
				.filter((name) => used.has(name))
				.map((name) => this.layout.name(name))
				.map((name) => `${inside}${name}_rows = ${name}[rows]`),
			...this.tryAxis(s, inner, inside),
		];
	}

	private tryAxis(s: LoopStatement, inner: Arrays, indent: string): string[] {
		try {
			return this.block(s.body, inner, indent);
		} catch (error) {
			if (error instanceof OneByOne && !(error instanceof Serial))
				throw new Serial(s);
			throw error;
		}
	}

	private canBeAxis(s: LoopStatement): boolean {
		const index = s.index.name;
		const isFull =
			isValue(s.lower, 1) &&
			s.except.length === 0 &&
			keyOf(s.upper) === keyOf(sizeOf(s.index.size));
		return (
			isFull &&
			!this.serial.has(s) &&
			!rangesMention(s.body, index) &&
			!isCarried(s.body, index)
		);
	}

	private shape(dims: readonly Dim[]): string {
		const sizes = dims.map((d) =>
			typeof d === "number" ? String(d) : this.layout.name(d),
		);
		return `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
	}
}

/** Thrown for a loop that has to stay a loop. */
export class Serial extends OneByOne {
	constructor(readonly loop: LoopStatement) {
		super();
	}
}

/** A part of an array as something that can be written to. */
function whole(text: string): string {
	return text.endsWith("]") ? `${text.slice(0, -1)}, ...]` : `${text}[...]`;
}

/** `sum = 0` and one `sum = sum + …` in the same block are `sum = …`. */
function withoutEmptySums(lines: readonly string[]): string[] {
	const result: (string | null)[] = [...lines];
	lines.forEach((line, start) => {
		const [, indent = "", name] = /^(\t*)(\w+) = [01]\.0$/.exec(line) ?? [];
		if (name === undefined) return;
		const added = lines.flatMap((l, n) =>
			l.trimStart().startsWith(`${name} = ${name} `) ? [n] : [],
		);
		const [end = start] = added;
		const block = lines.slice(start, end + 1);
		const head = `${indent}${name} = `;
		const isOneBlock =
			added.length === 1 &&
			block.every((l) => l.startsWith(indent)) &&
			lines[end]?.startsWith(head);
		if (!isOneBlock) return;
		const operation = `${head}${name} + `.length;
		result[start] = null;
		result[end] = head + (lines[end] as string).slice(operation);
	});
	return result.filter((line) => line !== null);
}
