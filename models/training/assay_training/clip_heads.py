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

from assay_training.features import TOKENS
from assay_training.pictures import read
from assay_training.regression import export, fit

FOLDS = 5
KINDS = ("whole", "native")
PICTURES = 0.3  # weight of all pictures together, against all clips
STRENGTH = 1e-3


@dataclass
class Clips:
    """Row i is clip `of[i]` under `condition[i]`; `mean[kind][i]` is the mean of the tokens of its views."""

    keys: list
    of: list
    condition: np.ndarray
    mean: dict

    def __post_init__(self):
        self.synthetic = np.array([p.synthetic for p in self.of])
        self.group = np.array([("synthetic " if p.synthetic else "real ") + p.group for p in self.of])


def load(folder, manifest):
    known = {p.key: p for p in read(manifest)}
    rows = [json.loads(line) for file in sorted(Path(folder).glob("index-*.jsonl")) for line in file.open()]
    rows = [r for r in rows if "shard" in r and r["key"] in known]
    names = sorted({(r["key"], r["condition"]) for r in rows})
    at = {name: i for i, name in enumerate(names)}
    mean, count = {k: np.zeros((len(names), TOKENS), np.float32) for k in KINDS}, {k: np.zeros(len(names)) for k in KINDS}
    for shard in sorted({r["shard"] for r in rows}):
        tokens = np.load(Path(folder) / shard)["class_tokens"]
        for r in (r for r in rows if r["shard"] == shard):
            i = at[r["key"], r["condition"]]
            mean[r["view"]][i] += tokens[r["at"]].reshape(-1)
            count[r["view"]][i] += 1
    whole = [i for i in range(len(names)) if all(count[k][i] for k in KINDS)]
    mean = {k: mean[k][whole] / count[k][whole, None] for k in KINDS}
    return Clips([names[i][0] for i in whole], [known[names[i][0]] for i in whole], np.array([names[i][1] for i in whole]), mean)


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


def weights(group, synthetic, total):
    """Groups count by the square root of their size, both classes alike."""
    _, cell, count = np.unique(group, return_inverse=True, return_counts=True)
    w = (count**-0.5)[cell]
    for c in (False, True):
        w[synthetic == c] *= total / 2 / w[synthetic == c].sum()
    return w


def head(clips, rows, pictures, kind, strength=STRENGTH):
    w = weights(clips.group[rows], clips.synthetic[rows], 1.0)
    x, labels = clips.mean[kind][rows], clips.synthetic[rows]
    if len(pictures.keys):
        w = np.concatenate([w, weights(pictures.group, pictures.synthetic, PICTURES)])
        x, labels = np.concatenate([x, pictures.mean[kind]]), np.concatenate([labels, pictures.synthetic])
    return fit(x, labels, w * len(w) / w.sum(), strength)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clips", "pictures", "clip-manifest", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    clips = load(args.clips, args.clip_manifest)
    pictures = load(args.pictures, args.manifest)
    fold = folds(units(clips.of), clips.synthetic)
    scores = {}
    for kind in KINDS:
        scores[kind] = np.zeros(len(fold))
        for f in range(FOLDS):
            coefficients, intercept = head(clips, np.flatnonzero(fold != f), pictures, kind)
            scores[kind][fold == f] = clips.mean[kind][fold == f] @ coefficients + intercept
            print(kind, "fold", f, flush=True)
        export(*head(clips, np.arange(len(fold)), pictures, kind), args.out / f"{kind}.onnx")
    with (args.out / "scores.jsonl").open("w") as out:
        for i, key in enumerate(clips.keys):
            out.write(
                json.dumps(
                    {"key": key, "condition": clips.condition[i], "fold": int(fold[i])}
                    | {k: round(float(s[i]), 5) for k, s in scores.items()}
                )
                + "\n"
            )
