/** Weighted mean and covariance of points in the plane. */
export interface Moments {
	readonly weight: number;
	readonly mean: readonly [number, number];
	/** xx, xy, yy. */
	readonly covariance: readonly [number, number, number];
}

/** Moments of points under weights. */
export function momentsOf(
	xs: ArrayLike<number>,
	ys: ArrayLike<number>,
	weightOf: (n: number) => number,
): Moments {
	let weight = 0;
	let [x, y] = [0, 0];
	for (let n = 0; n < xs.length; n++) {
		const w = weightOf(n);
		weight += w;
		x += w * (xs[n] as number);
		y += w * (ys[n] as number);
	}
	const mean = [x / weight, y / weight] as const;
	let [xx, xy, yy] = [0, 0, 0];
	for (let n = 0; n < xs.length; n++) {
		const [dx, dy] = [(xs[n] as number) - mean[0], (ys[n] as number) - mean[1]];
		const w = weightOf(n) / weight;
		xx += w * dx * dx;
		xy += w * dx * dy;
		yy += w * dy * dy;
	}
	return { weight, mean, covariance: [xx, xy, yy] };
}

/** Points on the ellipse one standard deviation from the mean: mean + L u for u on the unit circle, L Lᵀ the covariance. */
export function ellipse(
	{ mean, covariance }: Moments,
	points = 72,
): (readonly [number, number])[] {
	const [xx, xy, yy] = covariance;
	const a = Math.sqrt(xx);
	const b = a === 0 ? 0 : xy / a;
	const c = Math.sqrt(Math.max(0, yy - b * b));
	return Array.from({ length: points + 1 }, (_, n) => {
		const angle = (2 * Math.PI * n) / points;
		const [u, v] = [Math.cos(angle), Math.sin(angle)];
		return [mean[0] + a * u, mean[1] + b * u + c * v] as const;
	});
}
