import type { Helper } from "../../helpers.js";

/** Starting values: those of the ES module for the same seed, up to the rounding of the libraries. */
export const starts: readonly Helper[] = [
	{
		name: "generator",
		source: `/* Uniform numbers in [0, 1) from a seed: the generator sfc32, warmed up. */
struct generator {
	uint32_t a, b, c, d;
};
static double next_random(struct generator *g) {
	const uint32_t t = g->a + g->b + g->d;
	g->d += 1;
	g->a = g->b ^ (g->b >> 9);
	g->b = g->c + (g->c << 3);
	g->c = ((g->c << 21) | (g->c >> 11)) + t;
	return t / 4294967296.0;
}
static struct generator generator_from(int64_t seed) {
	struct generator g = {0x9e3779b9u, 0x243f6a88u, (uint32_t)(uint64_t)(seed >> 32), (uint32_t)(uint64_t)seed};
	for (int n = 0; n < 20; n++) next_random(&g);
	return g;
}`,
	},
	{
		name: "spread",
		source: `/* The standard deviation of all numbers, or 1 if they do not differ. */
static double spread(const double *data, int64_t length) {
	double mean = 0.0, variance = 0.0;
	for (int64_t n = 0; n < length; n++) mean += data[n] / (double)length;
	for (int64_t n = 0; n < length; n++) variance += (data[n] - mean) * (data[n] - mean) / (double)length;
	return variance > 0.0 ? sqrt(variance) : 1.0;
}`,
	},
	{
		name: "start_at_rows",
		source: `/* Rows of the data that lie far from each other: k-means++ (Arthur and Vassilvitskii 2007). */
static bool start_at_rows(struct generator *g, const double *data, int64_t width, int64_t rows, double *starts, int64_t length) {
	double *const nearest = room(rows * (int64_t)sizeof(double));
	if (!nearest) return false;
	for (int64_t n = 0; n < rows; n++) nearest[n] = INFINITY;
	int64_t pick_row = (int64_t)(next_random(g) * (double)rows);
	for (int64_t at = 0; at < length; at += width) {
		for (int64_t d = 0; d < width; d++) starts[at + d] = data[pick_row * width + d];
		double total = 0.0;
		int64_t last = 0;
		for (int64_t n = 0; n < rows; n++) {
			double distance = 0.0;
			for (int64_t d = 0; d < width; d++) {
				const double apart = data[n * width + d] - starts[at + d];
				distance += apart * apart;
			}
			nearest[n] = distance < nearest[n] ? distance : nearest[n];
			total += nearest[n];
			if (nearest[n] > 0.0) last = n;
		}
		double mark = next_random(g);
		if (!(total > 0.0)) {
			pick_row = (int64_t)(mark * (double)rows);
			continue;
		}
		mark *= total;
		pick_row = last;
		for (int64_t n = 0; n < rows; n++) {
			mark -= nearest[n];
			if (mark < 0.0) {
				pick_row = n;
				break;
			}
		}
	}
	free(nearest);
	return true;
}`,
	},
	{
		name: "start_near_zero",
		source: `/* Small normal numbers (Box and Muller 1958), a tenth as wide as the data. */
static bool start_near_zero(struct generator *g, double *starts, int64_t length, double width) {
	for (int64_t n = 0; n < length; n++) {
		const double radius = sqrt(-2.0 * log(1.0 - next_random(g)));
		starts[n] = 0.1 * width * radius * cos(2.0 * PI * next_random(g));
	}
	return true;
}`,
	},
	{
		name: "start_on_simplex",
		source: `/* Rows that add up to 1, drawn evenly from all such rows. */
static bool start_on_simplex(struct generator *g, double *starts, int64_t length, int64_t width) {
	for (int64_t n = 0; n < length; n++) starts[n] = -log(1.0 - next_random(g));
	for (int64_t row = 0; row < length; row += width) {
		double total = 0.0;
		for (int64_t n = row; n < row + width; n++) total += starts[n];
		for (int64_t n = row; n < row + width; n++) starts[n] /= total;
	}
	return true;
}`,
	},
	{
		name: "start_at_identity",
		source: `static bool start_at_identity(double *starts, int64_t length, int64_t width) {
	for (int64_t n = 0; n < length; n++) starts[n] = n / width % width == n % width ? 1.0 : 0.0;
	return true;
}`,
	},
	{
		name: "start_at",
		source: `static bool start_at(double *starts, int64_t length, double value) {
	for (int64_t n = 0; n < length; n++) starts[n] = value;
	return true;
}`,
	},
];
