"""The head that judges faces: real against swapped and against self-blended ones, as faces.py saw them.

python -m assay_training face-heads --swaps DIR --pictures DIR... --clips DIR --swap-manifest JSONL --manifest JSONL --clip-manifest JSONL --out DIR

It is the sum of two linear heads. One learns from swaps of many methods and from real faces, of the pages of the swaps and of others,
by the class tokens of the backbone's middle blocks; the other from self-blended faces, by all class tokens and by what differs
between the inside of the face, its outline and what is around. Each method is a fold: what judges its swaps saw neither the method nor a
person whom it shows, and a part of the other real sources is left out with it. Generated faces are scored, and never learned from.
Writes OUT/face.onnx and OUT/scores.jsonl.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay_training.features import index, stored
from assay_training.pictures import read
from assay_training.regression import export, fit, weights

BLOCKS, WIDTH, PARTS = 12, 768, 3
MIDDLE = slice(5 * WIDTH, 10 * WIDTH)  # class tokens of blocks 5 to 9, counted from 0: what the head for swaps reads
STRENGTHS = {"swapped": 3e-4, "blended": 1e-3}
BLENDED = 0.15  # share of the head for self-blended faces in the sum
ORIGINALS = 0.3  # share of real faces that are of the pages of the swaps
SWAPS = {
    "faceshifter",
    "hires-swap",
    "e4s",
    "inswapper",
    "ghost",
    "simswap",
}  # among the clips; what else they hold is generated as a whole


@dataclass
class Faces:
    """Row i is a face of medium `media[i]`; `features` are those of `features()`."""

    media: list
    rows: list
    features: np.ndarray
    original: np.ndarray  # whether it comes from a page of swaps

    def __post_init__(self):
        self.made = np.array([made_of(p, r) for p, r in zip(self.media, self.rows)])
        self.method = np.array([p.row.get("generator") or "" for p in self.media])
        self.person = np.array([p.row.get("group") or p.key for p in self.media])
        self.source = np.array([p.source for p in self.media])
        self.clip = np.array(["frames" in p.row for p in self.media])
        _, self.page = np.unique(np.char.add(self.source, self.method), return_inverse=True)


def made_of(medium, row):
    return "swapped" if medium.synthetic and medium.row.get("generator") in SWAPS else row["made"]


def features(tokens, parts):
    """Class tokens, inside less around, outline less both, each [n,12,768], one after the other."""
    inside, outline, around = (parts[:, :, i] for i in range(PARTS))
    return np.concatenate([f.reshape(len(f), -1) for f in (tokens, inside - around, outline - (inside + around) / 2)], 1)


def of_outputs(coefficients):
    """The same head on the backbone's outputs as they are."""
    tokens, inside, outline = coefficients.reshape(3, BLOCKS, WIDTH)
    parts = np.stack([inside - outline / 2, outline, -inside - outline / 2], 1)
    return np.concatenate([tokens.reshape(-1), parts.reshape(-1)])


def load(folder, manifest, original=False):
    """What faces.py wrote into a folder."""
    known = {p.key: p for p in read(manifest)}
    found, rows, parts = index(folder, known), [], []
    for (members, tokens), (_, differing) in zip(stored(folder, found), stored(folder, found, "face_parts")):
        rows += members
        parts.append(features(tokens.astype(np.float32), differing.astype(np.float32)))
    return Faces([known[r["key"]] for r in rows], rows, np.concatenate(parts), np.full(len(rows), original))


def joined(parts):
    media, rows = ([x for p in parts for x in getattr(p, name)] for name in ("media", "rows"))
    return Faces(media, rows, *(np.concatenate([getattr(p, name) for p in parts]) for name in ("features", "original")))


def dealt(name, folds):
    return int(hashlib.sha1(name.encode()).hexdigest()[:8], 16) % folds


