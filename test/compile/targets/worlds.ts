import type { Loops } from "../../../src/compile/kernels.js";
import type { Variable } from "../../../src/compile/plan.js";
import { distributionNamed } from "../../../src/distributions/index.js";
import type { Dim } from "../../../src/expr/tree.js";

export interface Tensor {
	readonly shape: number[];
	readonly data: Float64Array;
}

/** Sizes, inputs and starting values of all parameters, by the sheet's names. */
export interface World {
	readonly sizes: Readonly<Record<string, number>>;
	readonly inputs: Readonly<Record<string, Tensor>>;
	readonly starts: Readonly<Record<string, Tensor>>;
}

/**
 * Values for everything that a solver needs: whatever the types allow, the same for the same seed.
 * @param allAlike whether all observed data points are the same
 * @param known sizes other than those that are chosen here
 */
export function worldFor(
	loops: Loops,
	seed: number,
	rows: number,
	allAlike = false,
	known: Readonly<Record<string, number>> = {},
): World {
	const { plan } = loops;
	const random = generator(seed);
	const sizes = Object.fromEntries(
		plan.sizes.map((name, n) => [
			name,
			name === plan.dataAxis
				? rows
				: (known[name] ?? ([3, 2, 4, 5][n % 4] as number)),
		]),
	);
	const size = (dim: string | number) =>
		typeof dim === "number" ? dim : (sizes[dim] as number);
	const draw = (v: Variable): Tensor => {
		const shape = v.dims.map(size);
		const length = shape.reduce((a, b) => a * b, 1);
		const least = size(degreesOf(v, loops) ?? 0);
		const data = Float64Array.from(
			{ length },
			() => least + number(v, random, size),
		);
		if (allAlike && plan.inputs.some((i) => i === v && i.observed))
			data.fill(data[0] as number);
		if (v.type === "posdef" || v.type === "symmetric")
			toIdentity(data, shape.at(-1) as number);
		if (v.type === "onehot") toChoices(data, shape.at(-1) as number);
		if (v.type === "simplex") normalise(data, shape.at(-1) as number);
		return { shape, data };
	};
	const all = (variables: readonly Variable[]) =>
		Object.fromEntries(variables.map((v) => [v.name, draw(v)]));
	return { sizes, inputs: all(plan.inputs), starts: all(plan.parameters) };
}

/** The rows of the matrices whose degrees of freedom a variable is, which have to be as many; else null. */
function degreesOf({ name }: Variable, { plan }: Loops): Dim | null {
	const { model, family } = plan.solvable.context;
	const factors = [...(model?.statements ?? []), ...(family?.factors ?? [])];
	const law = factors.find(({ distribution, parameters }) => {
		const { degrees } = distributionNamed(distribution);
		const own = degrees === undefined ? undefined : parameters[degrees];
		return own?.kind === "symbol" && own.name === name;
	});
	return law?.shape[0] ?? null;
}

function number(
	v: Variable,
	random: () => number,
	size: (dim: string | number) => number,
): number {
	switch (v.type) {
		case "positive":
		case "nonnegative":
		case "simplex":
			return 0.5 + random();
		case "probability":
			return 0.1 + 0.8 * random();
		case "count":
		case "integer":
			// counts of a Bernoulli variable too; numbers of trials are at least as many
			return ("observed" in v && v.observed ? 0 : 1) + Math.floor(2 * random());
		case "label":
			return 1 + Math.floor(random() * size(v.labels ?? 2));
		default:
			return 3 * Math.sign(random() - 0.5) + 2 * (random() - 0.5);
	}
}

/** Multiples of I. */
function toIdentity(data: Float64Array, width: number): void {
	for (let n = 0; n < data.length; n++)
		data[n] = Math.floor(n / width) % width === n % width ? 1.5 : 0;
}

/** One 1 in each row, where its largest entry is. */
function toChoices(data: Float64Array, width: number): void {
	for (let row = 0; row < data.length; row += width) {
		const entries = data.subarray(row, row + width);
		const place = entries.indexOf(Math.max(...entries));
		entries.fill(0)[place] = 1;
	}
}

function normalise(data: Float64Array, width: number): void {
	for (let row = 0; row < data.length; row += width) {
		const total = data.subarray(row, row + width).reduce((a, b) => a + b, 0);
		for (let n = row; n < row + width; n++)
			data[n] = (data[n] as number) / total;
	}
}

function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1664525 + 1013904223) % 4294967296;
		return state / 4294967296;
	};
}
