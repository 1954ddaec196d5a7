/** Values to positions along an axis. */
export interface Scale {
	readonly from: number;
	readonly to: number;
	at(value: number): number;
	/** Round values within the range, a few of them. */
	readonly ticks: readonly number[];
	/** A tick as text, with the decimals that tell neighbouring ticks apart. */
	tickText(value: number): string;
}

/** A linear scale from a range of values to a range of positions. */
export function linearScale(
	from: number,
	to: number,
	start: number,
	end: number,
	tickCount: number,
): Scale {
	const [low, high] = from < to ? [from, to] : [from - 1, from + 1];
	const step = roundStep((high - low) / tickCount);
	const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
	const first = Math.ceil(low / step - 1e-9);
	const last = Math.floor(high / step + 1e-9);
	return {
		from: low,
		to: high,
		at: (value) => start + ((value - low) / (high - low)) * (end - start),
		ticks: Array.from(
			{ length: Math.max(0, last - first + 1) },
			(_, n) => (first + n) * step,
		),
		tickText: (value) =>
			(Math.abs(value) >= 1e6 || (decimals > 6 && value !== 0)
				? value.toExponential(2)
				: value.toFixed(Math.min(decimals, 6))
			).replace("-", "−"),
	};
}

/** The least of 1, 2, 5, 10, … times a power of ten that is not below. */
function roundStep(step: number): number {
	const unit = 10 ** Math.floor(Math.log10(step));
	return (
		([1, 2, 5, 10].find((n) => n * unit >= step * (1 - 1e-9)) ?? 10) * unit
	);
}

/** The least and the largest value with some room on both sides. */
export function extent(
	values: Iterable<number>,
	room: number,
): readonly [number, number] {
	let low = Infinity;
	let high = -Infinity;
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	const margin = (high - low || 1) * room;
	return [low - margin, high + margin];
}
