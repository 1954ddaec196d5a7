/** Points around K places, the same every time, as bytes of doubles. */
export function drawPoints(n, k, d) {
	let state = 1;
	const random = () => {
		state = (state * 1664525 + 1013904223) % 4294967296;
		return state / 4294967296;
	};
	const places = Float64Array.from(
		{ length: k * d },
		() => 10 * (random() - 0.5),
	);
	const points = new Float64Array(n * d);
	for (let i = 0; i < n; i++) {
		const at = Math.floor(random() * k) * d;
		for (let j = 0; j < d; j++)
			points[i * d + j] =
				places[at + j] + 2 * (random() + random() + random() - 1.5);
	}
	return Buffer.from(points.buffer);
}
