"""Linear heads for frames that went through a video codec, one per kind of view; as heads.py does for pictures.

python -m assay_training clip-heads --clips DIR --pictures DIR --clip-manifest JSONL --manifest JSONL --out DIR

--clips and --pictures: what clips.py wrote of clips, and with --pictures. Pictures made into clips are learned from in every fold;
clips are dealt into folds by family of the generator and by page, since the clips of a page often show the same scenes. Writes
OUT/KIND.onnx and OUT/scores.jsonl.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay_training.features import by_kind, index
from assay_training.pictures import read
from assay_training.regression import export, fit, weights

FOLDS = 5
KINDS = ("whole", "native")
PICTURES = 1.0  # weight of all pictures together, against all clips
STRENGTH = 3e-4  # inverse of the ridge penalty: there are few pages
FRAMES = 100  # more than a clip has here


@dataclass
class Clips:
    """Row i is clip `pictures[i]` under `conditions[i]`; view j of a kind shows frame[kind][j] of row of[kind][j]."""

    pictures: list
    conditions: np.ndarray
    tokens: dict
    of: dict
    frame: dict

    def __post_init__(self):
        self.synthetic = np.array([p.synthetic for p in self.pictures], bool)
        self.group = np.array([("synthetic " if p.synthetic else "real ") + p.group for p in self.pictures])

    def mean(self, kind, scores):
        """Of each row, the mean over its frames of the mean over their views, as it is computed where the heads are used."""
        frames, at = np.unique(self.of[kind] * FRAMES + self.frame[kind], return_inverse=True)
        of_frame = np.bincount(at, scores) / np.bincount(at)
        return np.bincount(frames // FRAMES, of_frame, len(self.pictures)) / np.bincount(frames // FRAMES, minlength=len(self.pictures))


def load(folder, manifest):
    """What clips.py wrote of clips, or of pictures made into clips; those that have no view of some kind are left out."""
    known = {p.key: p for p in read(manifest)}
    rows, kinds_of = index(folder, known), {}
    for r in rows:
        kinds_of.setdefault((r["key"], r["condition"]), set()).add(r["view"])
    names = sorted(name for name, kinds in kinds_of.items() if kinds == set(KINDS))
    at = {name: i for i, name in enumerate(names)}
    rows = [r for r in rows if (r["key"], r["condition"]) in at]
    tokens, of, frame = by_kind(folder, rows, KINDS, [lambda r: at[r["key"], r["condition"]], lambda r: r["frame"]])
    return Clips([known[key] for key, _ in names], np.array([c for _, c in names]), tokens, of, frame)


def units(clips):
    """The unit of each clip: pages and families that hang together are one."""
    parent = {}

    def root(name):
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for p in clips:
        parent[root("page " + p.row["repo"])] = root(("family " if p.synthetic else "source ") + p.family)
    return np.array([root("page " + p.row["repo"]) for p in clips])


def folds(unit, synthetic):
    """Units dealt out, the largest first, to where there is least of what they hold."""
    sizes = {u: np.array([(synthetic & (unit == u)).sum(), (~synthetic & (unit == u)).sum()]) for u in sorted(set(unit))}
    loads, fold_of = np.zeros((FOLDS, 2)), {}
    total = sum(sizes.values())
    for u in sorted(sizes, key=lambda u: (-sizes[u].sum(), u)):
        fold = min(range(FOLDS), key=lambda f: (((loads[f] + sizes[u]) / total * (sizes[u] > 0)).sum(), f))
        fold_of[u] = fold
        loads[fold] += sizes[u]
    return np.array([fold_of[u] for u in unit])


def head(clips, rows, pictures, kind, shown=None):
    """A head that learns from the views of these rows one by one, and of those of pictures, all by default; views of one clip share its weight.

    Its scores are in standard deviations of the real views that it learned from, so that those of different folds compare.
    """
    parts, shown = [], np.arange(len(pictures.pictures)) if shown is None else shown
    for material, own, total in ((clips, rows, 1.0), (pictures, shown, PICTURES)):
        if len(own):
            views = np.flatnonzero(np.isin(material.of[kind], own))
            of = material.of[kind][views]
            share = np.zeros(len(material.pictures))
            share[own] = weights(material.group[own], material.synthetic[own], total)
            share /= np.maximum(np.bincount(of, minlength=len(share)), 1)
            parts.append((material.tokens[kind][views], material.synthetic[of], share[of]))
    x, labels, w = (np.concatenate(p) for p in zip(*parts))
    x = x.astype(np.float32)
    coefficients, intercept = fit(x, labels, w * len(w) / w.sum(), STRENGTH)
    scores, real = x @ coefficients.astype(np.float32) + intercept, ~labels
    mean = np.average(scores[real], weights=w[real])
    spread = np.sqrt(np.average((scores[real] - mean) ** 2, weights=w[real]))
    return coefficients / spread, float((intercept - mean) / spread)


def left_out(clips, pictures, kind, fold, picture_fold=None):
    """The scores of clips by heads that saw nothing of their fold; and those of pictures where these are dealt into folds, too."""
    dealt = [(clips, fold)] + ([] if picture_fold is None else [(pictures, picture_fold)])
    scores = [np.zeros(len(material.of[kind])) for material, _ in dealt]
    for f in range(FOLDS):
        shown = None if picture_fold is None else np.flatnonzero(picture_fold != f)
        coefficients, intercept = head(clips, np.flatnonzero(fold != f), pictures, kind, shown)
        for (material, folds_of), of_views in zip(dealt, scores):
            views = np.flatnonzero(folds_of[material.of[kind]] == f)
            of_views[views] = material.tokens[kind][views].astype(np.float32) @ coefficients.astype(np.float32) + intercept
        print(kind, "fold", f, flush=True)
    return [material.mean(kind, of_views) for (material, _), of_views in zip(dealt, scores)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clips", "pictures", "clip-manifest", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    clips = load(args.clips, args.clip_manifest)
    pictures = load(args.pictures, args.manifest)
    fold = folds(units(clips.pictures), clips.synthetic)
    scores = {}
    for kind in KINDS:
        [scores[kind]] = left_out(clips, pictures, kind, fold)
        export(*head(clips, np.arange(len(fold)), pictures, kind), args.out / f"{kind}.onnx")
    with (args.out / "scores.jsonl").open("w") as out:
        for i, clip in enumerate(clips.pictures):
            out.write(
                json.dumps(
                    {"key": clip.key, "condition": clips.conditions[i], "fold": int(fold[i])}
                    | {k: round(float(s[i]), 5) for k, s in scores.items()}
                )
                + "\n"
            )
