"""Writes the cards of the heads, the image part of fusion.json and evaluation.json from what heads.py left.

python -m assay_training cards --scores DIR --known DIR --texture JSONL --manifest JSONL --models FOLDER

--scores: of heads.py, families left out; --known: of heads.py --known-generators, sources left out; --texture: scores.py of `native-texture`, on sources that it never saw
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

from assay_training.conditions import EVALUATION
from assay_training.ensemble import (
    FALSE_NEGATIVES,
    FALSE_POSITIVES,
    KIND_SOURCES,
    UNSEEN_FAMILIES,
    WORST_KIND,
    Ensemble,
    Scores,
    crossed,
    figures,
    sigmoid,
)
from assay_training.pictures import read

VERSION = "1.2.0"
BACKBONE = "clip-vit-b-16"
HEADS = {
    "whole": (
        "clip-whole",
        "Whole picture",
        "Logistic regression on the class tokens of all blocks of CLIP ViT-B/16, on the whole picture made small.",
        3,
    ),
    "native": (
        "clip-native",
        "Native crops",
        "Logistic regression on the class tokens of all blocks of CLIP ViT-B/16, on crops at the picture's own resolution: the centre and the busiest places.",
        3,
    ),
}
TEXTURE = "native-texture"
FITTED = ["jpeg95", "jpeg75", "half"]
FIRST = "whole"  # the expert that may settle the answer
PROTOCOL = (
    "A page never seen of generators that are known, which is what users mostly meet: five folds over sources; each picture is scored by heads, calibration, weights and thresholds that saw nothing of its "
    "source, but other sources of its generator. Both classes pass the same chain first: longer side at most 2048 px, then JPEG 95 (clean) or another condition. A generator's figures are against all "
    "left-out real pictures, sources alike; AUROC ranks left-out scores by the shipped sum. The shipped weights were fitted on all sources; calibration, weights and thresholds come from the left-out scores."
)
UNSEEN_FAMILY = (
    "A family of generators never seen: the same with folds over families of generators and sources of real pictures. Sources whose generator is unknown are families of their own and may hold a left-out "
    "generator. Calibration and weights are those of the first question."
)
RULE = (
    f"synthetic: the smallest probability at which at most {FALSE_POSITIVES:.1%} of real pictures of left-out sources, sources alike, lie above, at most {WORST_KIND:.0%} of each kind of "
    f"which {KIND_SOURCES} sources or more were left out, and at most {UNSEEN_FAMILIES:.1%} where whole families of generators were left out too. authentic: the largest at which at most {FALSE_NEGATIVES:.0%} of "
    "synthetic pictures, generators alike, lie below."
)
LIMITS = [
    "Faces of generative adversarial networks are not told from the photographs that these learned from unless the generator is among those trained on: left out together, the StyleGAN family ranks below chance.",
    "Portraits such as GANs learned from, digital wallpapers and portraits of animals, of collections that were not trained on, are called synthetic far too often, see the table.",
    "Whole-picture synthesis only: small edited or pasted regions are not what it was trained for.",
    "Resolution beyond 2048 px is not looked at.",
]


def scores_of(file, manifest, experts=HEADS, folds=None):
    """Scores of a file; `folds` gives the fold of a picture where the file does not."""
    pictures = {p.key: p for p in read(manifest)}
    rows = [r for r in map(json.loads, file.open()) if r["condition"] in EVALUATION and (folds is None or r["key"] in folds)]
    of = [pictures[r["key"]] for r in rows]
    return Scores(
        {k: np.array([r.get(k, np.nan) for r in rows]) for k in experts},
        np.array([p.synthetic for p in of]),
        np.array([("synthetic " if p.synthetic else "real ") + p.group for p in of]),
        np.array([p.kind for p in of]),
        np.array([r["condition"] for r in rows]),
        np.array([r["fold"] if folds is None else folds[r["key"]] for r in rows]),
        np.array([r["key"] for r in rows]),
        np.array([("synthetic " if p.synthetic else "real ") + p.page for p in of]),
    )


def sources(scores_file, manifest):
    """What the heads learned from: sources, with the number of pictures."""
    pictures = {p.key: p for p in read(manifest)}
    seen = [pictures[key] for key in sorted({json.loads(line)["key"] for line in scores_file.open()})]
    count = Counter((p.source, p.row.get("generator", "") if p.synthetic else "") for p in seen)
    first = {(p.source, p.row.get("generator", "") if p.synthetic else ""): p for p in reversed(seen)}
    for (source, generator), n in sorted(count.items()):
        p = first[source, generator]
        entry = {
            "id": source,
            "label": "synthetic" if p.synthetic else "real",
            "count": n,
            "licence": p.row["licence"],
            "origin": f"{p.row['repo']}@{p.row['commit'][:10]}",
        }
        yield entry | ({"generator": generator} if p.synthetic else {"kind": p.kind})


def rounded(value, digits=4):
    if isinstance(value, dict):
        return {k: rounded(v, digits) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(v, digits) for v in value]
    return round(float(value), digits) if isinstance(value, float) else value


def evaluation(scores, experts, conditions=FITTED, unseen_families=None, judged=None, **rule):
    """Figures of a set of experts under every condition; ensembles are fitted under FITTED alone."""
    fitted = np.isin(scores.condition, conditions)
    if unseen_families is not None:
        unseen_families = unseen_families.where(np.isin(unseen_families.condition, conditions))
    ratio, answer = crossed(scores, experts, fitted, unseen_families, judged, **rule)
    judged = scores if judged is None else judged
    # Ratios of different folds lie on different scales, which no user meets: AUROC ranks left-out scores by one sum.
    rank = Ensemble.fit(scores.where(fitted), experts, unseen_families=unseen_families, **rule).ratio(judged)
    return rounded(figures(judged, ratio, answer, rank))


def summed(own, result, names, condition="jpeg95", unseen="generators"):
    """An entry of fusion.json. `unseen`: what was left out of all that scored what was measured, sources or generators."""
    return {
        "weights": {names[e]: rounded(own.weights.get(e, 0.0), 6) for e in names},
        "intercept": rounded(own.intercept, 6),
        "bounds": {"synthetic": rounded(own.above, 3), "authentic": rounded(own.below, 3)},
        "thresholds": {"synthetic": rounded(sigmoid(own.high), 4), "authentic": rounded(sigmoid(own.low), 4)},
        "measured": {
            "unseen": unseen,
            "falsePositives": result[condition]["falsePositives"],
            "recall": result[condition]["recall"],
            "missed": result[condition]["missed"],
        },
    }


def settling(early, heads):
    """The entry of fusion.json that says where one expert's score settles the answer."""
    return {
        "model": heads[early.expert][0],
        "spares": [name for e, (name, *_) in heads.items() if e != early.expert],
        "below": rounded(early.below),
        "above": rounded(early.above),
        "weight": rounded(early.line.weights[early.expert], 6),
        "intercept": rounded(early.line.intercept, 6),
        "bounds": {"synthetic": rounded(early.line.above, 3), "authentic": rounded(early.line.below, 3)},
    }


