"""Formulas in the mixture's world, where p and q mean what model and family say: (LaTeX, the plain reading, its value)."""

import math

import numpy as np

from .worlds import bound, log_normal, mean_over_label, mean_over_mu, point



def prior(w, k):
    return math.exp(log_normal(w.mu[k], 0, w.sigma**2 * w.eye))


def factor(w, k):
    return math.exp(log_normal(w.mu[k], w.m[k], w.s[k] ** 2 * w.eye))


def likelihood(w, i, k):
    return math.exp(point(w, i, k, w.mu[k]))


def log_joint(w):
    labels = sum(point(w, i, w.ic[i], w.mu[w.ic[i]]) - math.log(w.K) for i in range(w.N))
    return labels + sum(math.log(prior(w, k)) for k in range(w.K))


def divergence(w):
    return sum(w.phi[w.i, k] * math.log(w.K * w.phi[w.i, k]) for k in range(w.K))


def second(w):
    return mean_over_mu(w, w.k, lambda u: u @ u)


def label_posterior(w):
    return likelihood(w, w.i, w.k) / sum(likelihood(w, w.i, l) for l in range(w.K))


def bound_by_centre(w, step=1e-5):
    """∂𝓛/∂m_1, by central differences; 𝓛 is quadratic in m, so that these are exact."""
    gradient = np.zeros(w.D)
    for d in range(w.D):
        for sign in (1, -1):
            w.m[w.k, d] += sign * step
            gradient[d] += sign * bound(w) / (2 * step)
            w.m[w.k, d] -= sign * step
    return np.round(gradient, 9)


SECOND = "m_1 @ m_1 + D * s_1**2"
DIVERGENCE = "sum over k of phi_2k * log(phi_2k / (1/K))"

