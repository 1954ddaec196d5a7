"""Coordinate ascent for models with full matrices, by NumPy alone, from Bishop (2006), chapter 10, and by hand.

Reads tasks from standard input, as JSON: the model's name, sizes, inputs and starting values, and the number of sweeps.
Prints for each the bound after each sweep and the matrices found. Shares nothing with the compiler: bounds are
E_q[log p] plus entropies, a factor at a time, and for known precisions the evidence itself.
"""

import json
import sys
from math import lgamma, log, pi

import numpy as np
from numpy.linalg import inv, slogdet, solve


def digamma(x):
    shift = 0.0
    while x < 12:
        shift -= 1 / x
        x += 1
    terms = [-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132, 691 / 32760, -1 / 12]
    return shift + log(x) - 0.5 / x + sum(c / x ** (2 * n + 2) for n, c in enumerate(terms))


def gamma_prior(a0, b0, a, b):
    """E[log Gamma(x | a0, b0)] under Gamma(a, b)."""
    return a0 * log(b0) - lgamma(a0) + (a0 - 1) * (digamma(a) - log(b)) - b0 * a / b


def gamma_entropy(a, b):
    return a - log(b) + lgamma(a) + (1 - a) * digamma(a)


def normal_entropy(S):
    return 0.5 * slogdet(2 * pi * np.e * S)[1]


def regression(x, y, alpha, beta, sweeps, **_):
    """Known precisions: the bound is the evidence of y ~ N(0, I/beta + X Xᵀ/alpha)."""
    N, D = x.shape
    C = np.eye(N) / beta + x @ x.T / alpha
    S = inv(alpha * np.eye(D) + beta * x.T @ x)
    return [-0.5 * (slogdet(2 * pi * C)[1] + y @ solve(C, y))] * sweeps, {"S": S, "m": beta * S @ x.T @ y}


def unknown_precisions(x, y, a_0, b_0, c_0, d_0, a, b, c, d, sweeps, **_):
    N, D = x.shape
    bounds = []
    for _ in range(sweeps):
        S = inv(c / d * np.eye(D) + a / b * x.T @ x)
        m = a / b * S @ x.T @ y
        a = a_0 + N / 2
        b = b_0 + 0.5 * (np.sum((y - x @ m) ** 2) + np.trace(x @ S @ x.T))
        c, d = c_0 + D / 2, d_0 + 0.5 * (m @ m + np.trace(S))
        tau, log_tau = a / b, digamma(a) - log(b)
        errors = np.sum((y - x @ m) ** 2) + np.trace(x @ S @ x.T)
        bounds.append(
            0.5 * N * (log_tau - log(2 * pi)) - 0.5 * tau * errors
            + 0.5 * D * (digamma(c) - log(d) - log(2 * pi)) - 0.5 * c / d * (m @ m + np.trace(S))
            + gamma_prior(a_0, b_0, a, b) + gamma_prior(c_0, d_0, c, d)
            + normal_entropy(S) + gamma_entropy(a, b) + gamma_entropy(c, d)
        )
    return bounds, {"S": S, "m": m}


def principal_components(x, a_0, b_0, alpha, m, S, a, b, sweeps, **_):
    N, D = x.shape
    Q = m.shape[1]
    bounds = []
    for _ in range(sweeps):
        V = inv(np.eye(Q) + a / b * (m.T @ m + D * S))
        u = a / b * x @ m @ V
        zz = u.T @ u + N * V
        S = inv(alpha * np.eye(Q) + a / b * zz)
        m = a / b * x.T @ u @ S
        ww = m.T @ m + D * S
        errors = np.sum(x * x) - 2 * np.sum(x * (u @ m.T)) + np.sum(ww * zz)
        a, b = a_0 + N * D / 2, b_0 + 0.5 * errors
        bounds.append(
            0.5 * N * D * (digamma(a) - log(b) - log(2 * pi)) - 0.5 * a / b * errors
            + 0.5 * D * Q * log(alpha / (2 * pi)) - 0.5 * alpha * np.trace(ww)
            - 0.5 * N * Q * log(2 * pi) - 0.5 * np.trace(zz)
            + gamma_prior(a_0, b_0, a, b) + gamma_entropy(a, b)
            + D * normal_entropy(S) + N * normal_entropy(V)
        )
    return bounds, {"S": S, "V": V}


