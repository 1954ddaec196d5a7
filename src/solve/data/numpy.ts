import { DataProblem } from "../dataProblem.js";
import {
	chosenColumns,
	type DataFile,
	type DataTable,
	type NumberColumn,
	noRows,
	tableOf,
} from "./table.js";

/** An array as NumPy stores it. */
interface NumpyArray {
	readonly shape: readonly number[];
	/** The element at a position in the file. */
	at(position: number): number | null;
	readonly isColumnMajor: boolean;
}

/** `\x93NUMPY`, with which every `.npy` begins. */
export const numpyMagic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads a NumPy array of one or two axes; its columns are named 1, 2, ….
 * @throws DataProblem for another array, or an entry that is no finite number
 */
export function parseNpy(
	file: DataFile,
	wanted: readonly string[] | null,
): DataTable {
	const columns = columnsOf(readArray(file), (n) => String(n + 1), file.path);
	return tableOf(file.path, columns, wanted);
}

/**
 * Reads a NumPy archive. An array of one axis is a column of its name, one of two axes has the columns `x[1]`, `x[2]`, ….
 * @throws DataProblem for a damaged archive, other arrays, or an entry that is no finite number
 */
export async function parseNpz(
	{ path, bytes }: DataFile,
	wanted: readonly string[] | null,
): Promise<DataTable> {
	const { unzipSync } = await import("fflate");
	let entries: Record<string, Uint8Array>;
	try {
		entries = unzipSync(bytes);
	} catch {
		throw new DataProblem(
			"the archive is damaged",
			"a NumPy archive",
			path,
			1,
			1,
		);
	}
	const arrays = Object.entries(entries).map(([entry, own]) => ({
		name: entry.replace(/\.npy$/, ""),
		bytes: own,
	}));
	const names = arrays.map(({ name }) => name);
	const columns = chosenColumns(names, arrayNames(wanted), path).flatMap(
		(at) => {
			const { name, bytes: own } = arrays[at] as (typeof arrays)[number];
			const array = readArray({ path, bytes: own }, name);
			const nameOf = (n: number) =>
				array.shape.length === 1 ? name : `${name}[${n + 1}]`;
			return columnsOf(array, nameOf, path);
		},
	);
	return tableOf(path, columns, wanted);
}

/** The arrays that the wanted columns are of: `x` and `x[2]` are of `x`. */
function arrayNames(wanted: readonly string[] | null): string[] | null {
	const names = wanted?.map((name) => name.replace(/\[\d+\]$/, ""));
	return names ? [...new Set(names)] : null;
}

/**
 * Rows and columns of an array.
 * @throws DataProblem if it has other axes than these, or no columns
 */
export function rowsAndWidth(
	shape: readonly number[],
	path: string,
): readonly [rows: number, width: number] {
	const [rows = 0, width = 1] = shape;
	if (shape.length === 0 || shape.length > 2)
		throw new DataProblem(
			`the array has the shape (${shape.join(", ")})`,
			"one or two axes, the first along the data points",
			path,
			1,
			1,
		);
	if (width === 0) throw noRows(path);
	return [rows, width];
}

function columnsOf(
	{ shape, at, isColumnMajor }: NumpyArray,
	nameOf: (column: number) => string,
	path: string,
): NumberColumn[] {
	const [rows, width] = rowsAndWidth(shape, path);
	return Array.from({ length: width }, (_, column) => ({
		name: nameOf(column),
		length: rows,
		at: (row) => at(isColumnMajor ? column * rows + row : row * width + column),
	}));
}

/** How a NumPy file stores its array. */
export interface NumpyHeader {
	readonly shape: readonly number[];
	/** NumPy's letter and size for the type of an entry: `f8`. */
	readonly type: string;
	readonly size: number;
	readonly isLittle: boolean;
	readonly isColumnMajor: boolean;
	/** Where the entries begin, in bytes. */
	readonly begin: number;
}

/**
 * Reads the header (NumPy Enhancement Proposal 1, versions 1 to 3 of the format) and finds out how numbers are stored.
 * @param bytes the beginning of the file, with all of the header
 * @throws DataProblem if it is none, or entries are no numbers
 */
export function readHeader(
	{ path, bytes }: DataFile,
	name?: string,
): NumpyHeader {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (
		bytes.length < 12 ||
		numpyMagic.some((byte, n) => view.getUint8(n) !== byte)
	)
		throw noArray("this is no NumPy array", path, name);
	const isShort = view.getUint8(6) === 1;
	const from = isShort ? 10 : 12;
	const begin =
		from + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
	const header = new TextDecoder("latin1").decode(bytes.slice(from, begin));
	const type = /'descr':\s*'([<>|=])([a-zA-Z])(\d*)'/.exec(header);
	const order = /'fortran_order':\s*(True|False)/.exec(header);
	const axes = /'shape':\s*\(([\d,\s]*)\)/.exec(header);
	if (!type || !order || !axes)
		throw noArray("its header cannot be read", path, name);
	const [, endian, kind, size] = type as unknown as string[];
	if (!((kind as string) + size in readers(view, true)))
		throw noArray(`its entries are of the type ${kind}${size}`, path, name);
	return {
		shape: [...(axes[1] as string).matchAll(/\d+/g)].map(Number),
		type: `${kind}${size}`,
		size: Number(size),
		isLittle: endian !== ">",
		isColumnMajor: order[1] === "True",
		begin,
	};
}

export function noArray(
	message: string,
	path: string,
	name?: string,
): DataProblem {
	return new DataProblem(
		name === undefined ? message : `${name}: ${message}`,
		"a NumPy array of numbers",
		path,
		1,
		1,
	);
}

function readArray(file: DataFile, name?: string): NumpyArray {
	const { shape, type, size, isLittle, isColumnMajor, begin } = readHeader(
		file,
		name,
	);
	const { path, bytes } = file;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const count = shape.reduce((a, b) => a * b, 1);
	if (bytes.length < begin + count * size)
		throw noArray("it is cut off", path, name);
	const read = readers(view, isLittle)[type] as (at: number) => number | null;
	return {
		shape,
		isColumnMajor,
		at: (position) => read(begin + position * size),
	};
}

/** How an element is read, by NumPy's letter and size for its type. */
export function readers(
	view: DataView,
	little: boolean,
): Readonly<Record<string, (at: number) => number | null>> {
	const exact = (value: bigint) =>
		Number.isSafeInteger(Number(value)) ? Number(value) : null;
	return {
		f8: (at) => view.getFloat64(at, little),
		f4: (at) => view.getFloat32(at, little),
		i1: (at) => view.getInt8(at),
		i2: (at) => view.getInt16(at, little),
		i4: (at) => view.getInt32(at, little),
		i8: (at) => exact(view.getBigInt64(at, little)),
		u1: (at) => view.getUint8(at),
		u2: (at) => view.getUint16(at, little),
		u4: (at) => view.getUint32(at, little),
		u8: (at) => exact(view.getBigUint64(at, little)),
		b1: (at) => view.getUint8(at),
	};
}
