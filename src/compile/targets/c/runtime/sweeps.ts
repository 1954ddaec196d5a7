import type { Helper } from "../../helpers.js";

/** What watches over the sweeps, and over what is handed in. */
export const sweeps: readonly Helper[] = [
	{
		name: "largest_move",
		source: `/* The largest change since the copy was made, relative to the largest entry. */
static double largest_move(const double *array, const double *copy, int64_t length) {
	double move = 0.0, scale = 0.0;
	for (int64_t n = 0; n < length; n++) {
		move = fmax(move, fabs(array[n] - copy[n]));
		scale = fmax(scale, fabs(array[n]));
	}
	return move > 0.0 ? move / scale : 0.0;
}`,
	},
	{
		name: "swap_numbers",
		source: `static void swap_numbers(double *a, double *b, int64_t length) {
	for (int64_t n = 0; n < length; n++) {
		const double number = a[n];
		a[n] = b[n];
		b[n] = number;
	}
}`,
	},
	{
		name: "adds_up",
		source: `/* Whether the entries of each row add up to their total. */
static bool adds_up(const double *data, int64_t length, int64_t width, const double *totals, int64_t count) {
	for (int64_t at = 0; at < length; at += width) {
		double sum = 0.0;
		for (int64_t n = at; n < at + width; n++) sum += data[n];
		const double wanted = totals[at / (length / count)];
		if (fabs(sum - wanted) > 1e-6 * wanted) return false;
	}
	return true;
}`,
	},
	{
		name: "is_valid",
		source: `/* Whether all numbers are finite and what their type allows. */
static bool is_valid(const char *type, const double *data, int64_t length, int64_t width) {
	const bool whole = !strcmp(type, "integer") || !strcmp(type, "count") || !strcmp(type, "label");
	const bool bounded = !strcmp(type, "probability") || !strcmp(type, "simplex") || !strcmp(type, "onehot");
	const bool positive = !strcmp(type, "positive");
	const bool label = !strcmp(type, "label");
	for (int64_t n = 0; n < length; n++) {
		const double v = data[n];
		if (!isfinite(v) || (whole && v != floor(v)) || (bounded && v > 1.0) || (positive && v <= 0.0)) return false;
		if ((bounded || !strcmp(type, "nonnegative") || !strcmp(type, "count")) && v < 0.0) return false;
		if (label && (v < 1.0 || v > (double)width)) return false;
	}
	const bool shares = !strcmp(type, "simplex") || !strcmp(type, "onehot");
	return !shares || adds_up(data, length, width, &(double){1.0}, 1);
}`,
	},
	{
		name: "is_within",
		source: `/* Whether all numbers lie between limits, each of which is one number or a number for each data point. */
static bool is_within(const double *data, int64_t length, bool whole, const double *lower, int64_t lowers, bool above, const double *upper, int64_t uppers, bool below) {
	for (int64_t n = 0; n < length; n++) {
		const double v = data[n];
		if (whole && v != floor(v)) return false;
		const double low = lower ? lower[n / (length / lowers)] : v;
		const double high = upper ? upper[n / (length / uppers)] : v;
		if (v < low || (above && v == low) || v > high || (below && v == high)) return false;
	}
	return true;
}`,
	},
];
