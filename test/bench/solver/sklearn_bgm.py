"""scikit-learn's variational mixture with spherical covariances: another model, of the same cost a sweep.

usage: sklearn_bgm.py FILE N K D SWEEPS   prints ms a sweep, then nothing to compare
"""

import sys
import time
import warnings

import numpy as np
from sklearn.mixture import BayesianGaussianMixture

path, n, k, d, sweeps = sys.argv[1], *map(int, sys.argv[2:])
x = np.fromfile(path).reshape(n, d)
warnings.simplefilter("ignore")


def run(count):
    model = BayesianGaussianMixture(n_components=k, covariance_type="spherical", max_iter=count, tol=0.0, init_params="random", random_state=1)
    started = time.perf_counter()
    model.fit(x)
    return 1e3 * (time.perf_counter() - started)


print((run(sweeps) - run(1)) / (sweeps - 1))
print()
