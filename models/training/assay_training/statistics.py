"""What fitting heads to new generators needs of what was learned from: a basis of the features, and features and left-out
log-likelihood ratios of pictures that were learned from.

python -m assay_training statistics --features DIR --manifest JSONL --models DIR --backbone CARD --out FILE [--per-page N]

The ratios are the shipped sum's, of heads that saw nothing of the picture's source. Form, big-endian: the length of a JSON header and
the header; for each kind of view the mean and the deviation of the features' components as 32-bit floats, the scales of the basis,
the basis as bytes; then for each row its ratio as a 32-bit float, the numbers of its unit and page as 16-bit integers, and its
components in sixteenths of their deviation, as bytes.
"""

import argparse
import json
import struct
from collections import defaultdict
from pathlib import Path

import numpy as np

from assay_training.ensemble import bounded
from assay_training.features import load
from assay_training.heads import FOLDS, LEARNED, fitted, folds

COMPONENTS = 256
STEPS = 16  # of a component's deviation
KINDS = ("whole", "native")
ROWS = 2000  # that the basis is computed from


def means(table, kind):
    """The mean of the features over the views of each row; nan where it has none."""
    of, order = table.of[kind], np.argsort(table.of[kind], kind="stable")
    starts = np.searchsorted(of[order], np.arange(len(table.pictures) + 1))
    result = np.full((len(table.pictures), table.tokens[kind].shape[1]), np.nan, np.float32)
    for i in np.flatnonzero(np.diff(starts)):
        result[i] = table.tokens[kind][order[starts[i] : starts[i + 1]]].astype(np.float32).mean(0)
    return result


def shipped_ratio(models, medium, scores):
    """The log-likelihood ratio by the shipped sum of these models, of the score of each."""
    fusion = json.loads((models / "fusion.json").read_text())[medium]
    weights = next(s for s in fusion["sums"] if set(s["weights"]) == set(scores))
    total = weights["intercept"]
    for name, score in scores.items():
        calibration = json.loads((models / name / "card.json").read_text())["calibration"]
        line = calibration["lines"][medium]
        total = total + weights["weights"][name] * bounded(line["slope"] * score + line["intercept"], calibration["bound"])
    return bounded(total, weights["bounds"]["synthetic"], weights["bounds"]["authentic"])


def left_out(table, models, units):
    """The shipped sum's log-likelihood ratio of each row, by heads that saw nothing of its unit."""
    fold, learned = folds(table, units), np.isin(table.conditions, LEARNED)
    of_rows = {}
    for kind in KINDS:
        scores = np.full(len(table.tokens[kind]), np.nan)
        for f in range(FOLDS):
            coefficients, intercept = fitted(table, kind, np.flatnonzero(learned & (fold != f)))
            views = np.flatnonzero(fold[table.of[kind]] == f)
            scores[views] = table.tokens[kind][views].astype(np.float32) @ coefficients.astype(np.float32) + intercept
        of_rows[f"clip-{kind}"] = table.mean(kind, scores)
    return shipped_ratio(models, "image", of_rows)


def basis(features, size):
    """Mean, basis as bytes with a scale for each component, and what the components of the features are."""
    mean = features.mean(0)
    some = np.random.default_rng(1).permutation(len(features))[:ROWS]
    directions = np.linalg.svd(features[some] - mean, full_matrices=False)[2][:size]
    scale = np.abs(directions).max(1) / 127
    coarse = np.round(directions / scale[:, None]).astype(np.int8)
    components = (features - mean) @ (coarse * scale[:, None]).T
    return mean, coarse, scale, components


def chosen(table, there, per_page):
    """Rows of the conditions that are learned from, at most so many of a page under each."""
    taken, rows = defaultdict(int), []
    for i in np.flatnonzero(there & np.isin(table.conditions, LEARNED)):
        taken[table.page[i], table.conditions[i]] += 1
        if taken[table.page[i], table.conditions[i]] <= per_page:
            rows.append(i)
    return np.array(rows)


def write(args, backbone, features, ratio, group, pages, keys, size=COMPONENTS):
    """Writes rows, in a basis of so many components.

    `features` by kind of view, [rows, features] each; `group` begins with the label; `keys` name the rows' files.
    """
    if args.keys:
        args.keys.write_text(json.dumps(list(map(str, keys))))
    units, unit = np.unique(group, return_inverse=True)
    names, page = np.unique(pages, return_inverse=True)
    header = {
        "format": 1,
        "backbone": backbone,
        "kinds": list(features),
        "features": next(iter(features.values())).shape[1],
        "components": size,
        "steps": STEPS,
        "rows": len(ratio),
        "units": [u.split(" ", 1) for u in units.tolist()],
        "pages": len(names),
    }
    text, coded = json.dumps(header).encode(), []
    with args.out.open("wb") as out:
        out.write(struct.pack(">i", len(text)) + text)
        for of_kind in features.values():
            mean, coarse, scale, components = basis(of_kind, size)
            deviation = components.std(0) + 1e-6
            for values in (mean, deviation, scale):
                out.write(values.astype(">f4").tobytes())
            out.write(coarse.tobytes())
            coded.append(np.clip(np.round(components / deviation * STEPS), -127, 127).astype(np.int8))
        for i in range(len(ratio)):
            out.write(struct.pack(">fHH", ratio[i], unit[i], page[i]) + b"".join(c[i].tobytes() for c in coded))
    synthetic = np.char.startswith(group, "synthetic")
    recall = np.mean(ratio[synthetic] > np.quantile(ratio[~synthetic], 0.98))
    print(len(ratio), "rows,", int(synthetic.sum()), "synthetic; recall at 2 %:", recall)


def arguments(description, *names):
    """A parser with what every such step takes."""
    parser = argparse.ArgumentParser(description=description)
    for name in (*names, "models", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--keys", type=Path, help="write the rows' files there, for experiments that must not part copies of one file")
    return parser


def main():
    parser = arguments(__doc__, "features", "manifest", "backbone")
    parser.add_argument("--per-page", type=int, default=10)
    parser.add_argument(
        "--families", action="store_true", help="ratios of heads that saw nothing of the generator's family, for experiments"
    )
    args = parser.parse_args()
    table = load(args.features, args.manifest, per_source=max(60, args.per_page))
    features = {kind: means(table, kind) for kind in KINDS}
    rows = chosen(table, np.all([np.isfinite(f).all(1) for f in features.values()], 0), args.per_page)
    ratio = left_out(table, args.models, table.family if args.families else table.source)[rows]
    backbone = json.loads(args.backbone.read_text())["sha256"]
    keys = [table.pictures[i].key for i in rows]
    write(args, backbone, {kind: f[rows] for kind, f in features.items()}, ratio, table.group[rows], table.page[rows], keys)
