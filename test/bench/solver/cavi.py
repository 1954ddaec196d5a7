"""The mixture of Gaussians as a good NumPy program: matrix products, results written in place, blocks that stay in the cache.

usage: cavi.py FILE N K D SWEEPS   prints ms a sweep, then the means
"""

import sys
import time

import numpy as np

path, n, k, d, sweeps = sys.argv[1], *map(int, sys.argv[2:])
x = np.fromfile(path).reshape(n, d)
m, s = x[:k].copy(), np.ones(k)
prior, c = 0.01, 1.0
BLOCK = 16384
buffer = np.empty((BLOCK, k))
times = []
for _ in range(sweeps):
    started = time.perf_counter()
    offset = -0.5 * c * (np.sum(m * m, axis=1) + d * s * s)
    weights, entropy, sums = np.zeros(k), 0.0, np.zeros((k, d))
    for first in range(0, n, BLOCK):
        rows = x[first : first + BLOCK]
        logs = np.matmul(rows, c * m.T, out=buffer[: len(rows)])
        logs += offset
        logs -= logs.max(axis=1, keepdims=True)
        phi = np.exp(logs)
        total = phi.sum(axis=1, keepdims=True)
        phi /= total
        logs -= np.log(total)
        entropy += np.vdot(phi, logs)
        weights += phi.sum(axis=0)
        sums += phi.T @ rows
    s = 1 / np.sqrt(prior + c * weights)
    m = (s * s)[:, None] * c * sums
    times.append(1e3 * (time.perf_counter() - started))
print(*times)
print(*m.ravel())
