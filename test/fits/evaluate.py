"""Evaluates the bound of every state that run.mjs wrote, from scratch, and compares it with what the solver said.

    node test/fits/run.mjs 1000 states.jsonl && python3 test/fits/evaluate.py states.jsonl

Each bound is E_q[log p] + H[q] with NumPy and SciPy, written from the model and not from the compiled terms. A difference
counts as rounding if it is below 1e-9 of the bound, or below 64 machine epsilons of the sum of the sizes of all terms, with
squares multiplied out as the compiled bound has them.
"""

import json
import sys

import numpy as np
from scipy.special import betaln, digamma, gammaln, xlogy

log_2pi = np.log(2 * np.pi)


class Sum:
    """A sum of arrays that also knows the sizes of what was added."""

    def __init__(self):
        self.parts = []
        self.multiplied_out = 0.0

    def add(self, *terms):
        self.parts.extend(np.ravel(np.asarray(t, dtype=float)) for t in terms)

    def value(self):
        from math import fsum

        return fsum(np.concatenate(self.parts))

    def square(self, weight, x, m):
        """weight (x − m)² is written as weight x² − 2 weight x m + weight m² by the solver."""
        self.multiplied_out += (weight * (np.abs(x) + np.abs(m)) ** 2).sum()

    def size(self):
        return np.abs(np.concatenate(self.parts)).sum() + self.multiplied_out


def gamma_terms(total, a, b, a_0, b_0):
    """E[log Gamma(a_0, b_0)] + H under Gamma(a, b)."""
    mean_log = digamma(a) - np.log(b)
    ones = np.ones_like(a)
    total.add((a_0 * np.log(b_0) - gammaln(a_0)) * ones, (a_0 - 1) * mean_log, -b_0 * a / b)
    total.add(a, -np.log(b), gammaln(a), (1 - a) * digamma(a))


def dirichlet_terms(total, alpha, alpha_0):
    k = len(alpha)
    mean_log = digamma(alpha) - digamma(alpha.sum())
    total.add(gammaln(k * alpha_0), -k * gammaln(alpha_0), (alpha_0 - 1) * mean_log)
    total.add(gammaln(alpha), -gammaln(alpha.sum()), -(alpha - 1) * mean_log)
    return mean_log


def normal(total, squares, variance, weight=1.0):
    """weight · E[log N(· | ·, variance)] with the expected squares given."""
    logs = np.broadcast_to(log_2pi + np.log(variance), np.shape(squares))
    total.add(-0.5 * weight * logs, -0.5 * weight * (squares / variance))


def normal_entropy(total, variance):
    total.add(0.5 * (1 + log_2pi + np.log(variance)))


def labels(total, phi, log_weights):
    total.add(phi * log_weights, -xlogy(phi, phi))


def gaussians(i, q):
    x = np.asarray(i["x"], float)
    k = q["m"].shape[0]
    weights = np.asarray(i.get("pi", np.full(k, 1 / k)), float)
    scale = np.broadcast_to(np.asarray(i["lambda"], float), (k,))
    total = Sum()
    for j in range(k):
        m, s = q["m"][j], q["s"][j]
        normal(total, m**2 + s**2, i["sigma"] ** 2)
        normal_entropy(total, np.full(m.shape, s**2))
        normal(total, (x - m) ** 2 + s**2, scale[j] ** 2, q["phi"][:, [j]])
    labels(total, q["phi"], np.log(weights))
    return total


def normal_mean(i, q):
    total = Sum()
    m, s = q["m"], q["s"]
    normal(total, (m - np.asarray(i["a"], float)) ** 2 + s**2, i["sigma"] ** 2)
    normal(total, (np.asarray(i["x"], float) - m) ** 2 + s**2, i["lambda"] ** 2)
    normal_entropy(total, np.full(m.shape, s**2))
    return total


def mean_and_precision(i, q):
    total = Sum()
    m, v, a, b = (q[name] for name in "mvab")
    mean_log = digamma(a) - np.log(b)
    for squares, scale in [
        ((np.asarray(i["x"], float) - m) ** 2 + v, 1.0),
        (np.array([(m - i["m_0"]) ** 2 + v]), i["kappa_0"]),
    ]:
        total.add(np.full(squares.shape, 0.5 * (mean_log + np.log(scale) - log_2pi)), -0.5 * scale * (a / b) * squares)
    total.square(0.5 * a / b, np.asarray(i["x"], float), m)
    total.square(0.5 * i["kappa_0"] * a / b, i["m_0"], m)
    gamma_terms(total, a, b, i["a_0"], i["b_0"])
    normal_entropy(total, v)
    return total


def hierarchy(i, q):
    total = Sum()
    x, r = np.asarray(i["x"], float), np.asarray(i["r"], float)
    m, v, a, b, t, u = (q[name] for name in "mvabtu")
    normal(total, (x - t) ** 2 + u, 1 / r)
    total.add(np.full(t.shape, 0.5 * (digamma(a) - np.log(b) - log_2pi)), -0.5 * (a / b) * ((t - m) ** 2 + u + v))
    normal(total, (m - i["m_0"]) ** 2 + v, i["sigma"] ** 2)
    total.square(0.5 * r, x, t)
    total.square(0.5 * a / b, t, m)
    total.square(0.5 / i["sigma"] ** 2, m, i["m_0"])
    gamma_terms(total, a, b, i["a_0"], i["b_0"])
    normal_entropy(total, u)
    normal_entropy(total, v)
    return total


def poissons(i, q):
    total = Sum()
    x, a, b, phi = np.asarray(i["x"], float), q["a"], q["b"], q["phi"]
    gamma_terms(total, a, b, i["a_0"], i["b_0"])
    total.add(phi * np.outer(x, digamma(a) - np.log(b)), -phi * (a / b), -phi * gammaln(x + 1)[:, None])
    labels(total, phi, np.full(len(a), -np.log(len(a))))
    return total


