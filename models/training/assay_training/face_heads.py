"""The head that judges faces: real against blended and synthetic ones, as faces.py saw them.

python -m assay_training.face_heads --clips DIR --pictures DIR --clip-manifest JSONL --manifest JSONL --out DIR

Swaps made by known methods are measured on and, for the figures, never learned from: what a swap leaves is learned from
self-blended faces alone. Units of the folds are families of generators, sources of real media and their pages. A track's score is
the mean over its samples, so a clip's figure is that of the mean over its faces. Writes OUT/face.onnx and OUT/scores.jsonl.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from assay_training.clip_heads import FOLDS, folds, units, weights
from assay_training.clips import clip_key
from assay_training.pictures import read
from assay_training.regression import export, fit

SWAPS = {"faceshifter", "hires-swap", "e4s", "inswapper", "ghost", "simswap"}
STRENGTH = 1e-3
BLENDED = 0.5  # share of the blended faces in the weight of all that are not real


def load(folder, manifest, key_of):
    known = {key_of(p): p for p in read(manifest)}
    rows = [json.loads(line) for file in sorted(Path(folder).glob("index-*.jsonl")) for line in file.open()]
    rows = [r for r in rows if "shard" in r and r["key"] in known]
    shards = {s: np.load(Path(folder) / s)["class_tokens"] for s in {r["shard"] for r in rows}}
    return [(known[r["key"]], r, shards[r["shard"]][r["at"]].reshape(-1)) for r in rows]


def sample_weights(group, made, rows):
    w = np.zeros(len(rows))
    for kind, share in (("real", 0.5), ("blended", 0.5 * BLENDED), ("synthetic", 0.5 * (1 - BLENDED))):
        members = made[rows] == kind
        if members.any():
            w[members] = weights(group[rows][members], np.zeros(members.sum(), bool), 1.0)
            w[members] *= share / w[members].sum()
    return w * len(w) / w.sum()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clips", "pictures", "clip-manifest", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    samples = load(args.clips, args.clip_manifest, clip_key) + load(args.pictures, args.manifest, lambda p: p.key)
    of, rows = [p for p, _, _ in samples], [r for _, r, _ in samples]
    x = np.stack([f for _, _, f in samples]).astype(np.float32)
    made = np.array([r["made"] for r in rows])
    group = np.array([p.source + "/" + str(p.row.get("generator", "")) for p in of])
    swap = np.array([p.synthetic and p.row["generator"] in SWAPS for p in of])
    fold = folds(units(of), np.array([p.synthetic for p in of]))
    scores = np.zeros(len(rows))
    for f in range(FOLDS):
        learned = np.flatnonzero((fold != f) & ~swap)
        coefficients, intercept = fit(x[learned], made[learned] != "real", sample_weights(group, made, learned), STRENGTH)
        scores[fold == f] = x[fold == f] @ coefficients + intercept
        print("fold", f, flush=True)
    everything = np.arange(len(rows))
    export(*fit(x, made != "real", sample_weights(group, made, everything), STRENGTH), args.out / "face.onnx")
    with (args.out / "scores.jsonl").open("w") as out:
        for p, r, s, f in zip(of, rows, scores, fold):
            clip = r["key"] if p.kind.startswith("video") else None
            out.write(json.dumps({"key": r["key"], "made": r["made"], "source": p.source, "generator": p.row.get("generator"), "clip": clip is not None, "swap": bool(p.synthetic and p.row["generator"] in SWAPS),
                                  "face": r["face"], "side": r["side"], "fold": int(f), "score": round(float(s), 4)}) + "\n")


if __name__ == "__main__":
    main()
