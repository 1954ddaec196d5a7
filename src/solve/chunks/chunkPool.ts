import { Tinypool } from "tinypool";
import type { Tensor } from "../rows.js";
import { asProblem } from "../solver.js";
import type { Dataset } from "./dataset.js";

/** What a solver asks of each chunk. */
export interface Pass {
	readonly pass: string;
	readonly values: Readonly<Record<string, Float64Array>>;
	readonly renewal: Readonly<Record<string, Float64Array>> | null;
	readonly renew: boolean;
}

/** Sums of a chunk by key, and its local parameters, if they were asked for. */
interface ChunkSums {
	readonly sums: Readonly<Record<string, Float64Array>>;
	readonly locals: Readonly<Record<string, Tensor>>;
}

/** The numbers of a chunk in memory that threads share. */
interface ChunkBuffer {
	readonly arrays: Readonly<Record<string, Float64Array>>;
}

/** Starting values for the single data points of a chunk; chunks are asked for in their order. */
export type LocalStarts = (
	data: Readonly<Record<string, Tensor>>,
) => Readonly<Record<string, Tensor>>;

/** Threads that form the sums of chunks. */
export class ChunkPool {
	private readonly pool: Tinypool;
	private readonly buffers: readonly ChunkBuffer[];

	/** @param rows in a chunk */
	constructor(
		source: string,
		private readonly known: Readonly<Record<string, unknown>>,
		private readonly data: Dataset,
		private readonly rows: number,
		threads: number,
	) {
		this.pool = new Tinypool({
			filename: `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`,
			name: "sumChunk",
			minThreads: threads,
			maxThreads: threads,
		});
		this.buffers = Array.from({ length: threads + 1 }, () => ({
			arrays: Object.fromEntries(
				Object.entries(data.sampled.columns).map(([name, columns]) => [
					name,
					new Float64Array(new SharedArrayBuffer(8 * rows * columns.length)),
				]),
			),
		}));
	}

	/**
	 * A pass over the data: the sums of each chunk, in the order of the chunks, whoever is done first.
	 * @throws Problem in the solver's words
	 */
	async *sums(
		pass: Pass,
		starts: LocalStarts | null,
		keep: boolean,
	): AsyncGenerator<ChunkSums> {
		const waiting: Promise<ChunkSums>[] = [];
		const count = Math.ceil(this.data.rows / this.rows);
		for (let n = 0; n < count; n++) {
			if (waiting.length === this.buffers.length)
				yield await (waiting.shift() as Promise<ChunkSums>);
			const buffer = this.buffers[n % this.buffers.length] as ChunkBuffer;
			const rows = await this.fill(buffer, n * this.rows);
			const data = this.tensors(buffer);
			const task = {
				...{ ...pass, known: this.known, data, rows, keep },
				locals: starts ? starts(data) : null,
			};
			const result: Promise<ChunkSums> = this.pool.run(task).catch((error) => {
				throw asProblem(error);
			});
			// Whoever asks for it hears of an error; until then nobody listens.
			result.catch(() => {});
			waiting.push(result);
		}
		for (const result of waiting) yield await result;
	}

	async end(): Promise<void> {
		await this.pool.destroy();
	}

	/** Reads rows into a buffer; after the last of all rows come copies of the chunk's first, which do not count. */
	private async fill({ arrays }: ChunkBuffer, first: number): Promise<number> {
		const { file, columns, sampled } = this.data;
		const count = Math.min(this.rows, this.data.rows - first);
		const numbers = await file.read(first, count);
		for (const [name, own] of Object.entries(sampled.columns)) {
			const at = own.map((column) => columns.indexOf(column));
			const array = arrays[name] as Float64Array;
			for (let row = 0; row < this.rows; row++) {
				const from = row < count ? row * columns.length : 0;
				for (let n = 0; n < at.length; n++)
					array[row * at.length + n] = numbers[
						from + (at[n] as number)
					] as number;
			}
		}
		return count;
	}

	private tensors({ arrays }: ChunkBuffer): Readonly<Record<string, Tensor>> {
		return Object.fromEntries(
			Object.entries(arrays).map(([name, data]) => {
				const axes = this.data.sampled.inputs[name]?.shape.length ?? 1;
				const shape =
					axes === 1 ? [this.rows] : [this.rows, data.length / this.rows];
				return [name, { shape, data }];
			}),
		);
	}
}
