import { rename, rm, writeFile } from "node:fs/promises";
import { Problem } from "../problem.js";
import { bound, type Fit } from "./fitted.js";
import type { Tensor } from "./rows.js";

/** What `result.json` holds: the solver's result with nested arrays, how it came about, and of which sheet. */
export function resultRecord(fit: Fit): Readonly<Record<string, unknown>> {
	const { plan, best, runs, options, rows } = fit;
	const { title, path, hash } = plan.solvable;
	const { parameters, ...result } = best.result;
	return {
		title,
		path,
		hash,
		settings: {
			data: options.data,
			columns: rows.columns,
			set: options.set ?? {},
			seed: best.seed,
			restarts: runs.length,
			...(options.maxSweeps === undefined
				? {}
				: { maxSweeps: options.maxSweeps }),
			...(options.tolerance === undefined
				? {}
				: { tolerance: options.tolerance }),
		},
		parameters: Object.fromEntries(
			Object.entries(parameters).map(([name, tensor]) => [
				name,
				nested(tensor),
			]),
		),
		...result,
		known: Object.fromEntries(
			Object.entries(result.known).map(([name, value]) => [name, plain(value)]),
		),
		restarts: runs.map((run) => ({
			seed: run.seed,
			elbo: bound(run),
			sweeps: run.result.sweeps,
			converged: run.result.converged,
		})),
	};
}

/**
 * Writes `result.json`; whoever reads it finds the old file or the new one, never a half of it.
 * @throws Problem if the file cannot be written
 */
export async function writeResult(path: string, fit: Fit): Promise<void> {
	await writeAtomically(
		path,
		`${JSON.stringify(resultRecord(fit), null, 1)}\n`,
	);
}

/**
 * Writes a file whole or not at all.
 * @throws Problem if it cannot be written
 */
export async function writeAtomically(
	path: string,
	text: string,
): Promise<void> {
	const draft = `${path}.${process.pid}.part`;
	try {
		await writeFile(draft, text);
		await rename(draft, path);
	} catch {
		await rm(draft, { force: true });
		throw new Problem(
			`${path} cannot be written`,
			null,
			"a path in an existing folder",
		);
	}
}

/** A tensor as nested arrays; a number for one without axes. */
export function nested({ shape, data }: Tensor): unknown {
	const build = (axis: number, offset: number, length: number): unknown => {
		const size = shape[axis];
		if (size === undefined) return data[offset];
		const step = length / size;
		return Array.from({ length: size }, (_, n) =>
			build(axis + 1, offset + n * step, step),
		);
	};
	return build(0, 0, data.length);
}

function plain(value: unknown): unknown {
	const isTensor =
		typeof value === "object" && value !== null && "shape" in value;
	return isTensor ? nested(value as Tensor) : value;
}
