/** Two directions in which points spread most, and the points along them. */
export interface Projection {
	readonly xs: Float64Array;
	readonly ys: Float64Array;
	/** The parts of the whole variance that the two directions have. */
	readonly shares: readonly [number, number];
}

/** Rounds of the iteration: the directions need not be exact to be seen. */
const rounds = 100;

/**
 * The first two principal components of points, by orthogonal iteration on their covariance (Golub and Van Loan 2013, 8.2.4),
 * which is never formed. The largest entry of a direction is positive.
 * @param data row-major, `width` numbers a point
 */
export function principalComponents(
	data: ArrayLike<number>,
	width: number,
): Projection {
	const centred = centre(data, width);
	const rows = centred.length / width;
	let first = unit(width, 0);
	let second = unit(width, 1);
	for (let round = 0; round < rounds; round++) {
		first = normalised(timesCovariance(centred, first), first);
		const rest = without(timesCovariance(centred, second), first);
		second = normalised(rest, second);
	}
	const [u, v] = [upright(first), upright(second)];
	const [xs, ys] = [along(centred, u), along(centred, v)];
	const whole = squares(centred) || 1;
	return {
		xs,
		ys,
		shares: rows > 0 ? [squares(xs) / whole, squares(ys) / whole] : [0, 0],
	};
}

function centre(data: ArrayLike<number>, width: number): Float64Array {
	const rows = data.length / width;
	const means = new Float64Array(width);
	for (let n = 0; n < data.length; n++)
		means[n % width] =
			(means[n % width] as number) + (data[n] as number) / rows;
	return Float64Array.from(
		data,
		(value, n) => value - (means[n % width] as number),
	);
}

/** A start that no data are orthogonal to by design: mostly one axis, a little of all others. */
function unit(width: number, axis: number): Float64Array {
	const start = Float64Array.from({ length: width }, (_, d) =>
		d === axis % width ? 1 : 0.01 * Math.cos(d + axis),
	);
	return normalised(start, start);
}

/** Xᵀ X u */
function timesCovariance(x: Float64Array, u: Float64Array): Float64Array {
	const result = new Float64Array(u.length);
	along(x, u).forEach((scale, row) => {
		for (let d = 0; d < u.length; d++)
			result[d] =
				(result[d] as number) + scale * (x[row * u.length + d] as number);
	});
	return result;
}

/** The coordinate of each point along a direction. */
function along(x: Float64Array, u: Float64Array): Float64Array {
	return Float64Array.from({ length: x.length / u.length }, (_, row) => {
		let sum = 0;
		for (let d = 0; d < u.length; d++)
			sum += (x[row * u.length + d] as number) * (u[d] as number);
		return sum;
	});
}

function without(v: Float64Array, u: Float64Array): Float64Array {
	const shared = v.reduce((sum, value, d) => sum + value * (u[d] as number), 0);
	return v.map((value, d) => value - shared * (u[d] as number));
}

/** The vector at length 1, or what was before where it has none. */
function normalised(v: Float64Array, before: Float64Array): Float64Array {
	const length = Math.sqrt(squares(v));
	return length > 0 && Number.isFinite(length)
		? v.map((value) => value / length)
		: before;
}

function upright(u: Float64Array): Float64Array {
	const largest = u.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
	return largest < 0 ? u.map((value) => -value) : u;
}

function squares(v: Float64Array): number {
	return v.reduce((sum, value) => sum + value * value, 0);
}
