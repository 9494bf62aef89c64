"""Writes the card of the head that judges faces, how fusion mixes it in, and its figures, from what face_heads.py left.

python -m assay_training face-cards --scores DIR --known DIR --swap-manifest JSONL --manifest JSONL --clip-manifest JSONL --models FOLDER

--known: of heads.py --known-generators: what faces do to the answer on whole pictures
"""

import argparse
import datetime
import hashlib
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from assay_training.cards import BACKBONE, FIRST, FITTED, HEADS, rounded, write
from assay_training.cards import scores_of as scores_of_pictures
from assay_training.clip_cards import FALSE_POSITIVES
from assay_training.ensemble import Ensemble, Line, Scores, auroc, calibrated, quantile, strongest
from assay_training.pictures import read

VERSION = "1.1.0"
ID = "face"
MOST = 3
SMALLEST = 64
SHARE = 0.05  # of manipulated faces in pictures that look real as a whole, as fusion takes it
TALKERS = {"loopy", "sonic", "actalker", "float", "edtalk", "aniportrait", "hunyuan-avatar", "humo"}
LIPS = {"wav2lip", "video-retalking", "sadtalker", "sadtalker-lip-sync"}
PROTOCOL = (
    "Each method of swapping is a fold: its swaps are scored by a head that saw neither the method nor a person whom they show; of other real faces, a part of the sources is left out with it. Faces went through H.264, H.265, VP9, AV1 or "
    f"MPEG-4 at a random rate and 80 to 420 pixels. Methods and sources alike; of clips, the mean over the faces seen in up to three frames. Called synthetic: at the ratio above which {FALSE_POSITIVES:.0%} of left-out real faces of the same "
    "medium lie, sources alike."
)
LIMITS = [
    "A swap is told from photographs of other people far better than from the picture that it was made of: part of what the head sees is how pages show swaps.",
    "It says nothing of clips: swaps in clips, and lips moved to other words, are hardly told from real faces in clips, of which there are few to learn from.",
    "No face makes a picture `synthetic` alone: it can only take the answer `not-synthetic` back.",
    "Faces that were generated as a whole look real to it; the heads for whole pictures and frames judge those.",
    "A face that was retouched, or pasted by hand, may pass for manipulated; so may make-up and strong compression.",
    "Faces whose square is smaller than 64 pixels get no score; large ones are made 224 pixels wide, so that finer traces are not seen.",
]


def tracks(file):
    """Scores by clip, the mean over the samples that were made in one way, or by face of a picture."""
    samples = defaultdict(list)
    for n, row in enumerate(map(json.loads, file.open())):
        samples[row["key"], row["made"], -1 if row["clip"] else n].append(row)
    return [rows[0] | {"score": float(np.mean([r["score"] for r in rows]))} for rows in samples.values()]


def named(row):
    """The group of a row: a source of real faces, blended ones of such a source, or a generator."""
    return {
        "real": "real " + row["source"],
        "blended": "synthetic blended " + row["source"],
        "swapped": "synthetic swap " + str(row["generator"]),
        "synthetic": "synthetic " + str(row["generator"]),
    }[row["made"]]


def kinds():
    """What is to be told from which real faces of the same medium."""
    swaps = lambda r: r["made"] == "swapped" and r["generator"] not in LIPS  # noqa: E731
    others = lambda r: not r["original"]  # noqa: E731
    yield "swaps, against faces of other pictures", False, swaps, others
    yield "swaps, against the faces that the swaps of these pages were made of", False, swaps, lambda r: r["original"]
    yield "self-blended faces in pictures", False, lambda r: r["made"] == "blended", others
    yield "swaps in clips, against faces of other clips", True, swaps, others
    yield "lips moved to other words, clips", True, lambda r: r["generator"] in LIPS, others
    yield "self-blended faces in clips", True, lambda r: r["made"] == "blended", others
    yield "talking heads, clips", True, lambda r: r["generator"] in TALKERS, others
    yield "other generated clips with faces", True, lambda r: r["made"] == "synthetic" and r["generator"] not in TALKERS, others


def scores_of(rows):
    names = np.array([named(r) for r in rows])
    return Scores(
        {ID: np.array([r["score"] for r in rows])},
        np.array([r["made"] != "real" for r in rows]),
        names,
        np.array(["face"] * len(rows)),
        np.array(["clip" if r["clip"] else "picture" for r in rows]),
        np.array([r["fold"] for r in rows]),
        np.array([r["key"] for r in rows]),
        names,
    )


def line_of(scores):
    """Calibration by the swaps of pictures, against all their real faces, those that swaps were made of among them.

    Bounded by what left-out methods carry against left-out real faces: a face that looks real clears nothing.
    """
    swaps = np.char.startswith(scores.group, "synthetic swap ")
    own = scores.where((scores.condition == "picture") & (swaps | ~scores.synthetic))
    line = calibrated(own, ID)
    return Line(line.slope, line.intercept, strongest(own, line.slope * own.of[ID] + line.intercept, True))


def alike(names):
    """Weights that make all names count alike."""
    _, at, count = np.unique(names, return_inverse=True, return_counts=True)
    return 1 / count[at] / len(count)


