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
	for (int64_t row = 0; !strcmp(type, "simplex") && row < length; row += width) {
		double total = 0.0;
		for (int64_t n = row; n < row + width; n++) total += data[n];
		if (fabs(total - 1.0) > 1e-6) return false;
	}
	return true;
}`,
	},
];
