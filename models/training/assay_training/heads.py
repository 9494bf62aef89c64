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
from assay_training.regression import export, fit, weights

FOLDS = 5
LEARNED = [*TRAINING, "jpeg95"]


def folds(table, units, seed=0):
    """The fold of each row; the units of each class, families or sources, are dealt out at random."""
    rng, dealt = np.random.default_rng(seed), {}
    for side in ("synthetic", "real"):
        names = sorted(u for u in set(units) if u.startswith(side))
        dealt.update({u: i % FOLDS for i, u in enumerate(rng.permutation(names))})
    return np.array([dealt[u] for u in units])


def fitted(table, kind, rows, seed=0):
    """A head that learns from one view of each of these rows; which one, chance decides."""
    views = np.random.default_rng(seed).permutation(np.flatnonzero(np.isin(table.of[kind], rows)))
    of, first = np.unique(table.of[kind][views], return_index=True)
    return fit(table.tokens[kind][views[first]].astype(np.float32), table.synthetic[of], weights(table.page[of], table.synthetic[of]))


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
    scores = {}
    for kind, tokens in table.tokens.items():
        of_views = np.full(len(tokens), np.nan)
        for f in range(FOLDS):
            coefficients, intercept = fitted(table, kind, np.flatnonzero(learned & (fold != f)))
            views = np.flatnonzero(fold[table.of[kind]] == f)
            of_views[views] = tokens[views].astype(np.float32) @ coefficients.astype(np.float32) + intercept
            print(kind, "fold", f, flush=True)
        scores[kind] = table.mean(kind, of_views)
        if not args.known_generators:
            export(*fitted(table, kind, np.flatnonzero(learned)), args.out / f"{kind}.onnx")
    with (args.out / "scores.jsonl").open("w") as out:
        for i, picture in enumerate(table.pictures):
            row = {"key": picture.key, "condition": table.conditions[i], "fold": int(fold[i])}
            row |= {kind: round(float(s[i]), 5) for kind, s in scores.items() if np.isfinite(s[i])}
            out.write(json.dumps(row) + "\n")