def folds(faces):
    """Of each fold what it must not learn from, and what it judges: its method's swaps, persons whom they show, a part of the other sources."""
    swapped = faces.made == "swapped"
    methods = sorted(set(faces.method[swapped]))
    part = np.array([-1 if s or o else dealt(name, len(methods)) for s, o, name in zip(swapped, faces.original, faces.source)])
    judged = np.zeros(len(part), bool)
    for n, method in enumerate(methods):
        own = swapped & (faces.method == method)
        persons = np.isin(faces.person, faces.person[own])
        now = own | (part == n) | (persons & ~swapped & ~judged)
        if n == len(methods) - 1:
            now |= ~judged & faces.original & ~swapped
        judged |= now
        yield own | persons | now, now


def learned(faces, rows, wanted, columns):
    """A head that tells these faces from real ones; both classes weigh alike, pages by the square root of their size."""
    labels = faces.made[rows] == wanted
    w = weights(faces.page[rows], labels)
    original = faces.original[rows] & ~labels
    if original.any():
        for members, share in ((original, ORIGINALS), (~labels & ~original, 1 - ORIGINALS)):
            w[members] *= share * len(rows) / 2 / w[members].sum()
    narrow, intercept = fit(faces.features[rows][:, columns], labels, w, STRENGTHS[wanted])
    coefficients = np.zeros(faces.features.shape[1])
    coefficients[columns] = narrow
    return coefficients, intercept


def head(faces, usable):
    """The sum of both heads, each in standard deviations of the real faces that it learned from.

    Swaps are learned from stills alone: those in clips are few, and real faces of clips come from few pages.
    """
    swaps = np.flatnonzero(usable & ~faces.clip & np.isin(faces.made, ("real", "swapped")))
    blends = np.flatnonzero(usable & ~faces.original & np.isin(faces.made, ("real", "blended")))
    total, constant = np.zeros(faces.features.shape[1]), 0.0
    for rows, wanted, columns, share in ((swaps, "swapped", MIDDLE, 1 - BLENDED), (blends, "blended", slice(None), BLENDED)):
        coefficients, intercept = learned(faces, rows, wanted, columns)
        scores = faces.features[rows[faces.made[rows] == "real"]] @ coefficients.astype(np.float32) + intercept
        total += share * coefficients / scores.std()
        constant += share * (intercept - scores.mean()) / scores.std()
    return total, float(constant)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("swaps", "clips", "swap-manifest", "manifest", "clip-manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument(
        "--pictures", type=Path, nargs="+", required=True, help="folders of real pictures and clips, with self-blended faces"
    )
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    parts = [load(args.swaps, args.swap_manifest, original=True), load(args.clips, args.clip_manifest)]
    for folder in args.pictures:
        parts += [
            load(folder, manifest) for manifest in (args.manifest, args.clip_manifest) if index(folder, {p.key for p in read(manifest)})
        ]
    faces = joined(parts)
    scores, fold = np.zeros(len(faces.rows)), np.zeros(len(faces.rows), int)
    for n, (unseen, judged) in enumerate(folds(faces)):
        coefficients, intercept = head(faces, ~unseen)
        scores[judged], fold[judged] = faces.features[judged] @ coefficients.astype(np.float32) + intercept, n
        print("fold", n, judged.sum(), flush=True)
    coefficients, intercept = head(faces, np.ones(len(scores), bool))
    export(of_outputs(coefficients), intercept, args.out / "face.onnx", ("class_tokens", "face_parts"))
    with (args.out / "scores.jsonl").open("w") as out:
        for n, (medium, row) in enumerate(zip(faces.media, faces.rows)):
            known = {
                "key": row["key"],
                "made": str(faces.made[n]),
                "source": medium.source,
                "generator": medium.row.get("generator"),
                "clip": bool(faces.clip[n]),
                "original": bool(faces.original[n] and faces.made[n] == "real"),
                "face": row["face"],
                "side": row["side"],
                "fold": int(fold[n]),
                "score": round(float(scores[n]), 4),
            }
            out.write(json.dumps(known) + "\n")
