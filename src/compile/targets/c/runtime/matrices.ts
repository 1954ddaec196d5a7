import type { Helper } from "../../helpers.js";

/** Inverses and determinants of symmetric positive definite matrices. */
export const matrices: readonly Helper[] = [
	{
		name: "is_symmetric",
		source: `static bool is_symmetric(const double *a, int64_t size) {
	for (int64_t r = 0; r < size; r++)
		for (int64_t c = 0; c < r; c++) {
			const double scale = sqrt(fabs(a[r * size + r])) * sqrt(fabs(a[c * size + c]));
			if (fabs(a[r * size + c] - a[c * size + r]) > 1e-6 * scale) return false;
		}
	return true;
}`,
	},
	{
		name: "factorise",
		source: `/*
 * Puts the inverse of a symmetric positive definite matrix in its place by Cholesky's factor L, and returns the logarithm of
 * its determinant. All is not a number where rounding leaves less than two digits of a pivot.
 */
static double factorise(double *a, int64_t size) {
	double log_determinant = is_symmetric(a, size) ? 0.0 : NAN;
	for (int64_t r = 0; r < size; r++) {
		const double pivot = a[r * size + r];
		for (int64_t c = 0; c <= r; c++) {
			double rest = a[r * size + c];
			for (int64_t k = 0; k < c; k++) rest -= a[r * size + k] * a[c * size + k];
			if (c < r) a[r * size + c] = rest / a[c * size + c];
			else {
				log_determinant += rest > 64.0 * (double)size * 2.220446049250313e-16 * pivot ? log(rest) : NAN;
				a[r * size + r] = sqrt(rest);
			}
		}
	}
	for (int64_t c = 0; c < size; c++) {
		a[c * size + c] = 1.0 / a[c * size + c];
		for (int64_t r = c + 1; r < size; r++) {
			double sum = 0.0;
			for (int64_t k = c; k < r; k++) sum += a[r * size + k] * a[k * size + c];
			a[r * size + c] = -sum / a[r * size + r];
		}
	}
	for (int64_t r = 0; r < size; r++)
		for (int64_t c = 0; c <= r; c++) {
			double sum = 0.0;
			for (int64_t k = r; k < size; k++) sum += a[k * size + r] * a[k * size + c];
			a[c * size + r] = sum;
		}
	for (int64_t r = 0; r < size; r++)
		for (int64_t c = 0; c < r; c++) a[r * size + c] = a[c * size + r];
	if (isnan(log_determinant))
		for (int64_t n = 0; n < size * size; n++) a[n] = NAN;
	return log_determinant;
}`,
	},
	{
		name: "are_definite",
		source: `/* Whether all of these matrices are symmetric positive definite: 1 or 0, and -1 if there is no memory to tell. */
static int are_definite(const double *data, int64_t length, int64_t size) {
	double *const matrix = room(size * size * (int64_t)sizeof(double));
	if (!matrix) return -1;
	bool are = true;
	for (int64_t at = 0; are && at < length; at += size * size) {
		memcpy(matrix, data + at, (size_t)(size * size) * sizeof(double));
		are = !isnan(factorise(matrix, size));
	}
	free(matrix);
	return are;
}`,
	},
	{
		name: "are_above",
		source: `static bool are_above(const double *data, int64_t length, double least) {
	for (int64_t n = 0; n < length; n++)
		if (!(data[n] > least)) return false;
	return true;
}`,
	},
];
