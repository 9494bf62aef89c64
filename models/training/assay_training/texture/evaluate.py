"""Scores the pictures that a fold left out, through the exported model and the inference path, and computes the figures.

python -m assay_training texture-evaluate score --sources DIR --work DIR --fold 0|1|2 [--name NAME]
python -m assay_training texture-evaluate report --work DIR
"""

import argparse
import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from sklearn.metrics import roc_auc_score

from assay_training.texture.crops import decode
from assay_training.texture.launder import CONDITIONS
from assay_training.texture.network import HALF, NATIVE, export, logits, session
from assay_training.texture.sources import piece, split, usable


def begin(model_file):
    global MODEL
    cv2.setNumThreads(1)
    MODEL = session(model_file, 1)


def scored(task):
    picture, conditions = task
    pixels = piece(picture, decode(picture.path.read_bytes()))
    return [(condition, logits(MODEL, CONDITIONS[condition](pixels))) for condition in conditions]


def score_left_out(args):
    groups = {}
    for picture in split(usable(args.sources, args.work), int(args.fold))[1]:
        groups.setdefault(picture.group, []).append(picture)
    tasks = []
    for members in groups.values():
        members.sort(key=lambda p: hashlib.sha1(p.key.encode()).digest())
        tasks += [
            (p, list(CONDITIONS) if i < args.per_group // 4 else ["jpeg95", "jpeg75"]) for i, p in enumerate(members[: args.per_group])
        ]
    run = args.work / "runs" / (args.name or f"fold-{args.fold}")
    export(run / "weights.pt", run / "model.onnx", joined=False)
    done = {json.loads(line)["key"] for line in (run / "scores.jsonl").open()} if (run / "scores.jsonl").exists() else set()
    tasks = [(p, conditions) for p, conditions in tasks if p.key not in done and p.path.exists()]
    with (
        ProcessPoolExecutor(args.workers, get_context("spawn"), begin, (run / "model.onnx",)) as pool,
        (run / "scores.jsonl").open("a") as out,
    ):
        for (picture, _), scores in zip(tasks, pool.map(scored, tasks, chunksize=4)):
            for condition, (half, native) in scores:
                entry = {
                    "key": picture.key,
                    "group": picture.group,
                    "kind": picture.kind,
                    "synthetic": picture.synthetic,
                    "fold": args.fold,
                    "condition": condition,
                    "half": float(half),
                    "native": float(native),
                    "score": float(HALF * half + NATIVE * native),
                }
                out.write(json.dumps(entry) + "\n")


def load(work, names):
    return [json.loads(line) for name in names for line in (work / "runs" / name / "scores.jsonl").open()]


def by_group(rows):
    groups = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row["score"])
    return {name: np.array(scores) for name, scores in sorted(groups.items())}


def weighted(groups):
    """All scores of several groups with weights that make every group count the same."""
    return np.concatenate(list(groups.values())), np.concatenate([np.full(len(v), 1 / len(v) / len(groups)) for v in groups.values()])


def against(fake, real):
    """AUROC of one generator's scores against several real groups, each counting the same."""
    scores, weights = weighted(real)
    labels = np.r_[np.zeros(len(scores)), np.ones(len(fake))]
    return roc_auc_score(labels, np.r_[scores, fake], sample_weight=np.r_[weights, np.full(len(fake), 1 / len(fake))])


def figures(rows, threshold):
    """Per left-out generator: AUROC and balanced accuracy at a threshold on the score, against the same fold's left-out real groups."""
    result = {}
    for condition in CONDITIONS:
        for fold in sorted({r["fold"] for r in rows}):
            here = [r for r in rows if r["fold"] == fold and r["condition"] == condition]
            real, fake = by_group(r for r in here if not r["synthetic"]), by_group(r for r in here if r["synthetic"])
            if not real:
                continue
            specificity = np.mean([np.mean(v <= threshold) for v in real.values()])
            for name, scores in fake.items():
                entry = result.setdefault(name, {"generator": name, "fold": fold, "n": len(scores)})
                entry["auroc", condition] = against(scores, real)
                entry["balancedAccuracy", condition] = (np.mean(scores > threshold) + specificity) / 2
                entry["caught", condition] = np.mean(scores > threshold)
    return result


def report(args):
    rows = load(args.work, args.names)
    table = figures(rows, args.threshold)
    for name, e in sorted(table.items(), key=lambda item: -item[1]["auroc", "jpeg95"]):
        cells = " ".join(f"{e.get(('auroc', c), float('nan')):.3f}/{e.get(('balancedAccuracy', c), float('nan')):.3f}" for c in CONDITIONS)
        print(f"{name:40s} {e['fold']} {e['n']:4d} {cells}")
    for c in CONDITIONS:
        values = [e["auroc", c] for e in table.values() if ("auroc", c) in e]
        if values:
            print(f"{c}: mean AUROC {np.mean(values):.4f}, worst {np.min(values):.4f}")
    for condition in CONDITIONS:
        for name, scores in by_group(r for r in rows if not r["synthetic"] and r["condition"] == condition).items():
            print(f"{condition} {name:40s} {len(scores):4d} above {np.mean(scores > args.threshold):.3f} mean {scores.mean():.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", choices=["score", "report"])
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold", default="0")
    parser.add_argument("--name", default=None)
    parser.add_argument("--names", nargs="+", default=["second-0", "second-1", "second-2"])
    parser.add_argument("--per-group", type=int, default=40)
    parser.add_argument("--threshold", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    score_left_out(args) if args.do == "score" else report(args)