def bernoullis(i, q):
    total = Sum()
    x, a, b, phi = np.asarray(i["x"], float), q["a"], q["b"], q["phi"]
    labels(total, phi, dirichlet_terms(total, q["alpha"], i["alpha_0"]))
    yes, no = digamma(a) - digamma(a + b), digamma(b) - digamma(a + b)
    for k in range(len(a)):
        total.add(phi[:, [k]] * (x * yes[k] + (1 - x) * no[k]))
    ones = np.ones_like(a)
    total.add(-betaln(i["a_0"], i["b_0"]) * ones, (i["a_0"] - 1) * yes, (i["b_0"] - 1) * no)
    total.add(betaln(a, b), -(a - 1) * yes, -(b - 1) * no)
    return total


def exponentials(i, q):
    total = Sum()
    x, a, b, phi = np.asarray(i["x"], float), q["a"], q["b"], q["phi"]
    labels(total, phi, dirichlet_terms(total, q["alpha"], i["alpha_0"]))
    gamma_terms(total, a, b, i["a_0"], i["b_0"])
    total.add(phi * (digamma(a) - np.log(b)), -phi * np.outer(x, a / b))
    return total


def regression(i, q):
    total = Sum()
    x, y = np.asarray(i["x"], float), np.asarray(i["y"], float)
    m, S, a, b, c, d = (q[name] for name in "mSabcd")
    mean_log = digamma(a) - np.log(b)
    squares = (y - x @ m) ** 2 + np.einsum("nd,de,ne->n", x, S, x)
    total.add(np.full(len(y), 0.5 * (mean_log - log_2pi)), -0.5 * (a / b) * squares)
    total.add(np.full(len(m), 0.5 * (digamma(c) - np.log(d) - log_2pi)), -0.5 * (c / d) * (m**2 + np.diag(S)))
    total.square(0.5 * a / b, y, np.abs(x) @ np.abs(m))
    gamma_terms(total, a, b, i["a_0"], i["b_0"])
    gamma_terms(total, c, d, i["c_0"], i["d_0"])
    total.add(0.5 * np.linalg.slogdet(S)[1], np.full(len(m), 0.5 * (1 + log_2pi)))
    return total


def wishart_normaliser(total, W, nu, sign=1.0):
    """Adds log B(W, nu) of Bishop (B.79), or takes it away."""
    D = len(W)
    total.add(sign * -0.5 * nu * np.linalg.slogdet(W)[1], sign * -0.5 * nu * D * np.log(2))
    total.add(sign * -0.25 * D * (D - 1) * np.log(np.pi), -sign * gammaln((nu - np.arange(D)) / 2))


def wisharts(i, q):
    """Bishop (10.71) to (10.77)."""
    total = Sum()
    x, m_0, W_0 = (np.asarray(i[name], float) for name in ("x", "m_0", "W_0"))
    nu_0, beta_0, D = i["nu_0"], i["beta_0"], x.shape[1]
    labels(total, q["r"], dirichlet_terms(total, q["alpha"], i["alpha_0"]))
    for k in range(len(q["m"])):
        r, m, W, beta, nu = q["r"][:, k], q["m"][k], q["W"][k], q["beta"][k], q["nu"][k]
        log_det = digamma((nu - np.arange(D)) / 2).sum() + D * np.log(2) + np.linalg.slogdet(W)[1]
        far = lambda v: nu * np.einsum("...d,de,...e->...", v, W, v)
        total.add(0.5 * r * (log_det - D * log_2pi), -0.5 * r * (D / beta + far(x - m)))
        total.add(0.5 * (D * (np.log(beta_0) - log_2pi) + log_det), -0.5 * beta_0 * (D / beta + far(m - m_0)))
        total.multiplied_out += (r * far(np.abs(x) + np.abs(m))).sum() + beta_0 * far(np.abs(m) + np.abs(m_0))
        wishart_normaliser(total, W_0, nu_0)
        total.add(0.5 * (nu_0 - D - 1) * log_det, -0.5 * nu * np.trace(np.linalg.solve(W_0, W)))
        total.add(-0.5 * (log_det + D * (np.log(beta) - log_2pi)), 0.5 * D)
        wishart_normaliser(total, W, nu, -1.0)
        total.add(-0.5 * (nu - D - 1) * log_det, 0.5 * nu * D)
    return total


bounds = {
    "mixture-of-gaussians": gaussians,
    "mixture-with-known-weights": gaussians,
    "normal-mean": normal_mean,
    "unknown-precision": mean_and_precision,
    "hierarchical-means": hierarchy,
    "mixture-of-poissons": poissons,
    "mixture-of-bernoullis": bernoullis,
    "mixture-of-exponentials": exponentials,
    "bayesian-regression": regression,
    "normal-wishart-mixture": wisharts,
}

if __name__ == "__main__":
    count, close, wrong = 0, 0, 0
    for line in open(sys.argv[1]):
        case = json.loads(line)
        q = {name: np.array(p["data"]).reshape(p["shape"]) for name, p in case["parameters"].items()}
        total = bounds[case["sheet"]](case["inputs"], q)
        value, size = total.value(), total.size()
        error = abs(value - case["elbo"])
        count += 1
        if error <= 1e-9 * abs(value):
            close += 1
        elif not error <= 64 * np.finfo(float).eps * size:
            wrong += 1
            print(f"{case['name']}: {case['elbo']} and not {value}, of terms that add up to {size:.3g}")
    print(f"{count} states: {close} bounds agree to 1e-9, {count - close - wrong} to rounding, {wrong} differ")
    sys.exit(wrong > 0)
