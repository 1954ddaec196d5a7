import type { FileHandle } from "node:fs/promises";

/** Rows of doubles in a file, of which some columns are wanted, each moved and scaled or not. */
export class RowFile {
	private scratch = new Float64Array(0);

	/**
	 * @param begin where the rows begin, in bytes
	 * @param width numbers in a row of the file
	 * @param scaling for each column, v becomes (v − mean) / deviation
	 */
	constructor(
		private readonly file: FileHandle,
		private readonly begin: number,
		readonly width: number,
		readonly rows: number,
		private readonly scaling:
			| readonly ({ mean: number; deviation: number } | undefined)[]
			| null = null,
	) {}

	scaled(scaling: NonNullable<typeof this.scaling>): RowFile {
		return new RowFile(this.file, this.begin, this.width, this.rows, scaling);
	}

	/** Some rows, row-major; they hold until the next are read. */
	async read(first: number, count: number): Promise<Float64Array> {
		const length = count * this.width;
		if (this.scratch.length < length) this.scratch = new Float64Array(length);
		const numbers = this.scratch.subarray(0, length);
		const bytes = new Uint8Array(numbers.buffer, 0, 8 * length);
		for (let at = 0; at < bytes.length; ) {
			const from = this.begin + 8 * first * this.width + at;
			const { bytesRead } = await this.file.read(
				bytes,
				at,
				Math.min(bytes.length - at, 2 ** 30),
				from,
			);
			if (bytesRead === 0) throw new Error("the file has become shorter");
			at += bytesRead;
		}
		this.scaling?.forEach((scale, column) => {
			if (!scale) return;
			for (let n = column; n < length; n += this.width)
				numbers[n] = ((numbers[n] as number) - scale.mean) / scale.deviation;
		});
		return numbers;
	}
}
