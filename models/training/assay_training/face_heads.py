"""The head that judges faces: real against self-blended ones, as faces.py saw them.

python -m assay_training face-heads --clips DIR --pictures DIR... --clip-manifest JSONL --manifest JSONL --out DIR

Swaps by known methods and generated faces are measured on and never learned from: what a swap leaves is learned from self-blended
faces alone. It reads class tokens and, of the patches, what differs between the inside of the face, its outline and what is around. Units of the folds are families of generators, sources of real media and their pages. A track's score is
the mean over its samples, so a clip's figure is that of the mean over its faces. Writes OUT/face.onnx and OUT/scores.jsonl.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from assay_training.clip_heads import FOLDS, folds, units, weights
from assay_training.pictures import read
from assay_training.regression import export, fit

BLOCKS, WIDTH = 12, 768
SWAPS = {"faceshifter", "hires-swap", "e4s", "inswapper", "ghost", "simswap"}
STRENGTH = 1e-3


def load(folder, manifest):
    """Media, index row and features of each face."""
    known = {p.key: p for p in read(manifest)}
    rows = [json.loads(line) for file in sorted(Path(folder).glob("index-*.jsonl")) for line in file.open()]
    rows = [r for r in rows if "shard" in r and r["key"] in known]
    shards = {s: dict(np.load(Path(folder) / s)) for s in {r["shard"] for r in rows}}
    return [
        (known[r["key"]], r, features(*(shards[r["shard"]][name][r["at"]].astype(np.float32) for name in ("class_tokens", "face_parts"))))
        for r in rows
    ]


def features(tokens, parts):
    """Class tokens, inside against around, outline against both."""
    inside, outline, around = parts[:, 0], parts[:, 1], parts[:, 2]
    return np.concatenate([f.reshape(-1) for f in (tokens, inside - around, outline - (inside + around) / 2)])


def of_parts(coefficients):
    """The same head on the backbone's outputs as they are."""
    tokens, inside, outline = coefficients.reshape(3, BLOCKS, WIDTH)
    parts = np.stack([inside - outline / 2, outline, -inside - outline / 2], 1)
    return np.concatenate([tokens.reshape(-1), parts.reshape(-1)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clips", "clip-manifest", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    samples = load(args.clips, args.clip_manifest)
    for folder in args.pictures:
        samples += load(folder, args.manifest)
    of, rows = [p for p, _, _ in samples], [r for _, r, _ in samples]
    x = np.stack([f for _, _, f in samples]).astype(np.float32)
    made = np.array([r["made"] for r in rows])
    group = np.array([p.source for p in of])
    fold = folds(units(of), np.array([p.synthetic for p in of]))
    scores = np.zeros(len(rows))
    for f in range(FOLDS):
        learned = np.flatnonzero((fold != f) & (made != "synthetic"))
        coefficients, intercept = fit(
            x[learned], made[learned] != "real", weights(group[learned], made[learned] != "real", len(learned)), STRENGTH
        )
        scores[fold == f] = x[fold == f] @ coefficients + intercept
        print("fold", f, flush=True)
    learned = np.flatnonzero(made != "synthetic")
    coefficients, intercept = fit(
        x[learned], made[learned] != "real", weights(group[learned], made[learned] != "real", len(learned)), STRENGTH
    )
    export(of_parts(coefficients), intercept, args.out / "face.onnx", ("class_tokens", "face_parts"))
    with (args.out / "scores.jsonl").open("w") as out:
        for p, r, s, f in zip(of, rows, scores, fold):
            clip = p.kind.startswith("video")
            out.write(
                json.dumps(
                    {
                        "key": r["key"],
                        "made": r["made"],
                        "source": p.source,
                        "generator": p.row.get("generator"),
                        "clip": clip,
                        "swap": bool(p.synthetic and p.row["generator"] in SWAPS),
                        "face": r["face"],
                        "side": r["side"],
                        "fold": int(f),
                        "score": round(float(s), 4),
                    }
                )
                + "\n"
            )
