import { createReadStream } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Problem } from "../../problem.js";
import { standardInput } from "../data/bytes.js";
import { DataProblem } from "../dataProblem.js";

/** The bytes of a data file, decompressed if they are gzip's, as they come. */
export interface ByteStream {
	/** As errors name it. */
	readonly path: string;
	/** What the file begins with, decompressed: some bytes, if it has any. */
	readonly beginning: Uint8Array;
	/** Whether the bytes are those of a file, and can be read in any order there. */
	readonly isPlainFile: boolean;
	readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Opens a data file for reading from its beginning.
 * @param path `-` for standard input
 * @throws DataProblem if it cannot be read, also later on, while its bytes come
 */
export async function openBytes(path: string): Promise<ByteStream> {
	const isPiped = path === standardInput;
	const named = isPiped ? "standard input" : path;
	const stored = isPiped ? process.stdin : createReadStream(path);
	const [first, all] = await peeked(stored).catch((error) => {
		throw unreadable(error, named);
	});
	const isGzip = first[0] === 0x1f && first[1] === 0x8b;
	if (!isGzip)
		return {
			path: named,
			beginning: first,
			isPlainFile: !isPiped,
			bytes: guarded(all, named),
		};
	const unpacked = createGunzip();
	all.on("error", (error) => unpacked.destroy(error)).pipe(unpacked);
	const [beginning, bytes] = await peeked(unpacked).catch((error) => {
		throw unreadable(error, named);
	});
	return {
		path: named,
		beginning,
		isPlainFile: false,
		bytes: guarded(bytes, named),
	};
}

/** The first bytes of a stream, and all of them. */
async function peeked(
	stream: Readable,
): Promise<readonly [Uint8Array, Readable]> {
	const through = new PassThrough();
	stream.on("error", (error) => through.destroy(error)).pipe(through);
	const first = await new Promise<Uint8Array | null>((resolve, reject) => {
		through.once("error", reject);
		through.once("readable", () => resolve(through.read()));
	});
	if (first === null) return [new Uint8Array(0), through];
	through.unshift(first);
	return [first, through];
}

async function* guarded(
	bytes: Readable,
	path: string,
): AsyncGenerator<Uint8Array> {
	try {
		yield* bytes;
	} catch (error) {
		throw unreadable(error as NodeJS.ErrnoException, path);
	}
}

function unreadable(error: NodeJS.ErrnoException, path: string): DataProblem {
	const isPacked = String(error.code).startsWith("Z_");
	const reason = isPacked
		? "the file is damaged: it cannot be decompressed"
		: error.code === "ENOENT"
			? "there is no such file"
			: "the file cannot be read";
	return new DataProblem(reason, isPacked ? "gzip" : "a data file", path, 1, 1);
}

/** A file that nobody else sees, and that is gone when it is closed or the program ends. */
export async function temporaryFile(): Promise<{
	readonly file: FileHandle;
	readonly path: string;
	close(): Promise<void>;
}> {
	const folder = await mkdtemp(join(tmpdir(), "tightbound-")).catch(() => {
		throw noRoom();
	});
	const path = join(folder, "rows");
	const file = await open(path, "w+");
	const close = async () => {
		await file.close().catch(() => {});
		await rm(folder, { recursive: true, force: true });
	};
	return { file, path, close };
}

/** What is said when the rows cannot be put aside. */
export function noRoom(): Problem {
	return new Problem(
		`the rows cannot be written to the folder of temporary files, ${tmpdir()}`,
		null,
		"room there for 8 bytes a number, or data as an .npy of doubles, which is read where it is",
	);
}
