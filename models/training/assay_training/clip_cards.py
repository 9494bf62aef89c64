"""Writes the cards of the heads for frames, the video part of fusion.json and of evaluation.json from what clip_heads.py left.

python -m assay_training clip-cards --scores DIR --manifest JSONL --models FOLDER [--pictures]
"""

import argparse
import datetime
import hashlib
import itertools
import json
import shutil
from collections import Counter
from pathlib import Path

import numpy as np

from assay_training.cards import BACKBONE, evaluation, rounded, summed, write
from assay_training.ensemble import FALSE_NEGATIVES, FEW, Ensemble, Scores
from assay_training.pictures import read

VERSION = "1.1.0"
FALSE_POSITIVES = 0.02
CONDITIONS = ["coded", "h264"]
HEADS = {
    "whole": (
        "frame-whole",
        "Whole frame",
        "Logistic regression on the class tokens of all blocks of CLIP ViT-B/16, on whole frames of a video made small.",
        3,
    ),
    "native": (
        "frame-native",
        "Native crops of frames",
        "Logistic regression on the class tokens of all blocks of CLIP ViT-B/16, on crops of a video's frames at their own resolution: the centre and the busiest place.",
        2,
    ),
}
PROTOCOL = (
    "Five folds over families of generators, sources of real clips and the pages that they come from: each clip is scored by heads, calibration, weights and thresholds that saw nothing of its family, source or "
    "page. Four frames of each clip, after an encoder that is the same for both classes: H.264 at CRF 23 (h264), or H.264, H.265, VP9, AV1 or MPEG-4 at a random rate and 200 to 1080 lines (coded). A generator's figures "
    "are against all left-out real clips, sources alike, those of a kind with fewer than 8 clips as one; those with fewer than 8 clips have none. AUROC ranks left-out scores by the shipped sum.{pictures} The shipped "
    "weights were fitted on all clips; calibration, weights and thresholds come from the left-out scores."
)
PICTURES = " In every fold the heads also learned from pictures of both classes made into clips by a slow pan and zoom; five pages, with 21 of the clips, are also sources of such pictures, of other systems."
RULE = (
    f"synthetic: the smallest probability at which at most {FALSE_POSITIVES:.0%} of left-out real clips, sources alike, lie above. authentic: the largest at which at most {FALSE_NEGATIVES:.0%} of left-out synthetic "
    "clips, generators alike, lie below."
)
LIMITS = [
    "Learned from clips of research systems of 2022 to 2026, most of them short and seen on project pages; commercial systems are few.",
    "Real clips are few against what is filmed: phones, news, film, surveillance, animation; a kind that is not among them may raise false alarms.",
    "Real faces cut out of a film and resized, as sets for talking heads hold them, are called synthetic more often than other real clips.",
    "A face swapped into a real clip, or lips moved in one, leaves the frame as a whole real; no model speaks of that.",
    "A person put into a filmed clip, its own movements kept, is hardly told from a real one.",
    "Frames are judged one by one; nothing is said of motion.",
]


def clips_of(file, manifest, experts=HEADS):
    """Clips and their scores; sources of fewer than FEW real clips of a kind count as one, since a single clip should not weigh as a source does."""
    known = {p.key: p for p in read(manifest)}
    rows = [row for row in map(json.loads, file.open()) if row["key"] in known]
    of = [known[r["key"]] for r in rows]
    counts = Counter(p.group for p in {p.key: p for p in of}.values())
    group = [p.group if p.synthetic or counts[p.group] >= FEW else f"few of {p.kind}" for p in of]
    return of, Scores(
        {e: np.array([r[e] for r in rows]) for e in experts},
        np.array([p.synthetic for p in of]),
        np.array([("synthetic " if p.synthetic else "real ") + g for p, g in zip(of, group)]),
        np.array([p.kind for p in of]),
        np.array([r["condition"] for r in rows]),
        np.array([r["fold"] for r in rows]),
        np.array([r["key"] for r in rows]),
        np.array([("synthetic " if p.synthetic else "real ") + p.page for p in of]),
    )


def sources(clips):
    """What was learned from: sources, with the number of clips."""
    seen = {p.key: p for p in clips}.values()
    count = Counter(p.source for p in seen)
    for source, p in sorted({p.source: p for p in seen}.items()):
        entry = {
            "id": source,
            "label": "synthetic" if p.synthetic else "real",
            "count": count[source],
            "licence": p.row["licence"],
            "origin": f"{p.row['repo']}@{p.row['commit'][:10]}",
        }
        yield entry | ({"generator": p.row["generator"]} if p.synthetic else {"kind": p.kind})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scores", "manifest", "models"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--pictures", action="store_true", help="whether the heads learned from pictures too")
    args = parser.parse_args()
    clips, scores = clips_of(args.scores / "scores.jsonl", args.manifest)
    learned = list(sources(clips))
    for kind, (name, title, description, most) in HEADS.items():
        folder = args.models / name
        folder.mkdir(exist_ok=True)
        shutil.copyfile(args.scores / f"{kind}.onnx", folder / "model.onnx")
        line = Ensemble.fit(scores, [kind]).lines[kind]
        write(
            folder / "card.json",
            {
                "format": 1,
                "id": name,
                "version": VERSION,
                "name": title,
                "description": description,
                "task": "image-synthesis",
                "licence": "Apache-2.0",
                "file": "model.onnx",
                "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
                "input": {"backbone": BACKBONE},
                "views": {"kind": kind, "most": most},
                "output": {"name": "logit", "pooling": "mean"},
                "calibration": {
                    "lines": {"video": {"slope": rounded(line.slope, 6), "intercept": rounded(line.intercept, 6)}},
                    "bound": rounded(line.bound, 3),
                },
                "abstains": {"belowSide": 64},
                "training": {"recipe": "models/training/README.md", "sources": learned}
                | ({"pictures": "some of those of clip-whole, made into clips"} if args.pictures else {}),
                "limits": LIMITS,
            },
        )
    sums, measured = [], []
    for n in range(len(HEADS), 0, -1):
        for experts in itertools.combinations(HEADS, n):
            own = Ensemble.fit(scores, list(experts), FALSE_POSITIVES).sum
            result = evaluation(scores, list(experts), CONDITIONS, false_positives=FALSE_POSITIVES)
            sums.append(summed(own, result, {e: HEADS[e][0] for e in experts}, "h264"))
            measured.append({"models": [HEADS[e][0] for e in experts], "conditions": result})
            print(experts, {c: {k: v for k, v in r.items() if isinstance(v, float)} for c, r in result.items()})
    file = args.models / "fusion.json"
    fusion = json.loads(file.read_text())
    texture = [s for s in fusion["video"]["sums"] if "native-texture" in s["weights"]]
    fusion["video"] |= {"sums": sums + texture, "thresholds": sums[0]["thresholds"]}
    write(file, fusion)
    file = args.models / "evaluation.json"
    write(
        file,
        json.loads(file.read_text())
        | {
            "video": {
                "protocol": PROTOCOL.format(pictures=PICTURES if args.pictures else ""),
                "rule": RULE,
                "date": datetime.date.today().isoformat(),
                "sums": measured,
            }
        },
    )
