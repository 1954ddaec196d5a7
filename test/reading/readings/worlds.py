"""The two worlds in which the fixtures are computed, and expectations under the family by enumeration and quadrature."""

import itertools
from types import SimpleNamespace

import numpy as np

SIZES = {"N": 3, "K": 2, "D": 2}
INDICES = {"i": 2, "j": 3, "k": 1, "l": 2, "d": 2}

PLAIN_SYMBOLS = {
    "a": "positive", "b": "positive", "s": "positive", "t": "positive", "sigma": "positive", "lambda": "positive",
    "u": "real", "g": "real", "h": "real[N]", "v": "positive[N]", "w": "real[D]", "x": "real[N,D]", "m": "real[K,D]",
    "phi": "simplex[N,K]", "f": "real[N,K]", "r": "simplex[K]", "A": "real[D,D]", "S": "posdef[D,D]",
}
PLAIN_VALUES = {
    "a": 1.5, "b": 0.8, "s": 0.7, "t": 1.3, "sigma": 1.4, "lambda": 0.9, "u": -0.6, "g": 1.2,
    "h": [0.5, -1.1, 2.0], "v": [0.4, 1.7, 0.9], "w": [1.3, -0.4], "x": [[0.3, 1.1], [-0.7, 0.6], [1.9, -1.2]],
    "m": [[0.2, -0.5], [1.4, 0.8]], "phi": [[0.3, 0.7], [0.6, 0.4], [0.1, 0.9]], "f": [[1.2, -0.3], [0.7, 0.9], [-1.6, 0.4]],
    "r": [0.35, 0.65], "A": [[1.2, 0.7], [-0.4, 0.9]], "S": [[1.5, 0.4], [0.4, 0.8]],
}

MODEL = (
    r"\begin{aligned} \mu_k &\sim \mathcal N(0, \sigma^2 I), & k &= 1,\dots,K \\"
    r" c_i &\sim \mathrm{Cat}(1/K,\dots,1/K), & i &= 1,\dots,N \\"
    r" x_i \mid c_i, \mu &\sim \mathcal N(\mu_{c_i}, \lambda^2 I), & x_i &\in \mathbb R^D \end{aligned}"
)
FAMILY = r"q(\mu, c) = \prod_{k=1}^K \mathcal N(\mu_k \mid m_k, s_k^2 I) \prod_{i=1}^N \mathrm{Cat}(c_i \mid \phi_i)"
MIXTURE_VALUES = {
    "x": [[0.3, 1.1], [-0.7, 0.6], [1.9, -1.2]], "mu": [[0.4, -0.9], [1.1, 0.6]], "c": [2, 1, 2],
    "m": [[0.2, -0.5], [1.4, 0.8]], "s": [0.7, 1.2], "phi": [[0.3, 0.7], [0.6, 0.4], [0.1, 0.9]], "sigma": 1.4, "lambda": 0.9,
}

WORLDS = {
    "plain": {"symbols": PLAIN_SYMBOLS, "sizes": SIZES, "indices": INDICES, "values": PLAIN_VALUES},
    "mixture": {"model": MODEL, "family": FAMILY, "sizes": SIZES, "indices": INDICES, "values": MIXTURE_VALUES},
}


def namespace(values):
    """A world for Python: arrays count from 0, `lam` is λ, and `ic` is what c says, counted from 0."""
    w = SimpleNamespace(**{("lam" if name == "lambda" else name): np.array(value) for name, value in values.items()})
    w.N, w.K, w.D = SIZES["N"], SIZES["K"], SIZES["D"]
    w.i, w.j, w.k, w.l, w.d = (INDICES[name] - 1 for name in "ijkld")
    w.eye = np.eye(w.D)
    if "c" in values:
        w.ic = np.array(values["c"]) - 1
    return w


def log_normal(x, mean, covariance):
    """log N(x; mean, covariance) for vectors."""
    d = np.asarray(x) - mean
    return -0.5 * (len(d) * np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1] + d @ np.linalg.solve(covariance, d))


def mean_over_mu(w, k, f, nodes=6):
    """E f(μ_k) for μ_k ~ N(m_k, s_k² I), by Gauss–Hermite quadrature: exact for polynomials of degree < 12."""
    t, weight = np.polynomial.hermite_e.hermegauss(nodes)
    weight = weight / np.sqrt(2 * np.pi)
    grid = itertools.product(range(nodes), repeat=w.D)
    return sum(np.prod(weight[list(at)]) * f(w.m[k] + w.s[k] * t[list(at)]) for at in grid)


def mean_over_label(w, i, f):
    """E f(c_i), with labels counted from 0."""
    return sum(w.phi[i, k] * f(k) for k in range(w.K))


def point(w, i, k, mu):
    """log p(x_i | c_i = k, μ_k = mu)."""
    return log_normal(w.x[i], mu, w.lam**2 * w.eye)


def bound(w):
    """𝓛, term by term."""
    prior = sum(mean_over_mu(w, k, lambda u: log_normal(u, 0, w.sigma**2 * w.eye)) for k in range(w.K))
    entropy = -sum(mean_over_mu(w, k, lambda u, k=k: log_normal(u, w.m[k], w.s[k] ** 2 * w.eye)) for k in range(w.K))
    points = sum(
        mean_over_label(w, i, lambda k, i=i: mean_over_mu(w, k, lambda u: point(w, i, k, u)) - np.log(w.K * w.phi[i, k]))
        for i in range(w.N)
    )
    return prior + entropy + points
