import type { Plan } from "../../compile/plan.js";
import type { Dim } from "../../expr/tree.js";
import { Problem } from "../../problem.js";
import type { Rows } from "../rows.js";
import { sampleRows } from "./dataset.js";

/** Rows that are added up before sums look at their rounding: chunks are made of these. */
const group = 1024;

/** What the program itself takes, and each thread, in bytes. */
const base = 150e6;
const perThread = 60e6;

/**
 * How many rows a chunk may have for the memory of a fit to stay within a bound:
 *
 *     bytes = 150 MB + 60 MB · threads + 8 · 65536 · (d + l) + 8 · rows · ((threads + 2) · d + 2 · threads · (d + l))
 *
 * for d numbers of data and l local parameters a row. The sample of which starting values are made is the third term; the
 * last are the buffers that are read into, and what each thread works on, twice while it begins.
 * @throws Problem if no chunk fits
 */
export function rowsWithin(
	bytes: number,
	width: number,
	locals: number,
	threads: number,
): number {
	const fixed = base + perThread * threads + 8 * sampleRows * (width + locals);
	const perRow = 8 * ((threads + 2) * width + 2 * threads * (width + locals));
	const rows = Math.floor((bytes - fixed) / perRow / group) * group;
	if (rows >= group) return rows;
	const least = Math.ceil((fixed + group * perRow) / 1e6);
	throw new Problem(
		`${Math.round(bytes / 1e6)} MB of memory are too few for chunks of ${group} rows`,
		null,
		`at least ${least}MB for ${threads} threads`,
	);
}

/** A number of rows as chunks can have it. */
export function wholeGroups(rows: number): number {
	return Math.max(1, Math.ceil(rows / group)) * group;
}

/** How many local parameters belong to a row, by the sizes that are set or that lists and data have. */
export function localsOfRow(
	plan: Plan,
	settings: Readonly<Record<string, unknown>>,
	{ inputs }: Rows,
): number {
	const sizes = new Map<Dim, number>();
	for (const { name, dims } of plan.inputs) {
		const value = settings[name];
		const shape = Array.isArray(value) ? [value.length] : inputs[name]?.shape;
		shape?.forEach((length, axis) => {
			sizes.set(dims[axis] as Dim, length);
		});
	}
	const size = (dim: Dim): number =>
		typeof dim === "number"
			? dim
			: Number(settings[dim] ?? sizes.get(dim) ?? 1);
	return plan.parameters
		.filter((p) => p.local)
		.map((p) => p.dims.slice(1).reduce<number>((n, dim) => n * size(dim), 1))
		.reduce((a, b) => a + b, 0);
}
