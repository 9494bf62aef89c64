"""Calibration and thresholds from the scores of left-out groups.

python -m assay_training texture-calibrate --work DIR

Platt scaling in log-odds with both classes weighted alike and, within a class, every group and every condition alike: the
result is a log-likelihood ratio. `synthetic` is the smallest posterior (prior 0.5) at which at most 2 % of the real pictures
(groups weighted alike) lie above; `authentic` the largest at which at most 5 % of the synthetic ones lie below.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression

from assay_training.texture.evaluate import by_group, load, weighted

FALSE_POSITIVES, FALSE_NEGATIVES = 0.02, 0.05
CONDITIONS = ["jpeg95", "jpeg75"]
FEWEST_CLIPS = 30
SMALLEST_GROUP = 3


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def pooled(rows):
    """Scores, labels and weights; each condition, each class and each group in it weighted alike."""
    scores, labels, weights = [], [], []
    for condition in sorted({r["condition"] for r in rows}):
        for synthetic in (False, True):
            s, w = weighted(by_group(r for r in rows if r["condition"] == condition and r["synthetic"] == synthetic))
            scores.append(s)
            labels.append(np.full(len(s), synthetic))
            weights.append(w)
    return np.concatenate(scores), np.concatenate(labels), np.concatenate(weights)


def platt(rows):
    scores, labels, weights = pooled(rows)
    fit = LogisticRegression(C=1e6).fit(scores[:, None], labels, sample_weight=weights * len(scores) / weights.sum())
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def calibration_error(rows, bins=15):
    """Expected calibration error of posteriors, each fold's calibrated by the other folds."""
    posterior, labels, weights = [], [], []
    for fold in sorted({r["fold"] for r in rows}):
        slope, intercept = platt([r for r in rows if r["fold"] != fold] or rows)
        s, y, w = pooled([r for r in rows if r["fold"] == fold])
        posterior.append(sigmoid(slope * s + intercept))
        labels.append(y)
        weights.append(w)
    p, y, w = map(np.concatenate, (posterior, labels, weights))
    bin_of = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(np.sum(w[bin_of == b] * (p[bin_of == b] - y[bin_of == b]))) for b in range(bins)) / w.sum())


def quantile(scores, weights, share):
    """The smallest score with at most `share` of the weight strictly above it."""
    order = np.argsort(scores)
    above = 1 - np.cumsum(weights[order]) / weights.sum()
    return scores[order][np.argmax(above <= share + 1e-9)]


def strongest(rows):
    """The largest |LLR| that the left-out groups carry: the share of one class beyond a score against the upper 95 %
    confidence limit of the other class's share there, groups taken as the independent units of the count."""
    best = 0.0
    for condition in CONDITIONS:
        here = [r for r in rows if r["condition"] == condition]
        real, fake = by_group(r for r in here if not r["synthetic"]), by_group(r for r in here if r["synthetic"])
        for sign, own, other in ((1, fake, real), (-1, real, fake)):
            for t in np.quantile(np.concatenate(list(own.values())), np.linspace(0.2, 0.98, 40)):
                hit = np.mean([np.mean(sign * (v - t) > 0) for v in own.values()])
                # effective number: pictures, shrunk by how much the groups differ from one another
                shares = np.array([np.mean(sign * (v - t) > 0) for v in other.values()])
                n = sum(map(len, other.values()))
                mean = shares.mean()
                spread = shares.var(ddof=1) / len(shares)
                effective = min(n, max(len(shares), mean * (1 - mean) / spread)) if spread > 0 else len(shares)
                limit = beta.ppf(0.95, mean * effective + 1, effective - mean * effective)
                best = max(best, float(np.log(max(hit, 1e-9) / limit)))
    return best


def thresholds(rows, slope, intercept, bound):
    """Log-likelihood ratios (synthetic above, authentic below) by the rule above."""
    scores, labels, weights = pooled(rows)
    llr = np.clip(slope * scores + intercept, -bound, bound)
    high = quantile(llr[~labels], weights[~labels], FALSE_POSITIVES)
    low = -quantile(-llr[labels], weights[labels], FALSE_NEGATIVES)
    return high, min(low, high)


def shares(rows, slope, intercept, bound, high, low):
    """How much of each class each answer gets, groups weighted alike."""
    result = {}
    for condition in sorted({r["condition"] for r in rows}):
        for name, synthetic in (("real", False), ("synthetic", True)):
            s, w = weighted(by_group(r for r in rows if r["synthetic"] == synthetic and r["condition"] == condition))
            llr = np.clip(slope * s + intercept, -bound, bound)
            result[f"{name} {condition}"] = {"synthetic": float(w[llr > high].sum()), "authentic": float(w[llr < low].sum())}
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--names", nargs="+", default=["second-0", "second-1", "second-2"])
    args = parser.parse_args()
    rows = [r for r in load(args.work, args.names) if r["condition"] in CONDITIONS]
    slope, intercept = platt(rows)
    bound = round(min(6.0, strongest(rows)), 2)
    high, low = thresholds(rows, slope, intercept, bound)
    result = {
        "image": {"slope": slope, "intercept": intercept},
        "bound": bound,
        "thresholds": {"synthetic": float(sigmoid(high)), "authentic": float(sigmoid(low))},
        "expectedCalibrationError": calibration_error(rows),
        "answers": shares(rows, slope, intercept, bound, high, low),
    }
    video_file = args.work / "video-scores.jsonl"
    clips = [json.loads(line) for line in video_file.open()] if video_file.exists() else []
    count = Counter(c["group"] for c in clips)
    clips = [c for c in clips if count[c["group"]] >= SMALLEST_GROUP]
    if min(sum(c["synthetic"] == s for c in clips) for s in (True, False)) >= FEWEST_CLIPS:
        slope, intercept = platt(clips)
        high, low = thresholds(clips, slope, intercept, bound)
        result["video"] = {"slope": slope, "intercept": intercept}
        real = sum(not c["synthetic"] for c in clips)
        result["limits"] = [
            f"Video rests on {real} real and {len(clips) - real} synthetic clips in {len(set(c['group'] for c in clips))} sources: a rough calibration."
        ]
        result["videoAnswers"] = shares(clips, slope, intercept, bound, high, low)
    else:
        result["video"] = {"slope": slope / 3, "intercept": intercept / 3}
        result["limits"] = [f"Too few clips to calibrate video ({len(clips)}): a third of the picture's slope is used there."]
    result["videoThresholds"] = {"synthetic": float(sigmoid(high)), "authentic": float(sigmoid(low))}
    (args.work / "calibration.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
