"""Writes the card of the head that judges faces, how fusion mixes it in, and its figures, from what face_heads.py and clip_heads.py left.

python -m assay_training face-cards --scores DIR --clip-scores DIR --clip-manifest JSONL --manifest JSONL --models FOLDER [--swaps JSON]
"""

import argparse
import datetime
import hashlib
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from assay_training.cards import BACKBONE, rounded, write
from assay_training.clip_cards import FALSE_POSITIVES, clips_of
from assay_training.ensemble import Ensemble, Scores, auroc, quantile
from assay_training.pictures import read

VERSION = "1.0.0"
ID = "face"
MOST = 3
SMALLEST = 64
SHARES = {"image": 0.1, "video": 0.4}
HEADS_OF_TALKERS = {"loopy", "sonic", "actalker", "float", "edtalk", "aniportrait"}
GANS = {"stylegan", "stylegan2", "stylegan3"}
PROTOCOL = (
    "Five folds over families of generators, sources of real media and their pages: each face is scored by a head that saw nothing of its family, source or page, and no swap or generated face at all. Faces went through H.264, "
    "H.265, VP9, AV1 or MPEG-4 at a random rate and 80 to 420 pixels. Against all left-out real faces, sources alike; of clips, the mean over the faces seen in up to three frames. Called synthetic: at the ratio above "
    "which 3 % of left-out real faces lie."
)
LIMITS = [
    "Swaps by known methods are few here: 30 of seven methods. What a swap leaves is learned from self-blended faces, and their figure is the better founded one.",
    "Real faces differ from one another as much as a swap differs from its original: at the ratios that a verdict needs, hardly any single face is called synthetic.",
    "Faces that were generated as a whole look real to it; the heads for whole pictures and frames judge those.",
    "A face that was retouched, or pasted by hand, may pass for manipulated; so may make-up and strong compression.",
    "Faces whose square is smaller than 64 pixels get no score; large ones are made 224 pixels wide, so that finer traces are not seen.",
    "Single frames: nothing is said of lips against sound, nor of flicker.",
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
        "synthetic": "synthetic " + str(row["generator"]),
    }[row["made"]]


def kinds(rows):
    """What is to be told from real faces."""
    yield "self-blended faces", lambda r: r["made"] == "blended"
    yield "self-blended faces in clips", lambda r: r["made"] == "blended" and r["clip"]
    yield "swaps by known methods (FaceShifter, HiRes, E4S, inswapper), clips", lambda r: r["swap"] and r["clip"]
    yield "talking heads, clips", lambda r: r["generator"] in HEADS_OF_TALKERS
    yield (
        "other generated clips with faces",
        lambda r: r["made"] == "synthetic" and r["clip"] and not r["swap"] and r["generator"] not in HEADS_OF_TALKERS,
    )
    yield "StyleGAN, StyleGAN2, StyleGAN3, pictures", lambda r: r["made"] == "synthetic" and not r["clip"] and r["generator"] in GANS
    yield "other generated pictures with faces", lambda r: r["made"] == "synthetic" and not r["clip"] and r["generator"] not in GANS


