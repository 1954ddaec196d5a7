import { type FileHandle, open, rename, rm } from "node:fs/promises";
import type { Plan } from "../../compile/plan.js";
import { Problem } from "../../problem.js";
import type { Tensor } from "../rows.js";

/** Length of the header of an `.npy`, in bytes. */
const headerLength = 128;

/** The local parameters of all rows as an `.npy` of doubles, written row after row; there whole or not at all. */
class LocalsFile {
	private readonly draft: string;
	private file: FileHandle | null = null;
	private width: readonly number[] = [];
	private rows = 0;

	constructor(private readonly path: string) {
		this.draft = `${path}.${process.pid}.part`;
	}

	/** @throws Problem if it cannot be written */
	async add({ shape, data }: Tensor): Promise<void> {
		await this.guarded(async () => {
			this.file ??= await open(this.draft, "w");
			if (this.rows === 0)
				await this.file.write(new Uint8Array(headerLength), 0, headerLength, 0);
			this.width = shape.slice(1);
			const numbers = Float64Array.from(data);
			const length = data.length / (shape[0] || 1);
			const bytes = new Uint8Array(numbers.buffer);
			for (let at = 0; at < bytes.length; ) {
				const from = headerLength + 8 * this.rows * length + at;
				const { bytesWritten } = await this.file.write(
					bytes,
					at,
					bytes.length - at,
					from,
				);
				at += bytesWritten;
			}
			this.rows += shape[0] as number;
		});
	}

	/** @throws Problem if it cannot be written */
	async end(): Promise<void> {
		await this.guarded(async () => {
			const shape = [this.rows, ...this.width];
			await this.file?.write(headerOf(shape), 0, headerLength, 0);
			await this.file?.close();
			this.file = null;
			await rename(this.draft, this.path);
		});
	}

	/** Leaves nothing behind. */
	async drop(): Promise<void> {
		await this.file?.close().catch(() => {});
		await rm(this.draft, { force: true });
	}

	private async guarded(write: () => Promise<void>): Promise<void> {
		try {
			await write();
		} catch {
			await this.drop();
			throw new Problem(
				`${this.path} cannot be written`,
				null,
				"a path in an existing folder, with room for 8 bytes a number",
			);
		}
	}
}

/** The header of version 1 of NumPy's format. */
function headerOf(shape: readonly number[]): Uint8Array {
	const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
	const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${axes}), }`;
	const header = Buffer.alloc(headerLength, " ");
	header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
	header.writeUInt16LE(headerLength - 10, 8);
	header.write(text, 10, "latin1");
	header.write("\n", headerLength - 1);
	return header;
}

/**
 * Where each local parameter goes: one to the path itself, several to names that tell them apart.
 * @throws Problem if there are none
 */
export function localsPaths(
	path: string,
	plan: Plan,
): Readonly<Record<string, string>> {
	const names = plan.parameters.filter((p) => p.local).map((p) => p.name);
	if (names.length === 0)
		throw new Problem(
			"no parameter of this sheet belongs to single data points",
			null,
			"a fit without --locals",
		);
	const named = (name: string) =>
		names.length === 1 ? path : path.replace(/(\.npy)?$/, `-${name}.npy`);
	return Object.fromEntries(names.map((name) => [name, named(name)]));
}

/**
 * Writes the local parameters of all rows, all files or none.
 * @param parts by name, from the first rows to the last
 * @returns the path of each
 * @throws Problem if there are none, or they cannot be written
 */
export async function writeLocals(
	path: string,
	plan: Plan,
	parts: AsyncIterable<Readonly<Record<string, Tensor>>>,
): Promise<Readonly<Record<string, string>>> {
	const paths = localsPaths(path, plan);
	const files = new Map(
		Object.entries(paths).map(([name, own]) => [name, new LocalsFile(own)]),
	);
	try {
		for await (const part of parts)
			for (const [name, file] of files) await file.add(part[name] as Tensor);
		for (const file of files.values()) await file.end();
	} catch (error) {
		for (const file of files.values()) await file.drop();
		throw error;
	}
	return paths;
}
