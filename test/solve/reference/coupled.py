"""Writes coupled.json: a regression on 10 columns that are correlated 0.95, and the optimum of its factorised bound.

    python3 test/solve/reference/coupled.py

The optimum is known: its means are those of the exact posterior, by solving the normal equations, its precisions the
diagonal of the posterior's. The bound there is the log evidence, that of a Normal with covariance sigma^2 X X' + lambda^2 I,
less the divergence of two Normals.
"""

import json
import pathlib

import numpy as np

rows, columns, correlation = 200, 10, 0.95
sigma, lam = 3.0, 0.5
rng = np.random.default_rng(20)
covariance = np.full((columns, columns), correlation) + (1 - correlation) * np.eye(columns)
X = rng.multivariate_normal(np.zeros(columns), covariance, size=rows).round(6)
w = rng.normal(0, 2, columns)
y = (X @ w + rng.normal(0, lam, rows)).round(6)

precision = X.T @ X / lam**2 + np.eye(columns) / sigma**2
mean = np.linalg.solve(precision, X.T @ y / lam**2)
variance = 1 / np.diag(precision)

marginal = sigma**2 * X @ X.T + lam**2 * np.eye(rows)
_, log_determinant = np.linalg.slogdet(marginal)
evidence = -0.5 * (rows * np.log(2 * np.pi) + log_determinant + y @ np.linalg.solve(marginal, y))
_, log_precision = np.linalg.slogdet(precision)
# KL(q || posterior) with equal means, and trace(precision diag(variance)) = columns
divergence = -0.5 * (np.log(variance).sum() + log_precision)

result = {
    "y": y.tolist(),
    "x": X.tolist(),
    "set": {"sigma": sigma, "lambda": lam},
    "m": mean.tolist(),
    "s": np.sqrt(variance).tolist(),
    "elbo": evidence - divergence,
}
path = pathlib.Path(__file__).with_name("coupled.json")
path.write_text(json.dumps(result, indent=1) + "\n")