def mixed(whole, face, share):
    return np.maximum(whole, np.log((1 - share) * np.exp(whole) + share * np.exp(face)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scores", "clip-scores", "clip-manifest", "manifest", "models"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--swaps", type=Path, help="what face_swaps.py measured with the head")
    args = parser.parse_args()
    rows = tracks(args.scores / "scores.jsonl")
    tasks = np.array([r["made"] != "synthetic" or r["swap"] for r in rows])
    scores = Scores(
        {ID: np.array([r["score"] for r in rows])},
        np.array([r["made"] != "real" for r in rows]),
        np.array([named(r) for r in rows]),
        np.array(["clip" if r["clip"] else "picture" for r in rows]),
        np.array(["face"] * len(rows)),
        np.array([r["fold"] for r in rows]),
        np.array([r["key"] for r in rows]),
        np.array([named(r) for r in rows]),
    )
    line = Ensemble.fit(scores.where(tasks), [ID]).lines[ID]
    ratio, w = line(scores.of[ID]), scores.weights()
    real = ~scores.synthetic
    limit = quantile(ratio[real], w[real], FALSE_POSITIVES)
    measured = []
    for what, wanted in kinds(rows):
        own = np.array([wanted(r) for r in rows])
        if own.sum() < 4:
            continue
        clip = np.array([r["clip"] for r in rows])
        negatives = real & (clip == bool(clip[own].mean() > 0.5)) if clip[own].mean() in (0, 1) else real
        sources = len({named(r) for r, o in zip(rows, own) if o})
        measured.append(
            {
                "what": what,
                "sources": sources,
                "n": int(own.sum()),
                "auroc": rounded(auroc(ratio[own], ratio[negatives], w[negatives])),
                "synthetic": rounded(float(np.mean(ratio[own] > limit))),
            }
        )
        print(measured[-1])
    false = Counter(r["source"] for r, v, t in zip(rows, ratio, real) if t and v > limit)
    print(
        "false alarms",
        [(s, n, sum(r["source"] == s and r["made"] == "real" for r in rows)) for s, n in false.most_common(8)],
        "bound",
        line.bound,
        "limit",
        limit,
    )

    together(args, rows, ratio)

    folder = args.models / ID
    folder.mkdir(exist_ok=True)
    shutil.copyfile(args.scores / "face.onnx", folder / "model.onnx")
    both = {"slope": rounded(line.slope, 6), "intercept": rounded(line.intercept, 6)}
    count = Counter((r["source"], r["made"]) for r in rows if r["made"] != "synthetic")
    first = {p.source: p for p in [*read(args.manifest), *read(args.clip_manifest)]}
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
            "description": "Logistic regression on the class tokens of all blocks of CLIP ViT-B/16, and on differences between the inside of the face, its outline and what is around, in the square around a face: real against self-blended faces.",
            "task": "face-manipulation",
            "licence": "Apache-2.0",
            "file": "model.onnx",
            "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
            "input": {"backbone": BACKBONE},
            "views": {"kind": "faces", "most": MOST},
            "output": {"name": "logit", "pooling": "mean"},
            "calibration": {"lines": {"image": both, "video": both}, "bound": rounded(line.bound, 3)},
            "abstains": {"belowSide": SMALLEST},
            "training": {"recipe": "models/training/README.md", "sources": learned},
            "limits": LIMITS,
        },
    )
    file = args.models / "fusion.json"
    fusion = json.loads(file.read_text())
    for kind in ("image", "video"):
        fusion[kind]["faces"] = {"share": SHARES[kind]}
    write(file, fusion)
    measured += [json.loads(args.swaps.read_text())] if args.swaps and args.swaps.exists() else []
    file = args.models / "evaluation.json"
    write(
        file, json.loads(file.read_text()) | {"faces": {"protocol": PROTOCOL, "date": datetime.date.today().isoformat(), "rows": measured}}
    )


def together(args, rows, ratio):
    """What mixing faces in does to the verdicts on clips: shares called synthetic without and with faces."""
    clips, scores = clips_of(args.clip_scores / "scores.jsonl", args.clip_manifest)
    fusion = json.loads((args.models / "fusion.json").read_text())["video"]["sums"][0]
    own = Ensemble.fit(scores, ["whole", "native"], FALSE_POSITIVES)
    whole, _ = own.answers(scores)
    high = np.log(fusion["thresholds"]["synthetic"] / (1 - fusion["thresholds"]["synthetic"]))
    face = {r["key"]: v for r, v in zip(rows, ratio) if r["clip"] and r["made"] in ("real", "synthetic")}
    swap = {r["key"] for r in rows if r["swap"]}
    at = {}
    for p, s, c, v in zip(clips, scores.synthetic, scores.condition, whole):
        key = p.key
        if c == "h264" and key in face:
            at[key] = ("swap" if key in swap else "synthetic" if s else "real", v, face[key])
    for share in (0.15, 0.25, 0.4, 0.5):
        out = {}
        for kind in ("real", "synthetic", "swap"):
            v = np.array([(a, b) for k, a, b in at.values() if k == kind])
            if len(v):
                out[kind] = (
                    len(v),
                    round(float(np.mean(v[:, 0] > high)), 3),
                    round(float(np.mean(mixed(v[:, 0], v[:, 1], share) > high)), 3),
                )
        print("share", share, out)
