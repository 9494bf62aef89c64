"""Features that extract.py wrote, view by view, and the pictures that they are of."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay_training.extract import NATIVE
from assay_training.pictures import read, spread

TOKENS = 12 * 768


@dataclass
class Table:
    """Row i is picture `pictures[i]` under `conditions[i]`; view j of a kind, tokens[kind][j], shows row of[kind][j]."""

    pictures: list
    conditions: np.ndarray
    tokens: dict
    of: dict

    def __post_init__(self):
        self.synthetic = np.array([p.synthetic for p in self.pictures])
        side = np.where(self.synthetic, "synthetic ", "real ")
        self.group = np.char.add(side, [p.group for p in self.pictures])
        self.family = np.char.add(side, [p.family for p in self.pictures])
        self.source = np.char.add(side, [p.source for p in self.pictures])
        self.page = np.char.add(side, [p.page for p in self.pictures])
        self.kind = np.array([p.kind for p in self.pictures])

    def mean(self, kind, scores):
        """The mean over the views of each row; nan where there is none. `scores` are one for each view."""
        count = np.bincount(self.of[kind], minlength=len(self.pictures))
        total = np.bincount(self.of[kind], scores, len(self.pictures))
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def index(folder, media):
    """The rows of the indexes in a folder that have features and are of these media, by key."""
    rows = (json.loads(line) for file in sorted(Path(folder).glob("index-*.jsonl")) for line in file.open())
    return [r for r in rows if "shard" in r and r["key"] in media]


def stored(folder, rows, output="class_tokens"):
    """Shard by shard, rows and what the network's output is for each of them."""
    shards = {}
    for row in rows:
        shards.setdefault(row["shard"], []).append(row)
    for shard, members in shards.items():
        yield members, np.load(Path(folder) / shard)[output][[r["at"] for r in members]]


def by_kind(folder, rows, kinds, values):
    """For each kind of view the class tokens, and of each view what each of `values` gives for its row."""
    tokens, seen = {k: [] for k in kinds}, {k: [] for k in kinds}
    for members, arrays in stored(folder, rows):
        for k in kinds:
            own = [i for i, r in enumerate(members) if r["view"] == k]
            tokens[k].append(arrays[own].reshape(len(own), TOKENS))
            seen[k] += [[value(members[i]) for value in values] for i in own]
    joined = {k: np.concatenate(parts or [np.zeros((0, TOKENS), np.float16)]) for k, parts in tokens.items()}
    return joined, *({k: np.array([v[i] for v in seen[k]], int) for k in kinds} for i in range(len(values)))


def load(folder, manifest, left_out=(), per_source=60):
    """The table of all features in a folder, without the sources named, of at most so many pictures of a generator on a source."""
    known = {p.key: p for p in spread(read(manifest), per_source) if p.source not in left_out}
    rows, seen = [], {}
    for r in index(folder, known):
        name = (r["key"], r["condition"], r["view"])
        seen[name] = seen.get(name, 0) + 1
        if r["view"] != "native" or seen[name] <= NATIVE:
            rows.append(r)
    names = sorted({(r["key"], r["condition"]) for r in rows})
    at = {name: i for i, name in enumerate(names)}
    tokens, of = by_kind(folder, rows, sorted({r["view"] for r in rows}), [lambda r: at[r["key"], r["condition"]]])
    return Table([known[key] for key, _ in names], np.array([c for _, c in names]), tokens, of)