def texture(args):
    """Calibrates `native-texture` for images on sources that it never saw; calibration is fitted on the other folds for the figures."""
    folds = {r["key"]: r["fold"] for r in map(json.loads, (args.scores / "scores.jsonl").open())}
    scores = scores_of(args.texture, args.manifest, ["score"], folds)
    ensemble = Ensemble.fit(scores.where(np.isin(scores.condition, FITTED)), ["score"])
    file = args.models / TEXTURE / "card.json"
    card = json.loads(file.read_text())
    line = ensemble.lines["score"]
    card["calibration"]["lines"]["image"] = {"slope": rounded(line.slope, 6), "intercept": rounded(line.intercept, 6)}
    write(file, card, 2)
    return ensemble, evaluation(scores, ["score"])


def shortened(result):
    """What the page of results shows: everything of all experts together under the first condition, less of the others."""
    for n, entry in enumerate(result):
        for condition, figures_of in entry["conditions"].items():
            for name in ("pages", "reliability") if n == 0 else ("pages", "reliability", "sources", "kinds"):
                if n or condition != FITTED[0]:
                    figures_of.pop(name, None)
    return result


def write(file, value, indent=1):
    file.write_text(json.dumps(value, indent=indent, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scores", "known", "manifest", "models"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--texture", type=Path, help="without it, what is there of that model stays")
    args = parser.parse_args()
    scores, unseen_families = (scores_of(folder / "scores.jsonl", args.manifest) for folder in (args.known, args.scores))
    fitted, others = (s.where(np.isin(s.condition, FITTED)) for s in (scores, unseen_families))
    learned = list(sources(args.scores / "scores.jsonl", args.manifest))
    today = datetime.date.today().isoformat()
    for kind, (name, title, description, most) in HEADS.items():
        folder = args.models / name
        folder.mkdir(exist_ok=True)
        shutil.copyfile(args.scores / f"{kind}.onnx", folder / "model.onnx")
        line = Ensemble.fit(fitted, [kind]).lines[kind]
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
                    "lines": {"image": {"slope": rounded(line.slope, 6), "intercept": rounded(line.intercept, 6)}},
                    "bound": rounded(line.bound, 3),
                },
                "abstains": {"belowSide": 64},
                "training": {"recipe": "models/training/README.md", "sources": learned},
                "limits": LIMITS,
            },
        )
    sums, known, unknown = [], [], []
    for n in range(len(HEADS), 0, -1):
        for experts in itertools.combinations(HEADS, n):
            rule = {"early": FIRST} if n > 1 and FIRST in experts else {}
            own = Ensemble.fit(fitted, list(experts), unseen_families=others, **rule)
            models = [HEADS[e][0] for e in experts]
            for result, judged in ((known, scores), (unknown, unseen_families)):
                conditions = evaluation(scores, list(experts), unseen_families=unseen_families, judged=judged, **rule)
                result.append({"models": models, "conditions": conditions})
                print(experts, {c: {k: v for k, v in r.items() if isinstance(v, float)} for c, r in conditions.items()})
            sums.append(summed(own.sum, known[-1]["conditions"], {e: HEADS[e][0] for e in experts}, unseen="sources"))
            if own.early:
                early = settling(own.early, HEADS)
    fusion_file, evaluation_file = (args.models / name for name in ("fusion.json", "evaluation.json"))
    fusion, before = (json.loads(file.read_text()) for file in (fusion_file, evaluation_file))
    if args.texture:
        alone, result = texture(args)
        sums.append(summed(alone.sum, result, {"score": TEXTURE}, unseen="sources"))
        known.append({"models": [TEXTURE], "conditions": result})
    else:
        sums += [s for s in fusion["image"]["sums"] if TEXTURE in s["weights"]]
        known += [s for s in before["sums"] if s["models"] == [TEXTURE]]
    fusion["image"] |= {"sums": sums, "thresholds": sums[0]["thresholds"], "early": early}
    fusion["rule"] = RULE
    write(fusion_file, fusion)
    write(
        evaluation_file,
        {name: value for name, value in before.items() if name != "known"}
        | {
            "format": 1,
            "protocol": PROTOCOL,
            "rule": RULE,
            "date": today,
            "sums": shortened(known),
            "unseenFamilies": {"protocol": UNSEEN_FAMILY, "sums": shortened(unknown)},
        },
    )
