"""Features that extract.py wrote, as one matrix per kind of view: the mean over the views of a picture under a condition.

A linear head gives the mean of a picture's views what it gives the views on average.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay_training.pictures import read

TOKENS = 12 * 768


@dataclass
class Table:
    """Row i of `mean[kind]` is picture `pictures[i]` under `conditions[i]`; `views[kind][i]` says how many views it is the mean of."""

    pictures: list
    conditions: np.ndarray
    mean: dict
    views: dict

    def __post_init__(self):
        self.synthetic = np.array([p.synthetic for p in self.pictures])
        side = np.where(self.synthetic, "synthetic ", "real ")
        self.group = np.char.add(side, [p.group for p in self.pictures])
        self.family = np.char.add(side, [p.family for p in self.pictures])
        self.source = np.char.add(side, [p.source for p in self.pictures])
        self.kind = np.array([p.kind for p in self.pictures])


def load(folder, manifest, left_out=()):
    """The table of all features in a folder, without the sources named."""
    folder = Path(folder)
    known = {p.key: p for p in read(manifest) if p.source not in left_out}
    rows = [json.loads(line) for file in sorted(folder.glob("index-*.jsonl")) for line in file.open()]
    rows = [r for r in rows if "shard" in r and r["key"] in known]
    names = sorted({(r["key"], r["condition"]) for r in rows})
    at = {name: i for i, name in enumerate(names)}
    kinds = sorted({r["view"] for r in rows})
    mean = {k: np.zeros((len(names), TOKENS), np.float32) for k in kinds}
    views = {k: np.zeros(len(names), np.int32) for k in kinds}
    shards = {}
    for r in rows:
        shards.setdefault(r["shard"], []).append(r)
    for shard, members in shards.items():
        tokens = np.load(folder / shard)["class_tokens"]
        for r in members:
            i = at[r["key"], r["condition"]]
            mean[r["view"]][i] += tokens[r["at"]].reshape(-1)
            views[r["view"]][i] += 1
    for k in kinds:
        mean[k] /= np.maximum(views[k], 1)[:, None]
    return Table([known[key] for key, _ in names], np.array([c for _, c in names]), mean, views)
