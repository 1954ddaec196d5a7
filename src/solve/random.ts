/** Uniform numbers in [0, 1), the same for the same seed: the generator sfc32, warmed up. */
export function generator(seed: number): () => number {
	let a = 0x9e3779b9 | 0;
	let b = 0x243f6a88;
	let c = Math.floor(seed / 2 ** 32) | 0;
	let d = seed | 0;
	const next = () => {
		const t = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + t) | 0;
		return (t >>> 0) / 2 ** 32;
	};
	for (let n = 0; n < 20; n++) next();
	return next;
}
