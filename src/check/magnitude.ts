/** An upper estimate of how large a number's terms are and of its error; propagated like the number itself. */
export interface Magnitude {
	readonly size: number;
	readonly error: number;
}

/** The arithmetic of magnitudes: sizes and errors add up, whatever the signs. */
export const magnitudes = {
	sub: (a: Magnitude, b: Magnitude): Magnitude => ({
		size: a.size + b.size,
		error: a.error + b.error,
	}),
	mul: (a: Magnitude, b: Magnitude): Magnitude => ({
		size: a.size * b.size,
		error: a.error * b.size + a.size * b.error,
	}),
};
