"""What maps of error levels and of noise tell alone of edited pictures, and the pictures themselves for other programs to look at.

python -m assay_training edit-maps --clones DIR --manifest JSONL --edits JSONL --decoder DIR --out DIR [--most N]

Draws the samples of edit-samples anew, writes each as DIR/KIND/NUMBER.png (real pictures as DIR/whole or DIR/laid-on, generated ones not at
all), and prints for each kind the mean AUROC of patches within edited pictures, each map the better way round: a part may have more or
less of either than the rest.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
from sklearn.metrics import roc_auc_score

from assay_training.conditions import jpeg
from assay_training.edit_heads import CHANGED, KEPT
from assay_training.edit_samples import GRID, Sources, carried, grid, sample


def error_level(picture):
    """How much each patch loses by being saved as JPEG of quality 90 once more (Krawetz, 2007), [28,28]."""
    return grid(np.abs(picture.astype(np.float32) - jpeg(picture, 90).astype(np.float32)).mean(2))


def noise_level(picture):
    """Median absolute high frequency of the luminance of each patch, [28,28]."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = np.abs(grey - cv2.medianBlur(grey, 3))
    rows, columns = (np.array_split(np.arange(n), GRID) for n in fine.shape)
    return np.array([[np.median(fine[r[0] : r[-1] + 1, c[0] : c[-1] + 1]) for c in columns] for r in rows])


MAPS = {"error level": error_level, "noise": noise_level}


def told(values, mask):
    """AUROC of patches, the better way round; nothing where a class is missing."""
    changed, kept = mask >= CHANGED, mask <= KEPT
    known = changed | kept
    if changed.sum() < 2 or kept.sum() < 2:
        return None
    found = roc_auc_score(changed[known], values[known])
    return max(found, 1 - found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "manifest", "edits", "decoder", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--most", type=int, default=1500)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    sources, found = Sources(args.clones, args.manifest, args.edits, args.decoder), defaultdict(list)
    for n in range(args.most):
        made, rng = sample(sources, n)
        if made is None or (made[2]["kind"] == "whole" and made[2]["synthetic"]):
            continue
        picture, mask, facts = made
        picture, _way = carried(picture, rng)
        kind = "laid-on" if facts["kind"] == "whole" and "laid" in facts else facts["kind"]
        folder = args.out / kind
        folder.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(folder / f"{n}.png"), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        for name, drawn in MAPS.items():
            value = told(drawn(picture), grid(mask)) if mask.any() else None
            if value is not None:
                found[kind, name].append(value)
    for (kind, name), values in sorted(found.items()):
        print(kind, name, round(float(np.mean(values)), 3), len(values))
