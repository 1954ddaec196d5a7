"""The third oracle: whether a changed right side still says the same, by NumPy in worlds of sizes up to 4.

Reads lines of JSON {key, sizes, indices, symbols, relation, free, right, changed} and writes lines {key, answer}: w (wrong),
h (harmless) or ? (no world decides). It knows nothing of the program but the text of the two expressions.
"""
import json
import math
import sys
import zlib

import numpy as np
from scipy import special

np.seterr(all="ignore")
WORLDS = 10


class Undefined(Exception):
    pass


def matrix(rng, n):
    a = rng.normal(size=(n, n))
    return a @ a.T + 0.5 * np.eye(n)


def draw(rng, kind, shape):
    if kind == "real":
        return rng.normal(size=shape) * 1.5
    if kind in ("positive", "nonnegative"):
        return rng.gamma(2.0, 0.8, size=shape) + 0.05
    if kind == "probability":
        return rng.uniform(0.05, 0.95, size=shape)
    if kind == "simplex":
        a = rng.gamma(1.5, size=shape) + 0.05
        return a / a.sum(axis=-1, keepdims=True)
    if kind == "onehot":
        a = np.zeros(shape).reshape(-1, shape[-1])
        a[np.arange(len(a)), rng.integers(shape[-1], size=len(a))] = 1
        return a.reshape(shape)
    if kind in ("integer", "count"):
        return rng.integers(0, 6, size=shape).astype(float)
    if kind == "binary":
        return rng.integers(0, 2, size=shape).astype(float)
    if kind in ("symmetric", "posdef"):
        n = shape[-1]
        flat = np.array([matrix(rng, n) for _ in range(int(np.prod(shape[:-2])))])
        return flat.reshape(shape)
    raise Undefined(kind)


def space(job, number):
    rng = np.random.default_rng(zlib.crc32(job["key"].encode()) + number)
    size = {s: int(rng.integers(1, 5)) for s in job["sizes"]}
    if number >= 2 and size:
        fresh = list(rng.permutation([2, 3, 4, 5, 6, 7][: max(3, len(size))]))
        size = {s: int(fresh[i % len(fresh)]) for i, s in enumerate(size)}
    extent = lambda d: d if isinstance(d, int) else size[d]
    values = {}
    for name, (kind, dims, labels) in sorted(job["symbols"].items()):
        shape = tuple(extent(d) for d in dims)
        values[name] = (
            rng.integers(1, extent(labels) + 1, size=shape)
            if kind == "label"
            else draw(rng, kind, shape)
        )
    index = {i: int(rng.integers(1, extent(r) + 1)) for i, r in sorted(job["indices"].items())}
    return rng, size, values, index


def scope(size, values, index):
    def symbol(name, at, axes, row):
        v = values[name]
        for i in at:
            k = int(i)
            if not 1 <= k <= v.shape[0]:
                raise Undefined("subscript")
            v = v[k - 1]
        if axes == 0:
            return float(v)
        if axes == 1:
            return v.reshape(-1, 1)
        return v.reshape(1, -1) if row else v

    def mm(a, b):
        c = np.atleast_2d(a) @ np.atleast_2d(b)
        return float(c[0, 0]) if c.shape == (1, 1) and not is_square_one(a, b) else c

    def is_square_one(a, b):
        return False

    def number(x):
        return float(x[0, 0]) if isinstance(x, np.ndarray) and x.shape == (1, 1) else x

    def pw(a, b):
        a, b = number(a), number(b)
        if a == 0 and b < 0:
            raise Undefined("zero")
        if a < 0 and b != int(b):
            raise Undefined("root")
        return a**b

    def log(x):
        x = number(x)
        if not x > 0:
            raise Undefined("log")
        return math.log(x)

    def positive(f):
        def of(x):
            x = number(x)
            if not x > 0:
                raise Undefined("gamma")
            return float(f(x))
        return of

    def ent(a, at):
        a = np.atleast_2d(a)
        at = [int(k) - 1 for k in at]
        if len(at) == 1:
            a = a.reshape(-1)
            if not 0 <= at[0] < len(a):
                raise Undefined("subscript")
            return float(a[at[0]])
        return float(a[at[0], at[1]])

    def total(items):
        out = 0.0
        for x in items:
            out = out + x
        return out

    def prod(items):
        out = 1.0
        for x in items:
            out = out * x
        return out

    def square(a):
        return np.atleast_2d(a)

    return {
        "S": lambda n: size[n],
        "I": lambda n: index[n],
        "V": symbol,
        "R": lambda a, b, out: [k for k in range(int(round(a)), int(round(b)) + 1) if k not in [int(x) for x in out]],
        "mm": mm, "pw": pw, "ent": ent, "SUM": total, "PROD": prod,
        "tr": lambda a: a.T if isinstance(a, np.ndarray) else a,
        "inv": lambda a: np.linalg.inv(square(a)),
        "det": lambda a: float(np.linalg.det(square(a))),
        "trace": lambda a: float(np.trace(square(a))),
        "eye": lambda n: np.eye(n),
        "diag": lambda a: np.diag(np.asarray(a).reshape(-1)),
        "col": lambda items: np.array(items, dtype=float).reshape(-1, 1),
        "ind": lambda t: 1.0 if t else 0.0,
        "f_log": log,
        "f_exp": lambda x: math.exp(number(x)),
        "f_abs": lambda x: abs(number(x)),
        "f_gamma": positive(special.gamma),
        "f_lgamma": positive(special.gammaln),
        "f_digamma": positive(special.digamma),
        "f_trigamma": positive(lambda x: special.polygamma(1, x)),
        "f_sigmoid": lambda x: float(special.expit(number(x))),
        "C_pi": math.pi, "C_eulerGamma": 0.5772156649015329, "C_infinity": math.inf,
    }


