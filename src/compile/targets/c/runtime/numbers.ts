import type { Helper } from "../../helpers.js";

/** Functions of numbers that C's library does not have, and sums that keep what rounding loses. */
export const numbers: readonly Helper[] = [
	{ name: "PI", source: "#define PI 3.141592653589793" },
	{
		name: "room",
		source: `/* Zeros. Vectors in it are aligned as any vector of this file. */
static void *room(int64_t bytes) {
	const size_t whole = ((size_t)bytes / 64 + 1) * 64;
	void *const place = aligned_alloc(64, whole);
	if (place) memset(place, 0, whole);
	return place;
}`,
	},
	{
		name: "collect",
		source: `/* Adds a term to a sum and keeps exactly what rounding takes away, without a branch (Knuth 1969, 4.2.2). */
static inline void collect(double *sum, double *lost, double term) {
	const double before = *sum;
	const double after = before + term;
	const double added = after - before;
	*lost += (before - (after - added)) + (term - added);
	*sum = after;
}`,
	},
	{
		name: "add_to",
		source: `/* A sum over all the data, with what rounding took away. */
struct sum {
	double value, lost, total;
};
static inline void add_to(struct sum *sum, double term) {
	collect(&sum->value, &sum->lost, term);
	sum->total = sum->value + sum->lost;
}`,
	},
	{
		name: "add_term",
		source: `/* Adds a term of the bound, and its size. */
static void add_term(double term, double *value, double *lost, double *size) {
	collect(value, lost, term);
	*size += fabs(term);
}`,
	},
	{
		name: "clear",
		source: `static void clear(double *array, int64_t length) {
	for (int64_t n = 0; n < length; n++) array[n] = 0.0;
}`,
	},
	{
		name: "settle",
		source: `static void settle(double *sums, const double *lost, int64_t length) {
	for (int64_t n = 0; n < length; n++) sums[n] += lost[n];
}`,
	},
	{
		name: "softmax",
		source: `/* Logarithms of weights to probabilities, in place; the largest is taken off first. Also their logarithms, if asked. */
static void softmax(double *row, int64_t length, double *logs) {
	double largest = row[0];
	for (int64_t n = 1; n < length; n++) largest = row[n] > largest ? row[n] : largest;
	double total = 0.0;
	for (int64_t n = 0; n < length; n++) {
		const double weight = row[n] - largest;
		if (logs) logs[n] = weight;
		row[n] = exp(weight);
		total += row[n];
	}
	for (int64_t n = 0; n < length; n++) row[n] /= total;
	for (int64_t n = 0; logs && n < length; n++) logs[n] -= log(total);
}`,
	},
	{
		name: "step",
		source: `/* 1 from 0 on, 0 below. */
static double step(double x) {
	return x >= 0 ? 1.0 : 0.0;
}`,
	},
	{
		name: "sigmoid",
		source: `/* 1 / (1 + exp(-x)) without overflow. */
static double sigmoid(double x) {
	if (x >= 0.0) return 1.0 / (1.0 + exp(-x));
	const double e = exp(x);
	return e / (1.0 + e);
}`,
	},
	{
		name: "log_gamma",
		source: `/* log of Gamma(x) for x > 0: moved up to x >= 10, then Stirling's series (Abramowitz and Stegun 6.1.41). */
static double log_gamma(double x) {
	if (!(x > 0.0)) return x <= 0.0 ? INFINITY : NAN;
	double shift = 1.0;
	while (x < 10.0) shift *= x++;
	const double r = 1.0 / (x * x);
	const double series = 1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691.0 / 360360))));
	return (x - 0.5) * log(x) - x + 0.5 * log(2.0 * PI) + series / x - log(shift);
}`,
	},
	{
		name: "digamma",
		source: `/* The derivative of log Gamma for x > 0: moved up to x >= 10, then the asymptotic series (6.3.18). */
static double digamma(double x) {
	double shift = 0.0;
	for (; x < 10.0; x++) shift -= 1.0 / x;
	const double r = 1.0 / (x * x);
	const double series = 1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132 - r * 691.0 / 32760))));
	return shift + log(x) - 0.5 / x - r * series;
}`,
	},
	{
		name: "trigamma",
		source: `/* The second derivative of log Gamma for x > 0, likewise (6.4.12). */
static double trigamma(double x) {
	double shift = 0.0;
	for (; x < 10.0; x++) shift += 1.0 / (x * x);
	const double r = 1.0 / (x * x);
	const double series = 1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66 - r * 691.0 / 2730))));
	return shift + 1.0 / x + r / 2.0 + r * series / x;
}`,
	},
];
