"""Leak check: can a small classifier tell the classes from facts of format, size and coding of what the network sees?

python -m assay_training texture-leaks --sources DIR --work DIR

Draws training crops as train.py does, keeps only facts of their making and 8x8 block-grid statistics of their pixels, and
gives the AUROC of gradient-boosted trees whose folds are split by group. Near 0.5 is what we want.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from assay_training.texture.sources import split, usable
from assay_training.texture.train import Batches

CODECS = {"none": 0, "jpeg": 1, "webp": 2}


def grid_statistics(crop):
    """Mean absolute second difference across each of the 8 possible block columns and rows, over their mean."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    result = []
    for g in (grey, grey.T):
        d = np.abs(2 * g[:, 1:-1] - g[:, :-2] - g[:, 2:]).mean(0)
        phases = np.array([d[i::8].mean() for i in range(8)]) / (d.mean() + 1e-3)
        result += [phases.max(), phases.min(), phases.std()]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold", default="all", help="check what this fold learns from")
    parser.add_argument("--crops", type=int, default=6000)
    parser.add_argument("--size", type=int, default=160)
    args = parser.parse_args()
    pictures = usable(args.sources, args.work)
    if args.fold != "all":
        pictures = split(pictures, int(args.fold))[0]
    batches = Batches(args.work, pictures, 2, args.size, args.crops, 7)
    rng = np.random.default_rng(7)
    made, pixels, labels, groups = [], [], [], []
    for i in range(args.crops):
        crop, facts, picture = batches.draw(i % 2, rng)
        made.append([facts["scale"], facts["halved"], facts["encodings"], CODECS[facts["codec"]], facts["padded"]])
        pixels.append(grid_statistics(crop))
        labels.append(i % 2)
        groups.append(picture.group)
    made, pixels, labels, groups = np.array(made, float), np.array(pixels), np.array(labels), np.array(groups)
    for name, x in (("making", made), ("block grid", pixels), ("both", np.c_[made, pixels])):
        predicted = np.zeros(len(x))
        for train, test in StratifiedGroupKFold(5, shuffle=True, random_state=0).split(x, labels, groups):
            model = HistGradientBoostingClassifier(max_depth=4, max_iter=100, learning_rate=0.05, random_state=0).fit(
                x[train], labels[train]
            )
            predicted[test] = model.predict_proba(x[test])[:, 1]
        print(f"{name}: AUROC {roc_auc_score(labels, predicted):.3f}", flush=True)