PROBABILITY = [
    # Expectations
    (r"\mathbb E_q[\mu_k]", "m_1", lambda w: w.m[w.k]),
    (r"\mathbb{E}_q\left[\mu_k^\top \mu_k\right]", SECOND, second),
    (r"\mathbb E_{q(\mu)}\left[\mu_k^\top \mu_k\right]", SECOND, second),
    (r"\mathbb E_{q(\mu_k)}[\mu_k^\top \mu_k]", SECOND, second),
    (r"\mathbb E_{\mu \sim q}[\mu_k^\top \mu_k]", SECOND, second),
    (r"\operatorname{E}[\mu_k^\top \mu_k]", SECOND, second),
    (r"E[\mu_k^\top \mu_k]", SECOND, second),
    (r"E_q(\mu_k^\top \mu_k)", SECOND, second),
    (r"\mathbf{E}_q\{\mu_k^\top \mu_k\}", SECOND, second),
    (r"\langle \mu_k^\top \mu_k \rangle", SECOND, second),
    (r"\left\langle \mu_k^\top \mu_k \right\rangle_q", SECOND, second),
    (r"\mathbb E_q[\lVert x_i - \mu_k \rVert^2]", "squared length of x_2 - m_1, + D * s_1**2", lambda w: mean_over_mu(w, w.k, lambda u: ((w.x[w.i] - u) ** 2).sum())),
    (r"\mathbb E_q[c_{ik}]", "phi_21", lambda w: w.phi[w.i, w.k]),
    (r"\mathbb E_{q(c_i)}[c_{ik}]", "phi_21", lambda w: w.phi[w.i, w.k]),
    (r"\mathbb E_q\big[\mathbb 1[c_i = k]\big]", "phi_21", lambda w: w.phi[w.i, w.k]),
    (r"\mathbb E_q[c_i^\top \mu]", "phi_2 @ m", lambda w: w.phi[w.i] @ w.m),
    (r"\mathbb E_q[x_i^\top \mu_{c_i}]", "x_2 @ (phi_2 @ m)", lambda w: w.x[w.i] @ (w.phi[w.i] @ w.m)),
    (r"\mathbb E_{q(\mu)}[x_i^\top \mu_{c_i}]", "x_2 @ m_1: c_2 keeps its value 1", lambda w: w.x[w.i] @ w.m[w.ic[w.i]]),
    (r"\mathbb E_{-\mu_k}[c_{ik}\, x_i^\top \mu_k]", "phi_21 * x_2 @ mu_1: mu_1 keeps its value", lambda w: w.phi[w.i, w.k] * (w.x[w.i] @ w.mu[w.k])),
    (r"\mathbb E_{-c_i}[x_i^\top \mu_{c_i}]", "x_2 @ m_1: c_2 keeps its value 1", lambda w: w.x[w.i] @ w.m[w.ic[w.i]]),
    (r"\mathbb E_q[\mu_k^\top \mu_l]", "m_1 @ m_2", lambda w: w.m[w.k] @ w.m[w.l]),
    (r"\operatorname{Var}_q(x_i^\top \mu_k)", "s_1**2 * x_2 @ x_2", lambda w: mean_over_mu(w, w.k, lambda u: (w.x[w.i] @ u) ** 2) - (w.x[w.i] @ w.m[w.k]) ** 2),
    (r"\mathbb E_q[\log q(c_i)]", "sum over k of phi_2k * log(phi_2k)", lambda w: mean_over_label(w, w.i, lambda k: math.log(w.phi[w.i, k]))),
    (r"\mathbb E_q \log q(c_i)", "sum over k of phi_2k * log(phi_2k)", lambda w: mean_over_label(w, w.i, lambda k: math.log(w.phi[w.i, k]))),
    (r"\mathbb E_q[\log p(x_i \mid c_i, \mu)]", "sum over k of phi_2k * E log N(x_2; mu_k, lambda**2 I)", lambda w: mean_over_label(w, w.i, lambda k: mean_over_mu(w, k, lambda u: point(w, w.i, k, u)))),
    # Densities of model and family
    (r"p(\mu_k)", "N(mu_1; 0, sigma**2 I)", lambda w: prior(w, w.k)),
    (r"p(\mu)", "product of the N(mu_k; 0, sigma**2 I)", lambda w: prior(w, 0) * prior(w, 1)),
    (r"p(c_i)", "1 / K", lambda w: 1 / w.K),
    (r"p(c_i = k)", "1 / K", lambda w: 1 / w.K),
    (r"p(c)", "K**-N", lambda w: w.K**-w.N),
    (r"p(x_i \mid c_i, \mu)", "N(x_2; mu_1, lambda**2 I), as c_2 is 1", lambda w: likelihood(w, w.i, w.ic[w.i])),
    (r"p(x_i | c_i = l, \mu)", "N(x_2; mu_2, lambda**2 I)", lambda w: likelihood(w, w.i, w.l)),
    (r"p(x_i \vert c_i = l, \mu)", "N(x_2; mu_2, lambda**2 I)", lambda w: likelihood(w, w.i, w.l)),
    (r"p(x_i \mid \mu)", "mean over k of N(x_2; mu_k, lambda**2 I)", lambda w: sum(likelihood(w, w.i, k) for k in range(w.K)) / w.K),
    (r"p(c_i = k \mid x_i, \mu)", "N(x_2; mu_1, .) / sum over l of N(x_2; mu_l, .)", label_posterior),
    (r"\log p(x, c, \mu)", "log prior of mu and c, plus log likelihood at the labels c", log_joint),
    (r"\log p(x \mid c, \mu)", "sum over i of log N(x_i; mu at c_i, lambda**2 I)", lambda w: sum(point(w, i, w.ic[i], w.mu[w.ic[i]]) for i in range(w.N))),
    (r"q(\mu_k)", "N(mu_1; m_1, s_1**2 I)", lambda w: factor(w, w.k)),
    (r"q(\mu)", "product of the N(mu_k; m_k, s_k**2 I)", lambda w: factor(w, 0) * factor(w, 1)),
    (r"q(c_i)", "phi_2 at c_2 = 1", lambda w: w.phi[w.i, w.ic[w.i]]),
    (r"q(c_i = l)", "phi_22", lambda w: w.phi[w.i, w.l]),
    (r"\log q(\mu, c)", "sum of the logs of all factors", lambda w: math.log(factor(w, 0) * factor(w, 1)) + sum(math.log(w.phi[i, w.ic[i]]) for i in range(w.N))),
    (r"\mathcal N(x_i; \mu_k, \lambda^2 I)", "density of x_2 at mean mu_1", lambda w: likelihood(w, w.i, w.k)),
    (r"\mathcal{N}\left(x_i \,\middle|\, \mu_k, \lambda^2 I\right)", "density of x_2 at mean mu_1", lambda w: likelihood(w, w.i, w.k)),
    (r"N(x_i | \mu_k, \lambda^2 I)", "density of x_2 at mean mu_1", lambda w: likelihood(w, w.i, w.k)),
    (r"\text{Normal}(x_i; \mu_k, \lambda^2 I)", "density of x_2 at mean mu_1", lambda w: likelihood(w, w.i, w.k)),
    (r"\log \mathcal N(x_i; \mu_k, \lambda^2 I)", "log density of x_2 at mean mu_1", lambda w: point(w, w.i, w.k, w.mu[w.k])),
    (r"\prod_{k=1}^K \mathcal N(x_i \mid \mu_k, \lambda^2 I)^{c_{ik}}", "density of x_2 at mean mu_1, as c_2 is 1", lambda w: likelihood(w, w.i, w.ic[w.i])),
    # Labels
    (r"c_{ik}", "1: c_2 is 1 and k is 1", lambda w: 1.0),
    (r"\mathbb 1[c_i = l]", "0: c_2 is 1 and l is 2", lambda w: 0.0),
    (r"x_i^\top \mu_{c_i}", "x_2 @ mu_1", lambda w: w.x[w.i] @ w.mu[w.ic[w.i]]),
    (r"x_j^\top m_{c_j}", "x_3 @ m_2", lambda w: w.x[w.j] @ w.m[w.ic[w.j]]),
    (r"c_j^\top \mu", "mu_2, as c_3 is 2", lambda w: w.mu[w.ic[w.j]]),
    (r"\sum_{k} c_{jk} \mu_k", "mu_2, as c_3 is 2", lambda w: w.mu[w.ic[w.j]]),
    (r"\sum_{c_i} q(c_i) \log q(c_i)", "sum over k of phi_2k * log(phi_2k)", lambda w: (w.phi[w.i] * np.log(w.phi[w.i])).sum()),
    # The bound, divergences, entropies
    (r"\mathcal L", "the bound, all constants included", bound),
    (r"\mathrm{ELBO}", "the bound, all constants included", bound),
    (r"\mathcal L(q)", "the bound, all constants included", bound),
    (r"\mathrm{KL}(q(c_i) \,\|\, p(c_i))", DIVERGENCE, divergence),
    (r"\text{KL}\left(q(c_i) \parallel p(c_i)\right)", DIVERGENCE, divergence),
    (r"D_{KL}(q(c_i) || p(c_i))", DIVERGENCE, divergence),
    (r"D_{\mathrm{KL}}\left[q(c_i) \| p(c_i)\right]", DIVERGENCE, divergence),
    (r"\operatorname{KL}[q(c_i) \Vert p(c_i)]", DIVERGENCE, divergence),
    (r"\mathbb{KL}(q(c_i) \,\|\, p(c_i))", DIVERGENCE, divergence),
    (r"KL(q(c_i) \| p(c_i))", DIVERGENCE, divergence),
    (r"\mathrm H[q(c_i)]", "-sum over k of phi_2k * log(phi_2k)", lambda w: -(w.phi[w.i] * np.log(w.phi[w.i])).sum()),
    (r"\mathbb H(q(c_i))", "-sum over k of phi_2k * log(phi_2k)", lambda w: -(w.phi[w.i] * np.log(w.phi[w.i])).sum()),
    (r"\mathrm H[q(\mu_k)]", "D / 2 * (1 + log(2 * pi * s_1**2))", lambda w: -mean_over_mu(w, w.k, lambda u: log_normal(u, w.m[w.k], w.s[w.k] ** 2 * w.eye))),
    (r"\frac{\partial \mathcal L}{\partial m_k}", "-m_1 / sigma**2 + sum over i of phi_i1 * (x_i - m_1) / lambda**2", bound_by_centre),
    (r"\frac{\partial \mathcal L}{\partial s_k^2}", "D / 2 * (1 / s_1**2 - 1 / sigma**2 - (sum of phi_i1) / lambda**2)", lambda w: w.D / 2 * (1 / w.s[w.k] ** 2 - 1 / w.sigma**2 - w.phi[:, w.k].sum() / w.lam**2)),
    (r"\int q(\mu_k)\, x_i^\top \mu_k \, d\mu_k", "x_2 @ m_1", lambda w: w.x[w.i] @ w.m[w.k]),
    (r"p(x_i \lvert c_i = l, \mu)", "N(x_2; mu_2, lambda**2 I): a bar with a side and no partner separates", lambda w: likelihood(w, w.i, w.l)),
    (r"\log p\left(x_i \lvert c_i = l, \mu\right)", "log N(x_2; mu_2, lambda**2 I)", lambda w: point(w, w.i, w.l, w.mu[w.l])),
    (r"\mathbb E_q\left[\lvert x_i - \mu_k \rvert^2\right]", "squared length of x_2 - m_1, + D * s_1**2", lambda w: mean_over_mu(w, w.k, lambda u: ((w.x[w.i] - u) ** 2).sum())),
    (r"\mathbb E_q\left[\begin{cases} 1 & c_i = k \\ 0 & c_i \ne k \end{cases}\right]", "phi_21", lambda w: w.phi[w.i, w.k]),
    (r"\begin{cases} x_i^\top \mu_k & \text{if } c_i = k \\ 0 & \text{otherwise} \end{cases}", "x_2 @ mu_1, as c_2 is 1 and so is k", lambda w: w.x[w.i] @ w.mu[w.k] if w.ic[w.i] == w.k else 0.0),
    (r"P(c_i = k \mid x_i, \mu)", "N(x_2; mu_1, .) / sum over l of N(x_2; mu_l, .)", label_posterior),
    (r"\mathbb P(\mu_k)", "N(mu_1; 0, sigma**2 I)", lambda w: prior(w, w.k)),
    (r"\mathrm{KL}(q(c_i) \lvert\rvert p(c_i))", DIVERGENCE, divergence),
    (r"\operatorname{KL}\left(q(c_i) \,\middle\|\, p(c_i)\right)", DIVERGENCE, divergence),
    (r"\underset{q}{\mathbb E}[\mu_k]", "m_1", lambda w: w.m[w.k]),
    (r"\mathop{\mathbb E}_{q}\left[ \mu_k \right]", "m_1", lambda w: w.m[w.k]),
    (r"\mathbb E_{\mu_k \sim q(\mu_k)}[\mu_k^\top \mu_k]", SECOND, second),
    (r"\text{E}_q[\mu_k]", "m_1", lambda w: w.m[w.k]),
    (r"\mathbb V_q[x_i^\top \mu_k]", "s_1**2 * x_2 @ x_2", lambda w: w.s[w.k] ** 2 * (w.x[w.i] @ w.x[w.i])),
    (r"\int q(\mu_k) \mu_k^\top \mu_k \, \mathrm{d}\mu_k", SECOND, second),
]
