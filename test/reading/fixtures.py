"""Writes fixtures.json: formulas, their plain readings by hand, and their values computed with NumPy from these readings.

Run from this folder: python3 fixtures.py, then npm run format.
"""

import json
import pathlib

import numpy as np

from readings.formulas import FORMULAS
from readings.probability import PROBABILITY
from readings.unread import UNREAD
from readings.worlds import WORLDS, namespace


def computed(world, rows):
    for latex, plain, value in rows:
        result = np.asarray(value(namespace(WORLDS[world]["values"])), dtype=float)
        yield {"world": world, "latex": latex, "plain": plain, "value": result.tolist()}


def lines(rows):
    return ",\n".join("\t\t" + json.dumps(row, ensure_ascii=False) for row in rows)


def main():
    read = [*computed("plain", FORMULAS), *computed("mixture", PROBABILITY)]
    unread = [{"world": world, "latex": latex, "why": why} for world, latex, why in UNREAD]
    worlds = ",\n".join(f"\t\t{json.dumps(name)}: {json.dumps(world)}" for name, world in WORLDS.items())
    text = f'{{\n\t"worlds": {{\n{worlds}\n\t}},\n\t"read": [\n{lines(read)}\n\t],\n\t"unread": [\n{lines(unread)}\n\t]\n}}\n'
    pathlib.Path(__file__).with_name("fixtures.json").write_text(text)
    print(len(read), "readings,", len(unread), "unread")


if __name__ == "__main__":
    main()
