import {
	access,
	constants,
	rename,
	rm,
	stat,
	writeFile,
} from "node:fs/promises";
import { dirname } from "node:path";
import { Problem } from "../problem.js";
import { bound, type Fit } from "./fitted.js";
import type { Tensor } from "./rows.js";

/**
 * What `result.json` holds: the solver's result with nested arrays, how it came about, and of which sheet. The form is
 * stated in `result.schema.json`.
 */
export function resultRecord(fit: Fit): Readonly<Record<string, unknown>> {
	const { plan, best, runs, stopped } = fit;
	const { title, path, hash } = plan.solvable;
	const { parameters: all, known, ...result } = best.result;
	const kept = plan.parameters.filter((p) => !(fit.chunks && p.local));
	const parameters = Object.fromEntries(
		kept.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])),
	);
	return {
		version: 1,
		title,
		path,
		hash,
		settings: settingsRecord(fit),
		parameters: mapped(parameters, nested),
		shapes: mapped(parameters, ({ shape }) => shape),
		axes: Object.fromEntries(kept.map((p) => [p.name, p.dims])),
		...result,
		stopped,
		known: mapped(known, plain),
		restarts: runs.map((run) => ({
			seed: run.seed,
			elbo: bound(run),
			sweeps: run.sweeps,
			converged: run.converged,
		})),
	};
}

function settingsRecord({ best, options, rows, scaling, chunks }: Fit) {
	const { data, set = {}, init, restarts = 1, maxSweeps, tolerance } = options;
	return {
		data,
		inputs: rows.columns,
		standardized: scaling,
		set,
		seed: best.seed,
		init: init ?? "k-means++",
		restarts,
		...(chunks ? { rows: chunks.rows, chunk: chunks.size } : {}),
		...(chunks?.locals ? { locals: chunks.locals } : {}),
		...(maxSweeps === undefined ? {} : { maxSweeps }),
		...(tolerance === undefined ? {} : { tolerance }),
	};
}

function mapped<T>(
	record: Readonly<Record<string, T>>,
	how: (value: T) => unknown,
): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name, how(value)]),
	);
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

/**
 * Makes sure, before long work is done, that its results can be written.
 * @throws Problem for the first path that is a folder, or is in none that can be written to
 */
export async function requireWritable(
	paths: readonly (string | undefined)[],
): Promise<void> {
	for (const path of paths) {
		if (path === undefined) continue;
		const isFolder = await stat(path).then(
			(found) => found.isDirectory(),
			() => false,
		);
		const canWrite = await access(dirname(path), constants.W_OK).then(
			() => true,
			() => false,
		);
		if (canWrite && !isFolder) continue;
		throw new Problem(
			`${path} cannot be written`,
			null,
			isFolder ? "the path of a file" : "a path in an existing folder",
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
