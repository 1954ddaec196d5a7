import type { Parameter, Plan } from "../compile/plan.js";
import { startOf } from "../compile/starts.js";
import type { Dim } from "../expr/tree.js";
import { Problem } from "../problem.js";
import { generator } from "./random.js";
import { readResult } from "./readResult.js";
import type { Rows, Tensor } from "./rows.js";

/** Starting values by parameter; where there are none, the solver's own hold. */
export type StartingValues = Readonly<Record<string, unknown>>;

/** Makes the starting values for a seed. */
export type Initialisation = (seed: number) => StartingValues;

/** Makes those of data that come in chunks: the local ones chunk by chunk, in their order. */
export type ChunkInitialisation = (seed: number) => {
	readonly values: StartingValues;
	readonly locals: ((data: Tensor) => StartingShares) | null;
};

type StartingShares = Readonly<Record<string, Tensor>>;

/** Weight of the nearest seed beyond an even share, so that no responsibility begins at 0. */
const decided = 0.8;

/**
 * How the starts of a fit begin.
 * @param how `k-means++`: at rows of the data that lie apart (Arthur and Vassilvitskii 2007), or, where no parameter has
 *   the space of the data, with responsibilities for the nearest of such rows; `random`: with random responsibilities;
 *   else the path of a result whose global parameters are taken
 * @param settings starting values among them have the last word
 * @throws Problem if the result cannot be read
 */
export async function initialisation(
	how: string,
	plan: Plan,
	rows: Rows,
	settings: Readonly<Record<string, unknown>>,
): Promise<Initialisation> {
	const begin = await chunkInitialisation(how, plan, rows, settings);
	const data = rows.inputs[rows.observed.name] as Tensor;
	return (seed) => {
		const { values, locals } = begin(seed);
		return { ...values, ...locals?.(data) };
	};
}

/** The same for data that come in chunks, of which `rows` are some. */
export async function chunkInitialisation(
	how: string,
	plan: Plan,
	rows: Rows,
	settings: Readonly<Record<string, unknown>>,
): Promise<ChunkInitialisation> {
	if (how !== "k-means++" && how !== "random") {
		const found = await globalValues(how, plan);
		const values = { ...found, ...givenIn(plan, settings) };
		return () => ({ values, locals: null });
	}
	const given = givenIn(plan, settings);
	const local = responsibilityOf(plan);
	const count = local && sizeOf(local.dims[1] as Dim, plan, settings);
	const startsAtRows = plan.parameters.some(
		(p) => startOf(p, plan).kind === "rows",
	);
	const isOwn = how === "k-means++" && startsAtRows;
	if (Object.keys(given).length > 0 || !local || !count || isOwn)
		return () => ({ values: given, locals: null });
	const some = rows.inputs[rows.observed.name] as Tensor;
	return (seed) => {
		const random = generator(seed);
		const seeds = how === "random" ? [] : seedsIn(some, count, random);
		const shares = (data: Tensor) =>
			how === "random"
				? randomShares(data, count, random)
				: nearestShares(data, seeds);
		return { values: {}, locals: (data) => ({ [local.name]: shares(data) }) };
	};
}

function givenIn(plan: Plan, settings: StartingValues): StartingValues {
	const given = plan.parameters
		.filter(({ name }) => name in settings)
		.map(({ name }) => [name, settings[name]]);
	return Object.fromEntries(given);
}

/** The one local parameter that says how much of a data point belongs to which component. */
function responsibilityOf(plan: Plan): Parameter | null {
	const all = plan.parameters.filter(
		(p) => p.local && p.type === "simplex" && p.dims.length === 2,
	);
	return all.length === 1 ? (all[0] as Parameter) : null;
}

/** A size that is set, or known from the length of a list that is. */
function sizeOf(
	dim: Dim,
	plan: Plan,
	settings: Readonly<Record<string, unknown>>,
): number | null {
	if (typeof dim === "number") return dim;
	const direct = settings[dim];
	if (typeof direct === "number" && Number.isInteger(direct) && direct > 0)
		return direct;
	const list = plan.inputs.find(
		(v) => v.dims[0] === dim && Array.isArray(settings[v.name]),
	);
	return list ? (settings[list.name] as unknown[]).length : null;
}

/** Rows drawn evenly from all rows that add up to 1. */
function randomShares(
	data: Tensor,
	count: number,
	random: () => number,
): Tensor {
	const rows = data.shape[0] as number;
	const shares = new Float64Array(rows * count);
	for (let row = 0; row < rows; row++) {
		let total = 0;
		for (let k = 0; k < count; k++) {
			const weight = -Math.log(1 - random());
			shares[row * count + k] = weight;
			total += weight;
		}
		for (let k = 0; k < count; k++)
			shares[row * count + k] = (shares[row * count + k] as number) / total;
	}
	return { shape: [rows, count], data: shares };
}

/** Rows that lie apart, one after the other. */
function seedsIn(
	data: Tensor,
	count: number,
	random: () => number,
): readonly Float64Array[] {
	const rows = data.shape[0] as number;
	const width = data.shape[1] ?? 1;
	const distance = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
	const seeds: Float64Array[] = [];
	let pick = Math.floor(random() * rows);
	for (let k = 0; k < count; k++) {
		const seed = data.data.slice(pick * width, (pick + 1) * width);
		seeds.push(seed);
		let total = 0;
		for (let row = 0; row < rows; row++) {
			const own = squaredDistance(data, row, seed);
			if (own < (distance[row] as number)) distance[row] = own;
			total += distance[row] as number;
		}
		pick =
			total > 0
				? drawn(random() * total, distance)
				: Math.floor(random() * rows);
	}
	return seeds;
}

/** Most of each point's weight on the nearest of some rows; the first of those that are as near. */
function nearestShares(data: Tensor, seeds: readonly Float64Array[]): Tensor {
	const rows = data.shape[0] as number;
	const count = seeds.length;
	const shares = new Float64Array(rows * count).fill((1 - decided) / count);
	for (let row = 0; row < rows; row++) {
		let nearest = 0;
		let least = Number.POSITIVE_INFINITY;
		seeds.forEach((seed, k) => {
			const own = squaredDistance(data, row, seed);
			if (own < least) [nearest, least] = [k, own];
		});
		const at = row * count + nearest;
		shares[at] = (shares[at] as number) + decided;
	}
	return { shape: [rows, count], data: shares };
}

function squaredDistance(
	{ shape, data }: Tensor,
	row: number,
	to: Float64Array,
): number {
	const width = shape[1] ?? 1;
	let sum = 0;
	for (let d = 0; d < width; d++)
		sum += ((data[row * width + d] as number) - (to[d] as number)) ** 2;
	return sum;
}

/** The position at which the running sum of the weights passes the mark. */
function drawn(mark: number, weights: Float64Array): number {
	let left = mark;
	for (let n = 0; n < weights.length; n++) {
		left -= weights[n] as number;
		if (left < 0) return n;
	}
	return weights.findLastIndex((w) => w > 0);
}

async function globalValues(path: string, plan: Plan): Promise<StartingValues> {
	const stored = await readResult(path);
	const names = plan.parameters.filter((p) => !p.local).map((p) => p.name);
	const missing = names.filter((name) => !(name in stored.parameters));
	if (missing.length > 0)
		throw new Problem(
			`${path} has no parameter ${missing.join(", ")}`,
			null,
			"the result of a fit of this sheet",
		);
	return Object.fromEntries(names.map((n) => [n, stored.parameters[n]]));
}
