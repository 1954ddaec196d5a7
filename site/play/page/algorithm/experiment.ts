import type { Program, ProgramInput, Tensor, Values } from "../../program.js";
import { type Data, drawData, isData, sizeOf, widthOf } from "./data.js";

/** What can be moved by a slider: a size that the data leave open, or a known parameter. */
export interface Control {
	readonly kind: "size" | "known";
	readonly name: string;
	readonly least: number;
	readonly most: number;
	readonly step: number;
	/** The slider moves the logarithm to the base 10. */
	readonly isLogarithmic: boolean;
}

const components = 3;

/** How long vectors of data are, so that the points lie in a plane: with two inputs each has an axis. */
function lengthOf(inputs: readonly ProgramInput[]): number {
	return inputs.length > 1 ? 1 : 2;
}

/** The data and settings that an algorithm is run on. */
export class Experiment {
	readonly sizes = new Map<string, number>();
	readonly known = new Map<string, number>();
	private rows: Data;

	constructor(readonly program: Program) {
		const ofData = new Set(this.dataInputs.flatMap(({ dims }) => dims));
		const length = lengthOf(this.dataInputs);
		for (const name of program.sizes)
			this.sizes.set(name, ofData.has(name) ? length : components);
		for (const input of this.knownInputs) this.known.set(input.name, 1);
		for (const { name, range } of this.knownInputs)
			if (range.lower === null) this.known.set(name, 0);
		this.rows = drawData(program, this.sizes, 1);
	}

	/** Inputs with a value for each point. */
	get dataInputs(): readonly ProgramInput[] {
		return this.program.inputs.filter((input) => isData(input, this.program));
	}

	get count(): number {
		return this.data(this.dataInputs[0]?.name ?? "").length;
	}

	/** The numbers of an input, a row for each point. */
	data(name: string): readonly (readonly number[])[] {
		return this.rows.get(name) ?? [];
	}

	/** Sizes that the data leave open, and known parameters that a number can stand for. */
	get controls(): readonly Control[] {
		const ofData = new Set(this.dataInputs.flatMap(({ dims }) => dims));
		const sizes = this.program.sizes.filter((name) => !ofData.has(name));
		return [
			...sizes.map((name) => sizeControl(name)),
			...this.knownInputs
				.filter(({ type }) => type !== "simplex" && type !== "onehot")
				.map(knownControl),
		];
	}

	value({ kind, name }: Control): number {
		return (kind === "size" ? this.sizes : this.known).get(name) ?? 1;
	}

	set({ kind, name }: Control, value: number): void {
		(kind === "size" ? this.sizes : this.known).set(name, value);
	}

	redraw(seed: number): void {
		this.rows = drawData(this.program, this.sizes, seed);
	}

	/** Changes the numbers of one point. */
	move(input: string, point: number, row: readonly number[]): void {
		const rows = this.data(input).map((old, n) => (n === point ? row : old));
		this.rows = new Map([...this.rows, [input, rows]]);
	}

	/** Adds a point; what is not given of it is as in the point before. */
	add(given: ReadonlyMap<string, readonly number[]>): void {
		this.rows = new Map(
			[...this.rows].map(([name, rows]) => {
				const last = rows.at(-1) ?? [];
				return [name, [...rows, given.get(name) ?? last]];
			}),
		);
	}

	remove(point: number): void {
		if (this.count <= 2) return;
		this.rows = new Map(
			[...this.rows].map(([name, rows]) => [
				name,
				rows.filter((_, n) => n !== point),
			]),
		);
	}

	/** Everything that the compiled module asks for. */
	get inputs(): Values {
		const { dataAxis } = this.program;
		const count = this.count;
		if (typeof dataAxis === "string") this.sizes.set(dataAxis, count);
		const values: Record<string, Tensor | number> = {};
		for (const [name, size] of this.sizes) values[name] = size;
		for (const input of this.dataInputs)
			values[input.name] = {
				shape: [
					count,
					...input.dims.slice(1).map((d) => sizeOf(d, this.sizes)),
				],
				data: Float64Array.from(this.data(input.name).flat()),
			};
		for (const input of this.knownInputs)
			values[input.name] = this.knownValue(input);
		return values;
	}

	private get knownInputs(): readonly ProgramInput[] {
		return this.program.inputs.filter((input) => !isData(input, this.program));
	}

	/** One number for all entries; probabilities are equal, and a matrix is that number times I. */
	private knownValue(input: ProgramInput): Tensor | number {
		const { dims, type, name } = input;
		const value = this.known.get(name) ?? 1;
		if (dims.length === 0) return value;
		const shape = dims.map((d) => sizeOf(d, this.sizes));
		const length = shape.reduce((a, b) => a * b, 1);
		const width = shape.at(-1) ?? 1;
		const isMatrix = type === "posdef" || type === "symmetric";
		const entry = (n: number) => {
			if (type === "simplex") return 1 / width;
			if (type === "onehot") return n % width === 0 ? 1 : 0;
			const [row, column] = [Math.floor(n / width) % width, n % width];
			return isMatrix && row !== column ? 0 : value;
		};
		return { shape, data: Float64Array.from({ length }, (_, n) => entry(n)) };
	}
}

function sizeControl(name: string): Control {
	const range = { least: 1, most: 8, step: 1, isLogarithmic: false };
	return { kind: "size", name, ...range };
}

function knownControl({ name, range }: ProgramInput): Control {
	const { whole, lower, upper } = range;
	if (lower === null)
		return {
			kind: "known",
			name,
			least: -5,
			most: 5,
			step: 0.1,
			isLogarithmic: false,
		};
	if (whole || upper !== null)
		return {
			kind: "known",
			name,
			least: whole ? lower : lower + 0.01,
			most: upper === null ? 20 : whole ? upper : upper - 0.01,
			step: whole ? 1 : 0.01,
			isLogarithmic: false,
		};
	return {
		kind: "known",
		name,
		least: -2,
		most: 2,
		step: 0.05,
		isLogarithmic: true,
	};
}

export { widthOf };
