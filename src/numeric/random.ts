/** A small seeded generator: the same text gives the same numbers everywhere, always. */
export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** Uniform whole number in low … high. */
	whole(low: number, high: number): number;
	pick<T>(items: readonly T[]): T;
}

/** sfc32 (C. Doty-Humphrey, PractRand), seeded by hashing the text. */
export function randomFrom(text: string): Random {
	let [a, b, c, d] = hash(text);
	const next = (): number => {
		const t = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + t;
		c |= 0;
		return (t >>> 0) / 4294967296;
	};
	for (let i = 0; i < 12; i += 1) next();
	const whole = (low: number, high: number): number =>
		low + Math.floor(next() * (high - low + 1));
	return {
		next,
		whole,
		pick: (items) =>
			items[whole(0, items.length - 1)] as (typeof items)[number],
	};
}

const prime = 0x01000193;

/** Four words by FNV-1a with different bases. */
function hash(text: string): [number, number, number, number] {
	let [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
	for (let i = 0; i < text.length; i += 1) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, prime);
		b = Math.imul(b ^ (code + 1), prime);
		c = Math.imul(c ^ (code + 2), prime);
		d = Math.imul(d ^ (code + 3), prime);
	}
	return [a, b, c, d];
}
