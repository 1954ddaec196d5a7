"""Coordinate ascent for data at 1e8 +- 1, in 60 digits: what doubles should have come to.

For the tests in ../far.test.ts; it shares no formula with the compiler. Squares of differences stay whole here, and with
60 digits it would not matter. Run it to write far.json beside it: python3 far.py
"""

import json
from pathlib import Path

import numpy as np
from mpmath import mp, mpf

mp.dps = 60
AT = 1e8


def log_normal(squares, variance, dimension=1):
    """E[log N(x | mu, variance I)], given E||x - mu||^2."""
    return -mpf(dimension) / 2 * mp.log(2 * mp.pi * variance) - squares / (2 * variance)


def normal_entropy(variance, dimension=1):
    return mpf(dimension) / 2 * (1 + mp.log(2 * mp.pi * variance))


def log_gamma(a0, b0, a, b):
    """E[log Gamma(tau | a0, b0)] under Gamma(a, b)."""
    return a0 * mp.log(b0) - mp.loggamma(a0) + (a0 - 1) * (mp.digamma(a) - mp.log(b)) - b0 * a / b


def gamma_entropy(a, b):
    return a - mp.log(b) + mp.loggamma(a) + (1 - a) * mp.digamma(a)


def normalised(logs):
    largest = max(logs)
    weights = [mp.exp(v - largest) for v in logs]
    total = mp.fsum(weights)
    return [w / total for w in weights]


def label_entropy(phi):
    return -mp.fsum(p * mp.log(p) for row in phi for p in row if p > 0)


def distance(x, m):
    return mp.fsum((a - b) ** 2 for a, b in zip(x, m))


def mixture(x, m, s2, sigma, lam, sweeps):
    """derivations/mixture-of-gaussians.md: mu_k ~ N(0, sigma^2 I), x_i ~ N(mu_{c_i}, lambda^2 I), equal weights."""
    size, count, dims = len(m), len(x), len(x[0])
    elbo = []
    for _ in range(sweeps):
        phi = [normalised([-(distance(row, m[k]) + dims * s2[k]) / (2 * lam**2) for k in range(size)]) for row in x]
        total = [mp.fsum(phi[i][k] for i in range(count)) for k in range(size)]
        s2 = [1 / (1 / sigma**2 + total[k] / lam**2) for k in range(size)]
        m = [[s2[k] / lam**2 * mp.fsum(phi[i][k] * x[i][d] for i in range(count)) for d in range(dims)] for k in range(size)]
        elbo.append(
            mp.fsum(log_normal(distance(m[k], [0] * dims) + dims * s2[k], sigma**2, dims) for k in range(size))
            - count * mp.log(size)
            + mp.fsum(phi[i][k] * log_normal(distance(x[i], m[k]) + dims * s2[k], lam**2, dims) for i in range(count) for k in range(size))
            + mp.fsum(normal_entropy(v, dims) for v in s2)
            + label_entropy(phi)
        )
    return {"m": m, "s": [mp.sqrt(v) for v in s2], "phi": phi, "elbo": elbo}


def precisions(x, m, s2, a, b, m0, sigma, a0, b0, sweeps):
    """precisions.md: x_i ~ N(mu_{c_i}, 1/tau_{c_i}), mu_k ~ N(m_0, sigma^2), tau_k ~ Gamma(a_0, b_0), equal weights."""
    size, count = len(m), len(x)
    elbo = []
    for _ in range(sweeps):
        phi = [
            normalised([(mp.digamma(a[k]) - mp.log(b[k])) / 2 - a[k] / (2 * b[k]) * ((v - m[k]) ** 2 + s2[k]) for k in range(size)]) for v in x
        ]
        total = [mp.fsum(phi[i][k] for i in range(count)) for k in range(size)]
        s2 = [1 / (1 / sigma**2 + a[k] / b[k] * total[k]) for k in range(size)]
        m = [s2[k] * (m0 / sigma**2 + a[k] / b[k] * mp.fsum(phi[i][k] * x[i] for i in range(count))) for k in range(size)]
        spread = [mp.fsum(phi[i][k] * ((x[i] - m[k]) ** 2 + s2[k]) for i in range(count)) for k in range(size)]
        a = [a0 + total[k] / 2 for k in range(size)]
        b = [b0 + spread[k] / 2 for k in range(size)]
        elbo.append(
            mp.fsum(log_normal((m[k] - m0) ** 2 + s2[k], sigma**2) + normal_entropy(s2[k]) for k in range(size))
            + mp.fsum(log_gamma(a0, b0, a[k], b[k]) + gamma_entropy(a[k], b[k]) for k in range(size))
            - count * mp.log(size)
            + mp.fsum(total[k] * (mp.digamma(a[k]) - mp.log(b[k]) - mp.log(2 * mp.pi)) - a[k] / b[k] * spread[k] for k in range(size)) / 2
            + label_entropy(phi)
        )
    return {"m": m, "s": [mp.sqrt(v) for v in s2], "a": a, "b": b, "phi": phi, "elbo": elbo}


