import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { Input, Plan } from "../../compile/plan.js";
import { standardInput } from "../data/bytes.js";
import type { DataTable } from "../data/table.js";
import type { FitOptions } from "../fitted.js";
import { filled, type Rows, rowsOf } from "../rows.js";
import {
	requireReal,
	requireSpread,
	type Scaling,
	standardized,
} from "../standardize.js";
import { blocksOf, numpyHeader } from "./blocks.js";
import { noRoom, temporaryFile } from "./bytes.js";
import { RowFile } from "./rowFile.js";
import { Sample } from "./sample.js";

/** Most rows of which starting values are made. */
export const sampleRows = 65_536;

/** Data that are read in chunks. */
export interface Dataset {
	readonly path: string;
	readonly columns: readonly string[];
	readonly rows: number;
	/** Reads the wanted columns, on their scale. */
	readonly file: RowFile;
	/** Rows from all over the data: all of them, if they are few. */
	readonly sample: DataTable;
	/** The sample as inputs take it, and the columns that each input has. */
	readonly sampled: Rows;
	readonly scaling: Scaling | null;
	/** SHA-256 of the numbers. */
	readonly digest: string;
	close(): Promise<void>;
}

/**
 * Goes through data once: holds all numbers against what the inputs can be, and puts them aside as doubles, unless they are
 * stored so already.
 * @throws DataProblem, at its place, for what `fit` refuses in memory too
 */
export async function openDataset(
	plan: Plan,
	options: FitOptions,
): Promise<Dataset> {
	const { set = {}, data: path, columns: wanted = null } = options;
	const direct = await storedAsDoubles(path, wanted);
	const spool = direct ? null : await temporaryFile();
	const close = async () => {
		await spool?.close();
		await direct?.file.close();
	};
	try {
		const sample = new Sample(sampleRows);
		const hash = createHash("sha256");
		let rows = 0;
		let first: DataTable | null = null;
		let taken: ReadonlyMap<Input, readonly string[]> = new Map();
		for await (const block of blocksOf(path, wanted)) {
			if (first === null) {
				first = block;
				taken = takenBy(plan, rowsOf(plan, block, set));
			} else filled(block, taken, partOf(set, rows, block.rows));
			const { length } = block.columns;
			for (let row = 0; row < block.rows; row++)
				sample.add(block.data, row * length, length);
			rows += block.rows;
			const { buffer, byteOffset, byteLength } = block.data;
			const bytes = new Uint8Array(buffer, byteOffset, byteLength);
			hash.update(bytes);
			if (spool)
				await spool.file.writeFile(bytes).catch(() => {
					throw noRoom();
				});
		}
		const { columns, path: named } = first as DataTable;
		const file = new RowFile(
			(spool ?? direct)?.file as FileHandle,
			direct?.begin ?? 0,
			columns.length,
			rows,
		);
		const plain: DataTable = {
			path: named,
			columns,
			rows: sample.rows,
			data: sample.all(),
			placeOf: () => ({ line: 1, column: 1 }),
		};
		const scaling = options.standardize
			? await scalingOf(file, plan, rowsOf(plan, plain, set), columns)
			: null;
		const table = scaling ? standardized(plain, scaling) : plain;
		return {
			path: named,
			columns,
			rows,
			file: scaling ? file.scaled(columns.map((name) => scaling[name])) : file,
			sample: table,
			sampled: rowsOf(plan, table, set),
			scaling,
			digest: hash.digest("hex"),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** An `.npy` of doubles, row by row, can be read where it is. */
async function storedAsDoubles(
	path: string,
	wanted: readonly string[] | null,
): Promise<{ readonly file: FileHandle; readonly begin: number } | null> {
	if (path === standardInput || wanted !== null) return null;
	const file = await open(path).catch(() => null);
	if (!file) return null;
	try {
		const header = await numpyHeader(file, path);
		const isDirect =
			header.type === "f8" && header.isLittle && !header.isColumnMajor;
		if (isDirect) return { file, begin: header.begin };
	} catch {
		// No such array: whoever reads its blocks says what is wrong with it.
	}
	await file.close();
	return null;
}

function takenBy(
	plan: Plan,
	{ columns }: Rows,
): ReadonlyMap<Input, readonly string[]> {
	return new Map(
		Object.entries(columns).flatMap(([name, own]) => {
			const input = plan.inputs.find((v) => v.name === name);
			return input ? [[input, own] as const] : [];
		}),
	);
}

/** Settings as they are for some of the rows: a list for all of them is cut. */
function partOf(
	set: Readonly<Record<string, unknown>>,
	from: number,
	count: number,
): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(set).map(([name, value]) => [
			name,
			Array.isArray(value) && value.length >= from + count
				? value.slice(from, from + count)
				: value,
		]),
	);
}

/** As for data in memory, to the same bits. */
async function scalingOf(
	file: RowFile,
	plan: Plan,
	rows: Rows,
	columns: readonly string[],
): Promise<Scaling> {
	requireReal(plan, rows);
	const means = columns.map(() => 0);
	const variances = columns.map(() => 0);
	const all = async (use: (value: number, column: number) => void) => {
		const most = Math.max(1, Math.floor(2 ** 16 / file.width));
		for (let first = 0; first < file.rows; first += most) {
			const count = Math.min(most, file.rows - first);
			const numbers = await file.read(first, count);
			for (let n = 0; n < numbers.length; n++)
				use(numbers[n] as number, n % file.width);
		}
	};
	await all((value, column) => {
		means[column] = (means[column] as number) + value / file.rows;
	});
	await all((value, column) => {
		const from = value - (means[column] as number);
		variances[column] = (variances[column] as number) + from ** 2 / file.rows;
	});
	return Object.fromEntries(
		columns.map((name, n) => [
			name,
			requireSpread(name, means[n] as number, variances[n] as number),
		]),
	);
}
