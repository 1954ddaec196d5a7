/** Numbers of which one does not know in advance how many there will be. */
export class Numbers {
	private room = new Float64Array(1024);
	private used = 0;

	get length(): number {
		return this.used;
	}

	add(value: number): void {
		if (this.used === this.room.length) {
			const larger = new Float64Array(2 * this.room.length);
			larger.set(this.room);
			this.room = larger;
		}
		this.room[this.used++] = value;
	}

	all(): Float64Array {
		return this.room.slice(0, this.used);
	}
}