def evaluate(code, size, values, index):
    try:
        v = np.asarray(eval(code, scope(size, values, index)), dtype=float)
    except (Undefined, OverflowError, ZeroDivisionError, np.linalg.LinAlgError):
        return None
    return v if np.all(np.isfinite(v)) else None


def moved(job, rng, size, values, index):
    """The world with another value of the free variable."""
    free = job["free"]
    extent = lambda d: d if isinstance(d, int) else size[d]
    if free["kind"] == "index":
        name = free["name"]
        if name not in index:
            return None
        n = extent(job["indices"][name])
        others = [k for k in range(1, n + 1) if k != index[name]]
        return (values, {**index, name: int(rng.choice(others))}) if others else None
    name = free["symbol"]
    if name not in values:
        return None
    kind, dims, labels = job["symbols"][name]
    shape = tuple(extent(d) for d in dims)
    fresh = (
        rng.integers(1, extent(labels) + 1, size=shape) if kind == "label" else draw(rng, kind, shape)
    )
    at = tuple(index[i] - 1 for i in free["at"] if i in index)
    new = np.array(values[name])
    new[at] = fresh[at]
    return {**values, name: new}, index


def compare(job, number):
    rng, size, values, index = space(job, number)
    a, b = (evaluate(job[k], size, values, index) for k in ("right", "changed"))
    if a is None:
        return "?"
    if b is None:
        return "w"
    relation = job["relation"]
    if relation in ("constant", "proportional"):
        other = moved(job, rng, size, values, index)
        if other is None:
            return "?"
        c, d = (evaluate(job[k], size, *other) for k in ("right", "changed"))
        if c is None or d is None:
            return "?"
        if relation == "constant":
            gap, scale = (b - a) - (d - c), abs(a) + abs(b) + abs(c) + abs(d)
        else:
            gap, scale = b * c - a * d, abs(b * c) + abs(a * d)
    else:
        gap, scale = b - a, abs(a) + abs(b)
    relative = np.max(np.abs(gap) / np.maximum(scale, 1e-300))
    if relation == "proportional" and np.any(np.sign(a) != np.sign(b)):
        return "w"
    return "w" if relative > 1e-7 else "h" if relative < 1e-10 or np.max(np.abs(gap)) < 1e-13 else "?"


def answer(job):
    seen = [compare(job, n) for n in range(WORLDS)]
    if "w" in seen:
        return "w"
    return "h" if seen.count("h") >= 3 else "?"


for line in sys.stdin:
    job = json.loads(line)
    try:
        print(json.dumps({"key": job["key"], "answer": answer(job)}))
    except Exception as problem:  # an expression that NumPy cannot take is no answer
        print(json.dumps({"key": job["key"], "answer": "?", "why": str(problem)[:80]}))