def noise(x, y, m, s2, a, b, sigma, a0, b0, sweeps):
    """noise.md: y_i ~ N(sum_l x_il w_l, 1/tau), w_k ~ N(0, sigma^2), tau ~ Gamma(a_0, b_0), a factor for each weight."""
    size, count = len(m), len(x)
    elbo = []
    for _ in range(sweeps):
        for k in range(size):
            rest = [y[i] - mp.fsum(x[i][l] * m[l] for l in range(size) if l != k) for i in range(count)]
            s2[k] = 1 / (1 / sigma**2 + a / b * mp.fsum(row[k] ** 2 for row in x))
            m[k] = s2[k] * a / b * mp.fsum(x[i][k] * rest[i] for i in range(count))
        squares = mp.fsum(
            (y[i] - mp.fsum(x[i][l] * m[l] for l in range(size))) ** 2 + mp.fsum(x[i][l] ** 2 * s2[l] for l in range(size)) for i in range(count)
        )
        a, b = a0 + mpf(count) / 2, b0 + squares / 2
        elbo.append(
            mp.fsum(log_normal(m[k] ** 2 + s2[k], sigma**2) + normal_entropy(s2[k]) for k in range(size))
            + log_gamma(a0, b0, a, b)
            + gamma_entropy(a, b)
            + count * (mp.digamma(a) - mp.log(b) - mp.log(2 * mp.pi)) / 2
            - a / (2 * b) * squares
        )
    return {"m": m, "s": [mp.sqrt(v) for v in s2], "a": a, "b": b, "elbo": elbo}


def exact(value):
    """Doubles as the numbers that they are."""
    return [exact(v) for v in value] if isinstance(value, list) else mpf(value)


def case(model, known, start, sweeps, squared=("s",)):
    """The model's results for doubles; standard deviations `s` start as such and are squared exactly."""
    given = {name: exact(value) for name, value in start.items() if name not in squared}
    given["s2"] = [exact(v) ** 2 for v in start["s"]]
    names = {"lambda": "lam", "m_0": "m0", "a_0": "a0", "b_0": "b0"}
    result = model(**{names.get(name, name): exact(value) for name, value in known.items()}, **given, sweeps=sweeps)
    return {"known": known, "start": start, "sweeps": sweeps, **result}


def main():
    random = np.random.default_rng(7)
    near = lambda *shape: AT + random.uniform(-1, 1, shape)
    plane = near(40, 2)
    line = np.concatenate([AT - 0.6 + 0.1 * random.normal(size=25), AT + 0.3 + 0.3 * random.normal(size=35)])
    columns = np.column_stack([np.ones(50), random.uniform(-1, 1, 50)])
    measured = columns @ [AT, 0.5] + 0.1 * random.normal(size=50)
    cases = {
        "mixture": case(
            mixture,
            {"x": plane.tolist(), "sigma": AT, "lambda": 0.4},
            {"m": plane[:3].tolist(), "s": [0.5, 0.5, 0.5]},
            50,
        ),
        "precisions": case(
            precisions,
            {"x": line.tolist(), "m_0": AT + 0.25, "sigma": 2.0, "a_0": 1.5, "b_0": 0.125},
            {"m": [AT - 1, AT + 1], "s": [0.5, 0.5], "a": [2.0, 2.0], "b": [0.5, 0.5]},
            50,
        ),
        "noise": case(
            noise,
            {"x": columns.tolist(), "y": measured.tolist(), "sigma": AT, "a_0": 1.0, "b_0": 0.25},
            {"m": [AT + 1, 0.0], "s": [1.0, 1.0], "a": 2.0, "b": 1.0},
            50,
        ),
    }
    plain = json.dumps(cases, indent=1, default=float)
    (Path(__file__).parent / "far.json").write_text(plain + "\n")


if __name__ == "__main__":
    main()