def measure(rows, ratio, what, clip, wanted, against):
    """Figures of one kind; none where there are fewer than four."""
    own = np.array([r["clip"] == clip and wanted(r) for r in rows])
    real = np.array([r["clip"] == clip and r["made"] == "real" and against(r) for r in rows])
    if own.sum() < 4:
        return None
    names = np.array([named(r) for r in rows])
    w, negatives = alike(names[own]), alike(names[real])
    limit = quantile(ratio[real], negatives, FALSE_POSITIVES)
    values = [auroc(np.array([v]), ratio[real], negatives) for v in ratio[own]]
    return {
        "what": what,
        "sources": len(set(names[own])),
        "n": int(own.sum()),
        "auroc": rounded(float(np.average(values, weights=w))),
        "synthetic": rounded(float(np.average(ratio[own] > limit, weights=w))),
    }


def together(args, rows, ratio):
    """Prints what mixing faces in does: to photographs with faces, and to swaps laid into photographs that are called not synthetic."""
    known = scores_of_pictures(args.known / "scores.jsonl", args.manifest)
    ensemble = Ensemble.fit(known.where(np.isin(known.condition, FITTED)), list(HEADS), early=FIRST)
    clean = known.where(known.condition == FITTED[0])
    whole_of = dict(zip(clean.key, ensemble.ratio(clean)))
    face_of, swaps = defaultdict(lambda: -np.inf), []
    for row, value in zip(rows, ratio):
        if row["made"] == "real" and not row["original"] and row["key"] in whole_of:
            face_of[row["key"]] = max(face_of[row["key"]], value)
        elif row["made"] == "swapped" and not row["clip"]:
            swaps.append(value)
    whole, face = np.array([whole_of[key] for key in face_of]), np.array(list(face_of.values()))
    bands = json.loads((args.models / "fusion.json").read_text())["image"]["thresholds"]
    low, high = (np.log(bands[name] / (1 - bands[name])) for name in ("authentic", "synthetic"))
    cleared = whole < low
    for share in sorted({SHARE, 0.02, 0.1, 0.25}):
        real, laid = mixed(whole, face, share), mixed(whole[cleared][:, None], np.array(swaps)[None], share)
        print(
            f"share {share}: of {cleared.sum()} of {len(whole)} photographs with faces that are called not synthetic {np.mean(real[cleared] > low):.1%} no longer are, "
            f"{np.mean((whole <= high) & (real > high)):.1%} of all become synthetic; with a swap in them {np.mean(laid > low):.1%}, {np.mean(laid > high):.1%}"
        )


def mixed(whole, face, share):
    return np.maximum(whole, np.log((1 - share) * np.exp(whole) + share * np.exp(face)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scores", "known", "swap-manifest", "manifest", "clip-manifest", "models"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    rows = tracks(args.scores / "scores.jsonl")
    scores = scores_of(rows)
    line = line_of(scores)
    ratio = line(scores.of[ID])
    print(line)
    measured = [row for kind in kinds() if (row := measure(rows, ratio, *kind))]
    for row in measured:
        print(row)

    together(args, rows, ratio)
    folder = args.models / ID
    folder.mkdir(exist_ok=True)
    shutil.copyfile(args.scores / "face.onnx", folder / "model.onnx")
    image = {"slope": rounded(line.slope, 6), "intercept": rounded(line.intercept, 6)}
    count = Counter((r["source"], r["made"]) for r in rows if r["made"] != "synthetic")
    first = {p.source: p for manifest in (args.manifest, args.clip_manifest, args.swap_manifest) for p in read(manifest)}
    learned = [
        {
            "id": s,
            "made": made,
            "count": n,
            "licence": first[s].row["licence"],
            "origin": f"{first[s].row['repo']}@{first[s].row['commit'][:10]}",
        }
        for (s, made), n in sorted(count.items())
    ]
    write(
        folder / "card.json",
        {
            "format": 1,
            "id": ID,
            "version": VERSION,
            "name": "Faces",
            "description": "Sum of two logistic regressions on outputs of CLIP ViT-B/16 in the square around a face: class tokens of blocks 5 to 9, real faces against swaps by many methods; class tokens of all blocks and differences between the inside of the face, its outline and what is around, real against self-blended faces.",
            "task": "face-manipulation",
            "licence": "Apache-2.0",
            "file": "model.onnx",
            "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
            "input": {"backbone": BACKBONE},
            "views": {"kind": "faces", "most": MOST},
            "output": {"name": "logit", "pooling": "mean"},
            "calibration": {"lines": {"image": image}, "bound": rounded(line.bound, 3)},
            "abstains": {"belowSide": SMALLEST},
            "training": {"recipe": "models/training/README.md", "sources": learned},
            "limits": LIMITS,
        },
    )
    file = args.models / "fusion.json"
    fusion = json.loads(file.read_text())
    fusion["image"]["faces"] = {"share": SHARE}
    write(file, fusion)
    file = args.models / "evaluation.json"
    write(
        file, json.loads(file.read_text()) | {"faces": {"protocol": PROTOCOL, "date": datetime.date.today().isoformat(), "rows": measured}}
    )
