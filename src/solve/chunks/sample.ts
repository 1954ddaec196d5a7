/** Rows that lie evenly in a stream of rows whose length nobody knows: all of them, as long as they are no more than `most`. */
export class Sample {
	private readonly kept: Float64Array[] = [];
	private every = 1;
	private seen = 0;

	constructor(private readonly most: number) {}

	/** Looks at a row, and copies it if it is kept. */
	add(numbers: Float64Array, from: number, width: number): void {
		if (this.seen++ % this.every !== 0) return;
		this.kept.push(numbers.slice(from, from + width));
		if (this.kept.length <= this.most) return;
		const half = this.kept.filter((_, n) => n % 2 === 0);
		this.kept.splice(0, this.kept.length, ...half);
		this.every *= 2;
	}

	get rows(): number {
		return this.kept.length;
	}

	/** Row-major. */
	all(): Float64Array {
		const width = this.kept[0]?.length ?? 0;
		const data = new Float64Array(width * this.kept.length);
		this.kept.forEach((row, n) => {
			data.set(row, n * width);
		});
		return data;
	}
}
