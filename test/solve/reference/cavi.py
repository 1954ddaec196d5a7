"""Coordinate ascent for three conjugate models, written with NumPy and SciPy alone.

An implementation of its own for the tests in ../reference.test.ts: it shares no formula with the compiler. Densities are
SciPy's; the bound is summed from them, with E||x - mu||^2 = ||x - m||^2 + D s^2. Run it to write the three JSON files
beside it: python3 cavi.py
"""

import itertools
import json
from pathlib import Path

import numpy as np
from scipy.special import logsumexp, xlogy
from scipy.stats import norm

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "derivations" / "data" / "old-faithful.csv"


def expected_log_normal(x, mean, mean_variance, sd):
    """E[log N(x | mu, sd^2 I)] for mu ~ N(mean, mean_variance I)."""
    dimension = x.shape[-1]
    at_mean = norm.logpdf(x, mean, sd).sum(axis=-1)
    return at_mean - dimension * mean_variance / (2 * sd**2)


def normal_entropy(sd, dimension):
    return dimension * norm.entropy(0, sd)


def mixture_bound(x, m, s, phi, sigma, lam, weights):
    """The bound of a mixture with known weights, a standard deviation `lam[k]` for each component."""
    _, dimension = x.shape
    prior = sum(expected_log_normal(np.zeros(dimension), m[k], s[k] ** 2, sigma) for k in range(len(m)))
    labels = (phi * np.log(weights)).sum()
    fit = sum(
        (phi[:, k] * expected_log_normal(x, m[k], s[k] ** 2, lam[k])).sum() for k in range(len(m))
    )
    return prior + labels + fit + normal_entropy(s, dimension).sum() - xlogy(phi, phi).sum()


def mixture(x, m, s, sigma, lam, weights, sweeps):
    """Responsibilities, then variances, then means, `sweeps` times."""
    elbo = []
    for _ in range(sweeps):
        log_phi = np.stack(
            [
                np.log(weights[k]) + expected_log_normal(x, m[k], s[k] ** 2, lam[k])
                for k in range(len(m))
            ],
            axis=1,
        )
        phi = np.exp(log_phi - logsumexp(log_phi, axis=1, keepdims=True))
        precision = 1 / sigma**2 + phi.sum(axis=0) / lam**2
        s = np.sqrt(1 / precision)
        m = (phi.T @ x) / (lam**2 * precision)[:, None]
        elbo.append(mixture_bound(x, m, s, phi, sigma, lam, weights))
    return m, s, phi, elbo


def brute_force_bound(x, m, s, phi, sigma, lam, weights, nodes=40):
    """The same bound as a sum over all labellings and a grid of quadrature nodes over all means; D = 1 only."""
    count, components = phi.shape
    grid, grid_weights = np.polynomial.hermite_e.hermegauss(nodes)
    grid_weights = grid_weights / grid_weights.sum()
    total = 0.0
    for at in itertools.product(range(nodes), repeat=components):
        mu = m[:, 0] + s * grid[list(at)]
        q_mu = norm.logpdf(mu, m[:, 0], s).sum()
        p_mu = norm.logpdf(mu, 0, sigma).sum()
        inner = 0.0
        for c in itertools.product(range(components), repeat=count):
            c = np.array(c)
            q_c = phi[np.arange(count), c]
            joint = np.log(weights[c]).sum() + norm.logpdf(x[:, 0], mu[c], lam[c]).sum()
            inner += q_c.prod() * (joint - np.log(q_c).sum())
        total += grid_weights[list(at)].prod() * (p_mu - q_mu + inner)
    return total


def normal_mean(x, sigma, lam):
    """The posterior of a normal mean, and the log evidence, which the bound must equal."""
    count, dimension = x.shape
    variance = 1 / (1 / sigma**2 + count / lam**2)
    mean = variance * x.sum(axis=0) / lam**2
    covariance = lam**2 * np.eye(count) + sigma**2 * np.ones((count, count))
    _, logdet = np.linalg.slogdet(2 * np.pi * covariance)
    inverse = np.linalg.inv(covariance)
    evidence = sum(-0.5 * (logdet + x[:, d] @ inverse @ x[:, d]) for d in range(dimension))
    return mean, np.sqrt(variance), evidence


def write(name, record):
    plain = json.dumps(record, indent=1, default=lambda a: a.tolist())
    (HERE / f"{name}.json").write_text(plain + "\n")


def mixture_case(x, seed, sigma, lam, weights, sweeps):
    components = len(weights)
    start = x[np.random.default_rng(seed).choice(len(x), components, replace=False)]
    spread = np.ones(components)
    m, s, phi, elbo = mixture(x, start, spread, sigma, lam, weights, sweeps)
    return {
        "seed": seed,
        "start": {"m": start, "s": spread},
        "settings": {"sigma": sigma, "lambda": lam, "weights": weights, "sweeps": sweeps},
        "m": m,
        "s": s,
        "phi": phi,
        "elbo": elbo,
    }


def tiny_case(seed, sigma, lam, weights):
    x = np.random.default_rng(seed).normal(size=(3, 1)) * 2
    case = mixture_case(x, seed, sigma, lam, weights, 2)
    state = (x, case["m"], case["s"], case["phi"])
    return {"x": x, **case, "bruteForce": brute_force_bound(*state, sigma, lam, weights)}


def main():
    x = np.loadtxt(DATA, delimiter=",", skiprows=1)
    equal = np.ones(3) / 3
    write(
        "mixture",
        {
            "faithful": mixture_case(x, 8, 10.0, np.full(3, 5.0), equal, 60),
            "tiny": tiny_case(3, 1.5, np.full(2, 0.7), np.ones(2) / 2),
        },
    )
    write(
        "known-weights",
        {
            "faithful": mixture_case(x, 21, 60.0, np.array([4.0, 6.0, 9.0]), np.array([0.2, 0.3, 0.5]), 60),
            "tiny": tiny_case(4, 1.2, np.array([0.6, 1.3]), np.array([0.25, 0.75])),
        },
    )
    mean, sd, evidence = normal_mean(x, 20.0, 3.0)
    write("normal-mean", {"settings": {"sigma": 20.0, "lambda": 3.0}, "m": mean, "s": sd, "evidence": evidence})


if __name__ == "__main__":
    main()
