"""Fits the sheets with Gamma, Beta and Dirichlet factors by NumPy and SciPy, and computes their bounds in another way.

    python3 shipped.py > shipped.json

Shares nothing with the compiler. Coordinate ascent is written from the textbook (Bishop 2006, chapter 10; Murphy 2012,
chapter 21). The bound is not the sum of closed terms that solvers use: it is E_q[log p] + H[q] with the entropies of
scipy.stats, with averages over Gamma and Beta factors by Gauss-Legendre quadrature on their quantiles' range (checked
against the digamma function below), and with log densities of scipy.stats.
"""

import json
import os

import numpy as np
from scipy import stats
from scipy.special import digamma, logsumexp

here = os.path.dirname(os.path.abspath(__file__))
nodes, weights = np.polynomial.legendre.leggauss(400)


def read(name):
    path = os.path.join(here, "../../../derivations/data", name)
    return np.loadtxt(path, delimiter=",", skiprows=1)


def average(law, f):
    """E[f] under a law of positive numbers, by quadrature over u = log x, from far below to far above."""
    low, high = np.log(law.ppf(1e-18)), np.log(law.isf(1e-18))
    u = (high - low) / 2 * nodes + (high + low) / 2
    x = np.exp(u)
    return np.sum((high - low) / 2 * weights * law.pdf(x) * x * f(x))


def gamma(a, b):
    return stats.gamma(a, scale=1 / b)


def log_and_mean(a, b):
    law = gamma(a, b)
    mean_log = average(law, np.log)
    assert abs(mean_log - (digamma(a) - np.log(b))) < 1e-11 * max(1, abs(mean_log)), (a, b)
    return mean_log, average(law, lambda x: x)


def entropy_of_rows(phi):
    return sum(stats.entropy(row) for row in phi)


def dirichlet_log(alpha):
    return digamma(alpha) - digamma(alpha.sum())


def normalised(logits):
    return np.exp(logits - logsumexp(logits, axis=1, keepdims=True))


def mean_and_precision(m_0=0.0, kappa_0=0.01, a_0=1.0, b_0=1.0):
    x = read("rods.csv")
    n = len(x)
    m = (kappa_0 * m_0 + x.sum()) / (kappa_0 + n)
    a = a_0 + (n + 1) / 2
    b = 1.0
    for _ in range(500):
        v = b / (a * (kappa_0 + n))
        b = b_0 + 0.5 * (kappa_0 * ((m - m_0) ** 2 + v) + ((x - m) ** 2 + v).sum())
    v = b / (a * (kappa_0 + n))
    mean_log, mean = log_and_mean(a, b)

    def normal(count, precision_scale, squares):
        return 0.5 * count * (mean_log + np.log(precision_scale / (2 * np.pi))) - 0.5 * mean * squares

    elbo = normal(n, 1, ((x - m) ** 2 + v).sum())
    elbo += normal(1, kappa_0, kappa_0 * ((m - m_0) ** 2 + v))
    elbo += average(gamma(a, b), gamma(a_0, b_0).logpdf)
    elbo += stats.norm(m, np.sqrt(v)).entropy() + gamma(a, b).entropy()
    return elbo, {"m": m, "v": v, "a": a, "b": b}


def poissons(a_0=1.0, b_0=0.1, start=(2.0, 8.0, 20.0)):
    x = read("calls.csv")
    k = len(start)
    a, b = np.array(start) * 50, np.full(k, 50.0)
    for _ in range(2000):
        phi = normalised(np.outer(x, digamma(a) - np.log(b)) - a / b)
        a, b = a_0 + phi.T @ x, b_0 + phi.sum(0)
    phi = normalised(np.outer(x, digamma(a) - np.log(b)) - a / b)
    elbo = entropy_of_rows(phi) - len(x) * np.log(k)
    for j in range(k):
        law = gamma(a[j], b[j])
        elbo += average(law, gamma(a_0, b_0).logpdf) + law.entropy()
        elbo += sum(
            p * average(law, lambda rate: stats.poisson(rate).logpmf(count))
            for p, count in zip(phi[:, j], x)
            if p > 1e-300
        )
    return elbo, {"a": a, "b": b}


def bernoullis(a_0=1.0, b_0=1.0, alpha_0=1.0, k=3):
    x = read("answers.csv")
    n, d = x.shape
    centres = np.array([[1, 1, 1, 0, 0, 0, 1, 0.5], [0, 0, 0, 1, 1, 1, 1, 0.5], [0, 1, 0, 0, 1, 0, 0, 0.5]])
    phi = normalised(-4.0 * np.abs(x[:, None, :] - centres).sum(2))
    for _ in range(3000):
        alpha, a, b = alpha_0 + phi.sum(0), a_0 + phi.T @ x, b_0 + phi.T @ (1 - x)
        logits = digamma(alpha) + x @ digamma(a).T + (1 - x) @ digamma(b).T - digamma(a + b).sum(1)
        phi = normalised(logits)
    elbo = entropy_of_rows(phi) + (phi @ dirichlet_log(alpha)).sum()
    prior = np.full(k, alpha_0)
    elbo += stats.dirichlet(alpha).entropy()
    elbo += stats.dirichlet(prior).logpdf(np.full(k, 1 / k)) + ((prior - 1) * (dirichlet_log(alpha) + np.log(k))).sum()
    for j in range(k):
        for q in range(d):
            law = stats.beta(a[j, q], b[j, q])
            yes = average(law, np.log)
            no = average(stats.beta(b[j, q], a[j, q]), np.log)
            elbo += (phi[:, j] * (x[:, q] * yes + (1 - x[:, q]) * no)).sum()
            elbo += average(law, stats.beta(a_0, b_0).logpdf) + law.entropy()
    return elbo, {"alpha": alpha, "a": a, "b": b}


