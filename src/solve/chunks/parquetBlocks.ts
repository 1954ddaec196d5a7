import { numberOf, unreadable } from "../data/parquet.js";
import {
	chosenColumns,
	type DataTable,
	type NumberColumn,
	noRows,
	tableOf,
} from "../data/table.js";
import { blockNumbers, inTheWhole } from "./inTheWhole.js";

/**
 * The blocks of an Apache Parquet file. What it is read by takes whole row groups, so that these bound the memory.
 * @throws DataProblem for a file that cannot be read, or an entry that is no finite number
 */
export async function* parquetBlocks(
	path: string,
	named: string,
	wanted: readonly string[] | null,
): AsyncGenerator<DataTable> {
	const [hyparquet, { compressors }] = await Promise.all([
		import("hyparquet"),
		import("hyparquet-compressors"),
	]);
	const guarded = <T>(read: Promise<T>) =>
		read.catch(() => {
			throw unreadable(named);
		});
	const file = await guarded(hyparquet.asyncBufferFromFile(path));
	const metadata = await guarded(hyparquet.parquetMetadataAsync(file));
	const schema = hyparquet.parquetSchema(metadata);
	const names = schema.children.map((column) => column.element.name);
	const chosen = chosenColumns(names, wanted, named).map(
		(at) => names[at] as string,
	);
	const rows = Number(metadata.num_rows);
	if (rows === 0) throw noRows(named);
	const most = Math.max(1, Math.floor(blockNumbers / chosen.length));
	let group = 0;
	for (const { num_rows } of metadata.row_groups) {
		const end = group + Number(num_rows);
		for (let first = group; first < end; first += most) {
			const last = Math.min(first + most, end);
			const columns = new Map(
				chosen.map((name) => [name, new Array<unknown>(last - first)]),
			);
			const read = hyparquet.parquetRead({
				...{ file, metadata, compressors, columns: chosen },
				rowStart: first,
				rowEnd: last,
				onChunk: ({ columnName, columnData, rowStart }) => {
					const column = columns.get(columnName) as unknown[];
					for (let n = 0; n < columnData.length; n++) {
						const row = rowStart + n - first;
						if (row >= 0 && row < column.length) column[row] = columnData[n];
					}
				},
			});
			await guarded(read);
			const all = names.map((name): NumberColumn => {
				const values = columns.get(name) ?? [];
				return {
					name,
					length: last - first,
					at: (row) => numberOf(values[row]),
				};
			});
			yield inTheWhole(
				() => tableOf(named, all, chosen),
				(line) => line + first,
			);
		}
		group = end;
	}
}
