/** The mixture of Gaussians as one writes it down in JavaScript: a fused loop over points, components and axes. */
export async function solve(
	{ x, K, sigma, lambda },
	{ init, maxSweeps, onSweep },
) {
	const [N, D] = x.shape;
	const m = init.m.data.slice();
	const s = init.s.slice();
	const phi = new Float64Array(N * K);
	const weights = new Float64Array(K);
	const sums = new Float64Array(K * D);
	for (let sweep = 0; sweep < maxSweeps; sweep++) {
		weights.fill(0);
		sums.fill(0);
		let entropy = 0;
		for (let i = 0; i < N; i++) {
			let largest = -Infinity;
			for (let k = 0; k < K; k++) {
				let value = 0;
				for (let d = 0; d < D; d++)
					value += x.data[i * D + d] * m[k * D + d] - 0.5 * m[k * D + d] ** 2;
				phi[i * K + k] = (value - 0.5 * D * s[k] ** 2) / lambda ** 2;
				largest = Math.max(largest, phi[i * K + k]);
			}
			let total = 0;
			for (let k = 0; k < K; k++) {
				phi[i * K + k] = Math.exp(phi[i * K + k] - largest);
				total += phi[i * K + k];
			}
			for (let k = 0; k < K; k++) {
				const p = phi[i * K + k] / total;
				phi[i * K + k] = p;
				weights[k] += p;
				if (p > 0) entropy += p * Math.log(p);
				for (let d = 0; d < D; d++) sums[k * D + d] += p * x.data[i * D + d];
			}
		}
		for (let k = 0; k < K; k++) {
			s[k] = 1 / Math.sqrt(1 / sigma ** 2 + weights[k] / lambda ** 2);
			for (let d = 0; d < D; d++)
				m[k * D + d] = (s[k] ** 2 / lambda ** 2) * sums[k * D + d];
		}
		onSweep({ sweep, elbo: entropy });
	}
	return { parameters: { m: { shape: [K, D], data: m } } };
}
