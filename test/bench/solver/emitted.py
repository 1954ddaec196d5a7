"""Emitted code from Python: a NumPy module, or C as a library.

usage: emitted.py MODULE.py|LIBRARY.so FILE N K D SWEEPS   prints ms a sweep, then the means
"""

import ctypes
import importlib.util
import sys
import time

import numpy as np

solver, path, n, k, d, sweeps = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
x = np.fromfile(path).reshape(n, d)


def numpy_module():
    spec = importlib.util.spec_from_file_location("solver", solver)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    times = [time.perf_counter()]
    result = module.solve(
        {"x": x, "K": k, "sigma": 10.0, "lambda": 1.0},
        init={"m": x[:k].copy(), "s": np.ones(k)},
        max_sweeps=sweeps,
        tolerance=0.0,
        on_sweep=lambda *_: times.append(time.perf_counter()),
    )
    return 1e3 * np.diff(times), result["parameters"]["m"]


def library():
    solve = ctypes.CDLL(solver).mixture_of_gaussians_solve
    solve.restype = ctypes.c_int64
    pointer = lambda a: a.ctypes.data_as(ctypes.c_void_p)
    integers = [ctypes.c_int64(v) for v in (n, d, k)]

    def run(count):
        phi, s, m, elbo = np.empty((n, k)), np.ones(k), x[:k].copy(), np.empty(count)
        phi[...] = 0
        started = time.perf_counter()
        code = solve(
            *integers, pointer(x), ctypes.c_double(10), ctypes.c_double(1), pointer(phi), pointer(s), pointer(m),
            ctypes.c_int64(6), ctypes.c_int64(1), ctypes.c_int64(count), ctypes.c_double(0), ctypes.c_int(0), pointer(elbo),
        )
        assert code > 0, code
        return 1e3 * (time.perf_counter() - started), m

    # what comes before the sweeps and after them is in both
    before = min(run(1)[0] for _ in range(5))
    runs = [run(sweeps) for _ in range(3)]
    return [(after - before) / (sweeps - 1) for after, _ in runs], runs[-1][1]


times, m = numpy_module() if solver.endswith(".py") else library()
print(*times)
print(*m.ravel())
