import { DataProblem } from "../dataProblem.js";
import {
	chosenColumns,
	type DataFile,
	type DataTable,
	type NumberColumn,
	tableOf,
} from "./table.js";

/**
 * Reads the wanted columns of an Apache Parquet file.
 * @throws DataProblem for a file that cannot be read, or an entry that is no finite number
 */
export async function parseParquet(
	{ path, bytes }: DataFile,
	wanted: readonly string[] | null,
): Promise<DataTable> {
	const [{ parquetMetadata, parquetRead, parquetSchema }, { compressors }] =
		await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
	const file = Uint8Array.from(bytes).buffer;
	const guarded = <T>(read: () => T): T => {
		try {
			return read();
		} catch {
			throw unreadable(path);
		}
	};
	const metadata = guarded(() => parquetMetadata(file));
	const schema = guarded(() => parquetSchema(metadata));
	const names = schema.children.map((column) => column.element.name);
	const chosen = chosenColumns(names, wanted, path).map(
		(at) => names[at] as string,
	);
	const rows = Number(metadata.num_rows);
	const columns = new Map(
		chosen.map((name) => [name, new Array<unknown>(rows)]),
	);
	await parquetRead({
		file,
		metadata,
		compressors,
		columns: chosen,
		onChunk: ({ columnName, columnData, rowStart }) => {
			const column = columns.get(columnName) as unknown[];
			for (let n = 0; n < columnData.length; n++)
				column[rowStart + n] = columnData[n];
		},
	}).catch(() => {
		throw unreadable(path);
	});
	const all = names.map((name): NumberColumn => {
		const values = columns.get(name) ?? [];
		return { name, length: rows, at: (row) => numberOf(values[row]) };
	});
	return tableOf(path, all, chosen);
}

/** A stored value as a number: 64-bit integers as far as they are exact, truth values as 0 and 1. */
export function numberOf(value: unknown): number | null {
	if (typeof value === "number") return value;
	if (typeof value === "boolean") return Number(value);
	const isExact =
		typeof value === "bigint" && Number.isSafeInteger(Number(value));
	return isExact ? Number(value) : null;
}

export function unreadable(path: string): DataProblem {
	return new DataProblem(
		"the file is damaged, or uses a part of the format that is not read here",
		"an Apache Parquet file",
		path,
		1,
		1,
	);
}
