/*
 * The mixture of Gaussians by hand: one fused pass over blocks of points in structure-of-arrays order, written for a
 * compiler that vectorises the inner loops over points and exp (gcc -O3 -march=… -ffast-math -fopenmp -lmvec).
 * usage: loop FILE N K D SWEEPS   prints ms a sweep, then the means
 */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK = 256 };

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void pass(const double *x, long n, int k_count, int d_count, const double *m, const double *s, double c, double *total) {
	const int size = k_count * (d_count + 2);
	memset(total, 0, (size_t)size * sizeof *total);
	double *offset = malloc((size_t)k_count * sizeof *offset);
	for (int k = 0; k < k_count; k++) {
		double square = d_count * s[k] * s[k];
		for (int d = 0; d < d_count; d++) square += m[k * d_count + d] * m[k * d_count + d];
		offset[k] = -0.5 * c * square;
	}
#pragma omp parallel
	{
		double *own = calloc((size_t)size, sizeof *own);
		double *xs = aligned_alloc(64, sizeof(double) * BLOCK * (size_t)d_count);
		double *phi = aligned_alloc(64, sizeof(double) * BLOCK * (size_t)k_count);
		double *logs = aligned_alloc(64, sizeof(double) * BLOCK * (size_t)k_count);
		double largest[BLOCK], sum[BLOCK];
#pragma omp for schedule(static)
		for (long block = 0; block < n; block += BLOCK) {
			const int live = n - block < BLOCK ? (int)(n - block) : BLOCK;
			for (int d = 0; d < d_count; d++)
				for (int b = 0; b < live; b++) xs[d * BLOCK + b] = x[(block + b) * d_count + d];
			for (int b = 0; b < live; b++) largest[b] = -1e308, sum[b] = 0;
			for (int k = 0; k < k_count; k++) {
				double *a = logs + k * BLOCK;
				for (int b = 0; b < live; b++) a[b] = offset[k];
				for (int d = 0; d < d_count; d++) {
					const double mean = c * m[k * d_count + d];
					const double *column = xs + d * BLOCK;
					for (int b = 0; b < live; b++) a[b] += mean * column[b];
				}
				for (int b = 0; b < live; b++) largest[b] = a[b] > largest[b] ? a[b] : largest[b];
			}
			for (int k = 0; k < k_count; k++) {
				double *a = logs + k * BLOCK, *p = phi + k * BLOCK;
				for (int b = 0; b < live; b++) {
					a[b] -= largest[b];
					p[b] = exp(a[b]);
					sum[b] += p[b];
				}
			}
			for (int b = 0; b < live; b++) largest[b] = log(sum[b]), sum[b] = 1 / sum[b];
			for (int k = 0; k < k_count; k++) {
				double *a = logs + k * BLOCK, *p = phi + k * BLOCK, *to = own + k * (d_count + 2);
				double weight = 0, entropy = 0;
				for (int b = 0; b < live; b++) {
					p[b] *= sum[b];
					weight += p[b];
					entropy += p[b] * (a[b] - largest[b]);
				}
				to[0] += weight;
				to[1] += entropy;
				for (int d = 0; d < d_count; d++) {
					const double *column = xs + d * BLOCK;
					double product = 0;
					for (int b = 0; b < live; b++) product += p[b] * column[b];
					to[2 + d] += product;
				}
			}
		}
#pragma omp critical
		for (int n = 0; n < size; n++) total[n] += own[n];
		free(own), free(xs), free(phi), free(logs);
	}
	free(offset);
}

int main(int argc, char **argv) {
	if (argc < 6) return 2;
	const long n = atol(argv[2]);
	const int k_count = atoi(argv[3]), d_count = atoi(argv[4]), sweeps = atoi(argv[5]);
	double *x = malloc(sizeof *x * (size_t)n * (size_t)d_count);
	FILE *file = fopen(argv[1], "rb");
	if (!file || fread(x, sizeof *x * (size_t)d_count, (size_t)n, file) != (size_t)n) return 1;
	double *m = malloc(sizeof *m * (size_t)(k_count * d_count)), *s = malloc(sizeof *s * (size_t)k_count);
	double *total = malloc(sizeof *total * (size_t)(k_count * (d_count + 2)));
	memcpy(m, x, sizeof *m * (size_t)(k_count * d_count));
	for (int k = 0; k < k_count; k++) s[k] = 1;
	const double prior = 0.01, c = 1;
	for (int sweep = 0; sweep < sweeps; sweep++) {
		const double started = now();
		pass(x, n, k_count, d_count, m, s, c, total);
		for (int k = 0; k < k_count; k++) {
			const double *sums = total + k * (d_count + 2);
			s[k] = 1 / sqrt(prior + c * sums[0]);
			for (int d = 0; d < d_count; d++) m[k * d_count + d] = s[k] * s[k] * c * sums[2 + d];
		}
		printf("%.6f ", now() - started);
	}
	printf("\n");
	for (int j = 0; j < k_count * d_count; j++) printf("%.17g ", m[j]);
	printf("\n");
	return 0;
}
