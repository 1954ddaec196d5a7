/*
 * What the machine can do at most, on all processors: multiplications and additions, exponentials, and bytes read, each a
 * second. Compiled for the same vectors as what is held against it.
 * usage: bounds   prints the three numbers
 */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(__AVX512F__)
#define LANES 8
#elif defined(__AVX__)
#define LANES 4
#else
#define LANES 2
#endif
typedef double vec __attribute__((vector_size(8 * LANES)));
enum { ACCUMULATORS = 12, BLOCK = 1024, turns_of_products = 10000000 };

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double products(void) {
	double total = 0;
	const long turns = turns_of_products;
#pragma omp parallel reduction(+ : total)
	{
		vec a[ACCUMULATORS] = {0};
		vec b = {0}, c = {0};
		for (int l = 0; l < LANES; l++) b[l] = 1 - 1e-9, c[l] = 1e-9;
		for (long n = 0; n < turns; n++) {
#pragma GCC unroll 12
			for (int j = 0; j < ACCUMULATORS; j++) a[j] = a[j] * b + c;
			__asm__ volatile("" : "+x"(b), "+x"(c));
		}
		for (int j = 0; j < ACCUMULATORS; j++) total += a[j][0];
	}
	return total;
}

static double exponentials(long turns) {
	double total = 0;
#pragma omp parallel reduction(+ : total)
	{
		double x[BLOCK], y[BLOCK];
		for (int n = 0; n < BLOCK; n++) x[n] = -0.01 * n;
		for (long turn = 0; turn < turns; turn++) {
			for (int n = 0; n < BLOCK; n++) y[n] = exp(x[n]);
			x[turn % BLOCK] = -y[turn % BLOCK];
		}
		total += y[7];
	}
	return total;
}

static double bytes(const double *x, long length) {
	double total = 0;
#pragma omp parallel for reduction(+ : total)
	for (long n = 0; n < length; n++) total += x[n];
	return total;
}

int main(void) {
	int threads = 0;
#pragma omp parallel
#pragma omp atomic
	threads++;
	const long length = 1 << 25, turns = 20000;
	double *x = malloc(sizeof *x * (size_t)length);
	if (!x) return 1;
	for (long n = 0; n < length; n++) x[n] = 1;
	double best[3] = {1e9, 1e9, 1e9}, sink = 0;
	for (int repeat = 0; repeat < 5; repeat++) {
		double start = now();
		sink += products();
		best[0] = fmin(best[0], now() - start);
		start = now();
		sink += exponentials(turns);
		best[1] = fmin(best[1], now() - start);
		start = now();
		sink += bytes(x, length);
		best[2] = fmin(best[2], now() - start);
	}
	printf("%g %g %g\n", threads * 2.0 * LANES * ACCUMULATORS * turns_of_products / best[0], threads * (double)BLOCK * turns / best[1], 8.0 * length / best[2]);
	return sink == 42;
}
