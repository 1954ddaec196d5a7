"""Draws the data of the sheets beside this folder from their models, with parameters that are known.

    python3 draw.py

NumPy's generator is seeded, so that the files come out the same; the values that they were drawn with stand below.
"""

import numpy as np


def write(name, header, rows, form):
    with open(f"{name}.csv", "w") as file:
        file.write(header + "\n")
        for row in np.atleast_2d(rows):
            file.write(",".join(format(v, form) for v in row) + "\n")


def column(values):
    return np.asarray(values)[:, None]


def rods(random):
    """unknown-precision: 60 lengths with mean 5.2 and precision 1 / 0.3² = 11.1."""
    write("rods", "length", column(random.normal(5.2, 0.3, 60)), ".3f")


def calls(random):
    """mixture-of-poissons: 240 hours, rates 2.5, 9 and 22, equally often."""
    rates = np.array([2.5, 9.0, 22.0])
    kinds = random.integers(0, 3, 240)
    write("calls", "calls", column(random.poisson(rates[kinds])), "d")


def answers(random):
    """mixture-of-bernoullis: 250 people of three kinds, shares 0.5, 0.3 and 0.2, and eight questions."""
    yes = np.array(
        [
            [0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.8, 0.5],
            [0.1, 0.1, 0.2, 0.9, 0.9, 0.8, 0.8, 0.5],
            [0.1, 0.9, 0.1, 0.1, 0.9, 0.1, 0.1, 0.5],
        ]
    )
    kinds = random.choice(3, 250, p=[0.5, 0.3, 0.2])
    rows = (random.random((250, 8)) < yes[kinds]).astype(int)
    write("answers", ",".join(f"q{n}" for n in range(1, 9)), rows, "d")


def lifetimes(random):
    """mixture-of-exponentials: 400 parts, rates 0.1 and 4, shares 0.4 and 0.6."""
    kinds = random.choice(2, 400, p=[0.4, 0.6])
    times = random.exponential(1 / np.array([0.1, 4.0])[kinds])
    write("lifetimes", "lifetime", column(times), ".4f")


def places(random):
    """hierarchical-means: 60 places, common mean 1.5, precision of the effects 4, of the reports from 1 to 40."""
    effects = random.normal(1.5, 0.5, 60)
    precisions = np.round(np.exp(random.uniform(0, np.log(40), 60)), 2)
    reports = random.normal(effects, precisions**-0.5)
    write("places", "x,r", np.column_stack([reports, precisions]), ".4f")


def harvests(random):
    """bayesian-regression: 90 fields, base 4, weights 1.5 of rain, -0.8 of frost and 0 of slope, precision of the noise 4."""
    rain = random.normal(0.0, 1.0, 90)
    frost = 0.8 * rain + 0.6 * random.normal(0.0, 1.0, 90)
    slope = random.normal(0.0, 1.0, 90)
    features = np.round(np.column_stack([np.ones(90), rain, frost, slope]), 3)
    harvest = random.normal(features @ [4.0, 1.5, -0.8, 0.0], 0.5)
    write("harvests", "y,base,rain,frost,slope", np.column_stack([harvest, features]), ".3f")


if __name__ == "__main__":
    for number, draw in enumerate([rods, calls, answers, lifetimes, places, harvests]):
        draw(np.random.default_rng(2024 + number))
