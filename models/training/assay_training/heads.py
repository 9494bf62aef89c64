"""Linear heads on the class tokens of all blocks of the frozen backbone, one per kind of view.

python -m assay_training heads --features DIR --manifest JSONL --out DIR

Fits each head once per fold, scores what the fold leaves out under every condition there is, then fits it on everything. Folds part
families of generators and sources of real media; a picture is scored by a head that saw nothing of its family or source. Writes
OUT/KIND.onnx and OUT/scores.jsonl.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from assay_training.conditions import TRAINING
from assay_training.features import load
from assay_training.regression import export, fit

FOLDS = 5
LEARNED = [*TRAINING, "jpeg95"]


def folds(table, units, seed=0):
    """The fold of each row; the units of each class, families or sources, are dealt out at random."""
    rng, dealt = np.random.default_rng(seed), {}
    for side in ("synthetic", "real"):
        names = sorted(u for u in set(units) if u.startswith(side))
        dealt.update({u: i % FOLDS for i, u in enumerate(rng.permutation(names))})
    return np.array([dealt[u] for u in units])


def weights(table, rows):
    """Groups count by the square root of their size, both classes alike; the mean is 1."""
    _, group, count = np.unique(table.group[rows], return_inverse=True, return_counts=True)
    w = (count**-0.5)[group]
    for c in (False, True):
        members = table.synthetic[rows] == c
        w[members] *= len(rows) / 2 / w[members].sum()
    return w


def fitted(table, kind, rows):
    return fit(table.mean[kind][rows], table.synthetic[rows], weights(table, rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("features", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--leave-out", nargs="*", default=[], help="sources")
    parser.add_argument(
        "--known-generators", action="store_true", help="folds part sources alone, not families; nothing is fitted on everything"
    )
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    table = load(args.features, args.manifest, args.leave_out)
    fold = folds(table, table.source if args.known_generators else table.family)
    learned = np.isin(table.conditions, LEARNED)
    scores = {kind: np.full(len(fold), np.nan) for kind in table.mean}
    for kind, tokens in table.mean.items():
        there = table.views[kind] > 0
        for f in range(FOLDS):
            coefficients, intercept = fitted(table, kind, np.flatnonzero(there & learned & (fold != f)))
            rows = np.flatnonzero(there & (fold == f))
            scores[kind][rows] = tokens[rows] @ coefficients + intercept
            print(kind, "fold", f, flush=True)
        if not args.known_generators:
            export(*fitted(table, kind, np.flatnonzero(there & learned)), args.out / f"{kind}.onnx")
    with (args.out / "scores.jsonl").open("w") as out:
        for i, picture in enumerate(table.pictures):
            row = {"key": picture.key, "condition": table.conditions[i], "fold": int(fold[i])}
            row |= {kind: round(float(s[i]), 5) for kind, s in scores.items() if np.isfinite(s[i])}
            out.write(json.dumps(row) + "\n")