def exponentials(a_0=1.0, b_0=1.0, alpha_0=1.0, start=(0.1, 4.0)):
    x = read("lifetimes.csv")
    k = len(start)
    a, b, alpha = np.array(start) * 50, np.full(k, 50.0), np.full(k, 1.0)
    for _ in range(3000):
        phi = normalised(digamma(alpha) + digamma(a) - np.log(b) - np.outer(x, a / b))
        alpha, a, b = alpha_0 + phi.sum(0), a_0 + phi.sum(0), b_0 + phi.T @ x
    phi = normalised(digamma(alpha) + digamma(a) - np.log(b) - np.outer(x, a / b))
    elbo = entropy_of_rows(phi) + (phi @ dirichlet_log(alpha)).sum()
    prior = np.full(k, alpha_0)
    elbo += stats.dirichlet(alpha).entropy()
    elbo += stats.dirichlet(prior).logpdf(np.full(k, 1 / k)) + ((prior - 1) * (dirichlet_log(alpha) + np.log(k))).sum()
    for j in range(k):
        law = gamma(a[j], b[j])
        mean_log, mean = log_and_mean(a[j], b[j])
        elbo += average(law, gamma(a_0, b_0).logpdf) + law.entropy()
        elbo += (phi[:, j] * (mean_log - mean * x)).sum()
    return elbo, {"alpha": alpha, "a": a, "b": b}


def places(m_0=0.0, sigma=10.0, a_0=1.0, b_0=1.0):
    x, r = read("places.csv").T
    n = len(x)
    m, v, a, b = x.mean(), 1.0, a_0 + n / 2, 1.0
    for _ in range(5000):
        u = 1 / (a / b + r)
        t = u * (a / b * m + r * x)
        v = 1 / (sigma**-2 + n * a / b)
        m = v * (m_0 / sigma**2 + a / b * t.sum())
        b = b_0 + 0.5 * ((t - m) ** 2 + u + v).sum()
    u = 1 / (a / b + r)
    t = u * (a / b * m + r * x)
    mean_log, mean = log_and_mean(a, b)
    elbo = (stats.norm(t, r**-0.5).logpdf(x) - 0.5 * r * u).sum()
    elbo += 0.5 * n * (mean_log - np.log(2 * np.pi)) - 0.5 * mean * ((t - m) ** 2 + u + v).sum()
    elbo += stats.norm(m_0, sigma).logpdf(m) - 0.5 * v / sigma**2
    elbo += average(gamma(a, b), gamma(a_0, b_0).logpdf) + gamma(a, b).entropy()
    elbo += stats.norm(t, np.sqrt(u)).entropy().sum() + stats.norm(m, np.sqrt(v)).entropy()
    return elbo, {"m": m, "v": v, "a": a, "b": b}


def harvests(a_0=1.0, b_0=1.0, c_0=1.0, d_0=1.0):
    data = read("harvests.csv")
    y, x = data[:, 0], data[:, 1:]
    n, d = x.shape
    a, c, noise, size = a_0 + n / 2, c_0 + d / 2, 1.0, 1.0
    for _ in range(2000):
        precision = c / size * np.eye(d) + a / noise * x.T @ x
        m = np.linalg.solve(precision, a / noise * x.T @ y)
        s = np.linalg.inv(precision)
        squares = (y - x @ m) ** 2 + np.einsum("ni,ij,nj->n", x, s, x)
        noise = b_0 + 0.5 * squares.sum()
        size = d_0 + 0.5 * (m @ m + np.trace(s))
    tau_log, tau = log_and_mean(a, noise)
    alpha_log, alpha = log_and_mean(c, size)
    elbo = 0.5 * (n * (tau_log - np.log(2 * np.pi)) - tau * squares.sum())
    elbo += 0.5 * (d * (alpha_log - np.log(2 * np.pi)) - alpha * (m @ m + np.trace(s)))
    for shape, rate, shape_0, rate_0 in [(a, noise, a_0, b_0), (c, size, c_0, d_0)]:
        elbo += average(gamma(shape, rate), gamma(shape_0, rate_0).logpdf) + gamma(shape, rate).entropy()
    elbo += stats.multivariate_normal(m, s).entropy()
    return elbo, {"m": m, "S": s, "a": a, "b": noise, "c": c, "d": size}


def listed(value):
    return value.tolist() if isinstance(value, np.ndarray) else float(value)


if __name__ == "__main__":
    found = {
        "unknown-precision": mean_and_precision(),
        "mixture-of-poissons": poissons(),
        "mixture-of-bernoullis": bernoullis(),
        "mixture-of-exponentials": exponentials(),
        "hierarchical-means": places(),
        "bayesian-regression": harvests(),
    }
    print(
        json.dumps(
            {
                name: {"elbo": float(elbo), "parameters": {key: listed(v) for key, v in parameters.items()}}
                for name, (elbo, parameters) in found.items()
            },
            indent=1,
        )
    )
