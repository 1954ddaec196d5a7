import type { Helper } from "../../helpers.js";

/** Vectors with a lane for each of several data points, and exponential and logarithm for all lanes at once. */
export const lanes: readonly Helper[] = [
	{
		name: "LANES",
		source: `/* Data points that are taken at once. Compilers without vectors of numbers (GNU C) take one. */
#if defined(__GNUC__) && !defined(ONE_LANE)
#if defined(__AVX512F__)
#include <immintrin.h>
#define LANES 8
#elif defined(__AVX__)
#define LANES 4
#else
#define LANES 2
#endif
typedef double vec __attribute__((vector_size(8 * LANES)));
typedef uint64_t bits __attribute__((vector_size(8 * LANES)));
#else
#define LANES 1
typedef double vec;
typedef uint64_t bits;
#endif
#define LANE(v, lane) (((double *)&(v))[lane])

static inline vec splat(double value) {
	vec v = {0};
	for (int lane = 0; lane < LANES; lane++) LANE(v, lane) = value;
	return v;
}
static inline bits splat_bits(uint64_t value) {
	bits b = {0};
	for (int lane = 0; lane < LANES; lane++) ((uint64_t *)&b)[lane] = value;
	return b;
}
static inline bits bits_of(vec v) {
	bits b;
	memcpy(&b, &v, sizeof b);
	return b;
}
static inline vec vec_of(bits b) {
	vec v;
	memcpy(&v, &b, sizeof v);
	return v;
}
#if LANES == 1
#define MASK(test) ((test) ? ~(bits)0 : (bits)0)
#else
#define MASK(test) ((bits)(test))
#endif
static inline vec pick(bits mask, vec a, vec b) {
	return vec_of((bits_of(a) & mask) | (bits_of(b) & ~mask));
}`,
	},
	{
		name: "where_equal",
		source: `static inline vec where_equal(vec a, vec b, vec then) { return pick(MASK(a == b), then, splat(0.0)); }`,
	},
	{
		name: "where_unequal",
		source: `static inline vec where_unequal(vec a, vec b, vec then) { return pick(MASK(a != b), then, splat(0.0)); }`,
	},
	{
		name: "where_less",
		source: `static inline vec where_less(vec a, vec b, vec then) { return pick(MASK(a < b), then, splat(0.0)); }`,
	},
	{
		name: "where_at_most",
		source: `static inline vec where_at_most(vec a, vec b, vec then) { return pick(MASK(a <= b), then, splat(0.0)); }`,
	},
	{
		name: "vec_abs",
		source: `static inline vec vec_abs(vec x) { return vec_of(bits_of(x) & splat_bits(0x7fffffffffffffff)); }`,
	},
	{
		name: "vec_square",
		source: `static inline vec vec_square(vec x) { return x * x; }`,
	},
	{
		name: "vec_sqrt",
		source: `static inline vec vec_sqrt(vec x) {
	for (int lane = 0; lane < LANES; lane++) LANE(x, lane) = sqrt(LANE(x, lane));
	return x;
}`,
	},
	{
		name: "exp_of_rest",
		source: `/* exp(x - n log 2) where that is at most log(2)/2 in size, by a polynomial (interpolation at Chebyshev's points). */
static inline vec exp_of_rest(vec x, vec n) {
	const vec r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
	vec q = splat(2.510038549551032e-08);
	q = q * r + 2.7620088445409746e-07;
	q = q * r + 2.7557268459997064e-06;
	q = q * r + 2.4801521295954376e-05;
	q = q * r + 0.00019841269863053618;
	q = q * r + 0.0013888888917213717;
	q = q * r + 0.0083333333333300615;
	q = q * r + 0.041666666666624129;
	q = q * r + 0.16666666666666669;
	q = q * r + 0.50000000000000011;
	return (q * r * r + r) + 1.0;
}`,
	},
	{
		name: "vec_exp",
		source: `/*
 * exp(x) with an error below 2 units in the last place, for every x: x = n log 2 + r with |r| <= log(2)/2, exp(r), then
 * times 2^n in two steps, so that results below the normal numbers are rounded but not lost.
 */
static inline vec vec_exp(vec x) {
	x = pick(MASK(x > splat(710.0)), splat(710.0), x);
	x = pick(MASK(x < splat(-746.0)), splat(-746.0), x);
	const vec shift = splat(0x1.8p52);
	const vec n = x * 0x1.71547652b82fep0 + shift - shift;
	const vec half = n * 0.5 + shift - shift;
	const bits first = bits_of(half + (shift + 1023.0)) << 52;
	const bits second = bits_of((n - half) + (shift + 1023.0)) << 52;
	return exp_of_rest(x, n) * vec_of(first) * vec_of(second);
}`,
	},
	{
		name: "vec_exp_below",
		source: `/* The same for x <= 0: 2^n as 2^(n + 54) and 2^-54, of which no more than the result is rounded. */
static inline vec vec_exp_below(vec x) {
	x = pick(MASK(x < splat(-746.0)), splat(-746.0), x);
	const vec shift = splat(0x1.8p52);
	const vec n = x * 0x1.71547652b82fep0 + shift - shift;
#if LANES == 8
	return (vec)_mm512_scalef_pd((__m512d)exp_of_rest(x, n), (__m512d)n);
#else
	return exp_of_rest(x, n) * vec_of(bits_of(n + (shift + 1077.0)) << 52) * 0x1p-54;
#endif
}`,
	},
	{
		name: "vec_log",
		source: `/*
 * log(x) with an error below 2 units in the last place: x = 2^n m with m between sqrt(1/2) and sqrt(2), and with
 * s = (m - 1)/(m + 1) log(m) = 2 s + s^3 R(s^2), R a polynomial (interpolation at Chebyshev's points).
 */
static inline vec vec_log(vec x) {
	const bits tiny = MASK(x < splat(0x1p-1022));
	const vec scaled = pick(tiny, x * 0x1p54, x);
	const bits raised = bits_of(scaled) + splat_bits(0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
	const vec n = vec_of((raised >> 52) | splat_bits(0x4330000000000000)) - pick(tiny, splat(0x1p52 + 1077.0), splat(0x1p52 + 1023.0));
	const vec m = vec_of((raised & splat_bits(0x000fffffffffffff)) + splat_bits(0x3fe6a09e667f3bcd));
	const vec f = m - 1.0;
	const vec s = f / (m + 1.0);
	const vec z = s * s;
	vec r = splat(0.146167211662876);
	r = r * z + 0.15331699634642276;
	r = r * z + 0.18182889786157991;
	r = r * z + 0.22222211125723262;
	r = r * z + 0.28571428626031065;
	r = r * z + 0.39999999999899383;
	r = r * z + 0.66666666666666696;
	const vec h = f * f * 0.5;
	vec y = n * 0x1.62e42feep-1 - ((h - (s * (h + r * z) + n * 0x1.a39ef35793c76p-33)) - f);
	y = pick(MASK(x == splat(INFINITY)), x, y);
	y = pick(MASK(x == splat(0.0)), splat(-INFINITY), y);
	return pick(MASK(x < splat(0.0)) | MASK(x != x), splat(NAN), y);
}`,
	},
	{
		name: "vec_softmax",
		source: `/*
 * Logarithms of weights to probabilities, in place, for rows that are a stride apart; the largest is taken off first.
 * Also their logarithms, if asked. \`scale\` has room for two vectors for each row.
 */
static inline void vec_softmax(vec *rows, int64_t stride, int64_t count, int64_t length, vec *logs, int64_t logs_stride, vec *scale) {
	for (int64_t row = 0; row < count; row++) {
		const vec *const weights = rows + row * stride;
		vec largest = weights[0];
		for (int64_t n = 1; n < length; n++) largest = pick(MASK(weights[n] > largest), weights[n], largest);
		scale[row] = largest;
	}
	for (int64_t row = 0; row < count; row++) {
		vec *const weights = rows + row * stride;
		const vec largest = scale[row];
		vec total = splat(0.0);
		for (int64_t n = 0; n < length; n++) {
			const vec log = weights[n] - largest;
			if (logs) logs[row * logs_stride + n] = log;
			weights[n] = vec_exp_below(log);
			total += weights[n];
		}
		scale[row] = total;
	}
	for (int64_t row = 0; row < count; row++) {
		if (logs) scale[count + row] = vec_log(scale[row]);
		scale[row] = 1.0 / scale[row];
	}
	for (int64_t row = 0; row < count; row++) {
		for (int64_t n = 0; n < length; n++) rows[row * stride + n] *= scale[row];
		if (!logs) continue;
		for (int64_t n = 0; n < length; n++) logs[row * logs_stride + n] -= scale[count + row];
	}
}`,
	},
	{
		name: "odd",
		source: `/* From one point of a block to the next: odd, so that a component of many points does not fill one set of the cache. */
static inline int64_t odd(int64_t width) { return width | 1; }`,
	},
	{
		name: "block_of",
		source: `/* So many points, times the lanes, that all that a block keeps stays in the cache. */
static inline int64_t block_of(int64_t width) {
	const int64_t points = (1 << 18) / (width * (int64_t)sizeof(vec));
	return points < 4 ? 4 : points > 64 ? 64 : points;
}`,
	},
	{
		name: "load_rows",
		source: `/* The rows from \`from\` on, one in each lane; lanes without a row repeat the first. */
static inline void load_rows(vec *block, int64_t stride, const double *array, int64_t width, int64_t from, int64_t points, int live) {
	if (width == 1 && live == LANES) {
		memcpy(block, array + from, (size_t)points * sizeof(vec));
		return;
	}
	for (int64_t point = 0; point < points; point++, from += LANES, block += stride)
		for (int64_t n = 0; n < width; n++)
			for (int lane = 0; lane < LANES; lane++)
				LANE(block[n], lane) = array[(from + (lane < live ? lane : 0)) * width + n];
}`,
	},
	{
		name: "store_rows",
		source: `static inline void store_rows(const vec *block, int64_t stride, double *array, int64_t width, int64_t from, int64_t points, int live) {
	for (int64_t point = 0; point < points; point++, from += LANES, block += stride)
		for (int lane = 0; lane < live; lane++)
			for (int64_t n = 0; n < width; n++) array[(from + lane) * width + n] = LANE(block[n], lane);
}`,
	},
	{
		name: "stripes_of",
		source: `/* Rows after which the lanes are added up, and parts of the data that threads take; neither depends on the threads. */
enum { SEGMENT = 1024, STRIPES = 64 };

static int64_t stripes_of(int64_t rows, int64_t sums) {
	const int64_t segments = (rows + SEGMENT - 1) / SEGMENT;
	const int64_t room = (1 << 20) / (sums + 1);
	const int64_t most = room < 8 ? 8 : room < STRIPES ? room : STRIPES;
	return segments < most ? segments : most;
}
static int64_t stripe_start(int64_t stripe, int64_t stripes, int64_t rows) {
	const int64_t segments = (rows + SEGMENT - 1) / SEGMENT;
	const int64_t start = segments * stripe / stripes * SEGMENT;
	return start < rows ? start : rows;
}
static int64_t segment_end(int64_t from, int64_t last) {
	const int64_t whole = (last - from) / LANES * LANES;
	if (whole == 0) return last;
	return from + (whole < SEGMENT ? whole : SEGMENT);
}`,
	},
	{
		name: "threads_of",
		source: `static int threads_of(int wanted, int64_t stripes) {
#ifdef _OPENMP
	const int threads = wanted > 0 ? wanted : omp_get_max_threads();
	return threads < stripes ? threads : (int)stripes;
#else
	(void)wanted, (void)stripes;
	return 1;
#endif
}
static int thread_number(void) {
#ifdef _OPENMP
	return omp_get_thread_num();
#else
	return 0;
#endif
}`,
	},
	{
		name: "add_lanes",
		source: `/* Adds the lanes that hold a row to sums, and clears them. */
static inline void add_lanes(vec *lanes, int64_t length, int live, double *sums, double *lost) {
	for (int64_t n = 0; n < length; n++) {
		double total = 0.0;
		for (int lane = 0; lane < live; lane++) total += LANE(lanes[n], lane);
		collect(&sums[n], &lost[n], total);
		lanes[n] = splat(0.0);
	}
}`,
	},
	{
		name: "add_stripes",
		source: `/* Adds the sums of the stripes, in their order. */
static void add_stripes(const double *sums, int64_t stripes, int64_t length, double *totals) {
	for (int64_t n = 0; n < length; n++) {
		double total = 0.0, lost = 0.0;
		for (int64_t stripe = 0; stripe < stripes; stripe++) {
			collect(&total, &lost, sums[stripe * 2 * length + n]);
			lost += sums[(stripe * 2 + 1) * length + n];
		}
		totals[n] = total + lost;
	}
}`,
	},
];