def own_matrices(x, h, a_0, b_0, a, b, sweeps, **_):
    N, Q = h.shape
    bounds = []
    for _ in range(sweeps):
        V = [inv(np.eye(Q) + a / b * np.outer(g, g)) for g in h]
        u = np.array([a / b * t * M @ g for t, M, g in zip(x, V, h)])
        errors = sum((t - g @ v) ** 2 + g @ M @ g for t, M, g, v in zip(x, V, h, u))
        a, b = a_0 + N / 2, b_0 + 0.5 * errors
        bounds.append(
            0.5 * N * (digamma(a) - log(b) - log(2 * pi)) - 0.5 * a / b * errors
            + sum(-0.5 * Q * log(2 * pi) - 0.5 * (v @ v + np.trace(M)) + normal_entropy(M) for M, v in zip(V, u))
            + gamma_prior(a_0, b_0, a, b) + gamma_entropy(a, b)
        )
    return bounds, {"V": np.array(V), "u": u}


def log_wishart_normaliser(W, nu):
    """log B(W, nu), Bishop (B.79)."""
    D = len(W)
    gammas = sum(lgamma((nu + 1 - i) / 2) for i in range(1, D + 1))
    return -0.5 * nu * slogdet(W)[1] - 0.5 * nu * D * log(2) - 0.25 * D * (D - 1) * log(pi) - gammas


def mean_log_determinant(W, nu):
    D = len(W)
    return sum(digamma((nu + 1 - i) / 2) for i in range(1, D + 1)) + D * log(2) + slogdet(W)[1]


def normal_wishart_mixture(x, alpha_0, W_0, nu_0, m_0, beta_0, alpha, beta, m, W, nu, sweeps, **_):
    """Bishop 10.2; the bound is (10.70) to (10.77)."""
    N, D = x.shape
    K = len(m)
    bounds = []
    for _ in range(sweeps):
        log_det = np.array([mean_log_determinant(W[k], nu[k]) for k in range(K)])
        log_pi = np.array([digamma(v) - digamma(sum(alpha)) for v in alpha])
        far = np.array([D / beta[k] + nu[k] * np.sum((x - m[k]) @ W[k] * (x - m[k]), axis=1) for k in range(K)]).T
        r = log_pi + 0.5 * log_det - 0.5 * far
        r = np.exp(r - r.max(axis=1, keepdims=True))
        r /= r.sum(axis=1, keepdims=True)
        n = r.sum(axis=0)
        mean = r.T @ x / n[:, None]
        scatter = [(r[:, [k]] * (x - mean[k])).T @ (x - mean[k]) for k in range(K)]
        alpha, beta, nu = alpha_0 + n, beta_0 + n, nu_0 + n
        m = (beta_0 * m_0 + n[:, None] * mean) / beta[:, None]
        shift = [beta_0 * n[k] / beta[k] * np.outer(mean[k] - m_0, mean[k] - m_0) for k in range(K)]
        W = np.array([inv(inv(W_0) + scatter[k] + shift[k]) for k in range(K)])
        log_det = np.array([mean_log_determinant(W[k], nu[k]) for k in range(K)])
        log_pi = np.array([digamma(v) - digamma(sum(alpha)) for v in alpha])
        bound = np.sum(r * log_pi) - np.sum(r[r > 0] * np.log(r[r > 0]))
        bound += lgamma(K * alpha_0) - K * lgamma(alpha_0) + (alpha_0 - 1) * np.sum(log_pi)
        bound -= lgamma(sum(alpha)) - sum(map(lgamma, alpha)) + np.sum((alpha - 1) * log_pi)
        for k in range(K):
            own = mean[k] - m[k]
            from_prior = m[k] - m_0
            bound += 0.5 * n[k] * (log_det[k] - D / beta[k] - D * log(2 * pi))
            bound -= 0.5 * nu[k] * (np.sum(scatter[k] * W[k]) + n[k] * own @ W[k] @ own)
            bound += 0.5 * (D * log(beta_0 / (2 * pi)) + log_det[k] - D * beta_0 / beta[k])
            bound -= 0.5 * beta_0 * nu[k] * from_prior @ W[k] @ from_prior
            bound += log_wishart_normaliser(W_0, nu_0) + 0.5 * (nu_0 - D - 1) * log_det[k]
            bound -= 0.5 * nu[k] * np.trace(inv(W_0) @ W[k])
            bound -= 0.5 * log_det[k] + 0.5 * D * log(beta[k] / (2 * pi)) - 0.5 * D
            bound -= log_wishart_normaliser(W[k], nu[k]) + 0.5 * (nu[k] - D - 1) * log_det[k] - 0.5 * nu[k] * D
        bounds.append(bound)
    return bounds, {"W": W, "m": m}


def array(tensor):
    return np.array(tensor["data"], dtype=float).reshape(tensor["shape"])[()]


for task in json.load(sys.stdin):
    values = {name: array(t) for name, t in {**task["inputs"], **task["starts"]}.items()}
    bounds, found = globals()[task["model"]](**values, sweeps=task["sweeps"])
    found = {name: np.ravel(value).tolist() for name, value in found.items()}
    print(json.dumps({"elbo": [float(b) for b in bounds], "parameters": found}))
