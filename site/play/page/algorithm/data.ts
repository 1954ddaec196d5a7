import type { Program, ProgramInput, Range } from "../../program.js";
import { generator, normal } from "./random.js";

/** Data points at the start, and groups in them. */
export const firstCount = 60;
const groups = 3;

/** The data of an experiment: for each input with an axis along the data its numbers, row by row. */
export type Data = ReadonlyMap<string, readonly (readonly number[])[]>;

/** Draws data for all inputs that have a value for each point, in groups that can be told apart. */
export function drawData(
	program: Program,
	sizes: ReadonlyMap<string, number>,
	seed: number,
): Data {
	const random = generator(seed);
	const group = Array.from({ length: firstCount }, () =>
		Math.floor(groups * random()),
	);
	const alongData = program.inputs.filter((input) => isData(input, program));
	return new Map(
		alongData.map((input) => {
			const width = widthOf(input, sizes);
			const centres = Array.from({ length: groups }, (_, g) =>
				centreOf(input, width, g, random),
			);
			const rows = group.map((g) =>
				rowOf(input, centres[g] as number[], random),
			);
			return [input.name, rows];
		}),
	);
}

/** Whether an input has a value for each data point. */
export function isData({ dims }: ProgramInput, { dataAxis }: Program): boolean {
	return dataAxis !== null && dims[0] === dataAxis;
}

/** How many numbers an input has for each point. */
export function widthOf(
	{ dims }: ProgramInput,
	sizes: ReadonlyMap<string, number>,
): number {
	return dims.slice(1).reduce<number>((n, d) => n * sizeOf(d, sizes), 1);
}

export function sizeOf(
	dim: string | number,
	sizes: ReadonlyMap<string, number>,
): number {
	return typeof dim === "number" ? dim : (sizes.get(dim) ?? 1);
}

/** The middle of a group of real numbers is on a ring, those of other numbers lie apart. */
function centreOf(
	{ range }: ProgramInput,
	width: number,
	group: number,
	random: () => number,
): number[] {
	const turn = (2 * Math.PI * group) / groups + 0.5;
	return Array.from({ length: width }, (_, d) => {
		if (range.lower === null)
			return 3 * (d % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
		if (range.upper !== null)
			return range.lower + (range.upper - range.lower) * (0.1 + 0.8 * random());
		return range.lower + 1.5 * (group + 1) ** 2;
	});
}

function rowOf(
	{ range, type }: ProgramInput,
	centre: readonly number[],
	random: () => number,
): number[] {
	const row = centre.map((middle) => valueNear(middle, range, random));
	if (type !== "simplex" && type !== "onehot") return row;
	if (type === "onehot") return chosen(row);
	const total = row.reduce((a, b) => a + b, 0);
	return row.map((value) => value / total);
}

function chosen(row: readonly number[]): number[] {
	const largest = row.indexOf(Math.max(...row));
	return row.map((_, n) => (n === largest ? 1 : 0));
}

function valueNear(middle: number, range: Range, random: () => number): number {
	const { lower, upper } = range;
	if (lower === null) return middle + 0.7 * normal(random);
	const isBit = range.whole && lower === 0 && upper === 1;
	if (isBit) return random() < middle ? 1 : 0;
	if (upper !== null) {
		const spread = 0.12 * (upper - lower);
		return within(middle + spread * normal(random), range);
	}
	const spread = range.whole ? Math.sqrt(middle) : 0.5 * middle;
	return within(middle + spread * normal(random), range);
}

/** The nearest value that an input may have; ends that may not be reached are kept at a distance. */
export function within(value: number, { whole, lower, upper }: Range): number {
	const margin = whole ? 0 : 0.01;
	let kept = whole ? Math.round(value) : value;
	if (lower !== null) kept = Math.max(kept, lower + margin);
	if (upper !== null) kept = Math.min(kept, upper - margin);
	return kept;
}
