"""Writes the folders of the networks that find local edits, their part of fusion.json and of evaluation.json.

python -m assay_training edit-cards --whole DIR --close DIR --samples DIR --models FOLDER

--whole, --close: what edit-heads left of either look; --samples: what edit-samples left.
"""

import argparse
import datetime
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assay_training.cards import rounded, write
from assay_training.edit_heads import CHANGED, KEPT, TOKEN, Judged, OfOnePiece, Seen
from assay_training.edit_samples import DEVIATIONS, PHOTOGRAPHS, fold

VERSION = "1.0.0"
LOOKS = {
    "whole": (
        "edits-whole",
        "Local edits, first look",
        "A small network over the patch tokens of CLIP ViT-B/16 of the whole picture made small, that finds what does not belong to the rest.",
    ),
    "close": (
        "edits-close",
        "Local edits, second look",
        "The same over the patch tokens of squares side by side, two along the shorter side of the picture.",
    ),
}
GATE = 0.025  # share of real pictures that are looked at closely where time is spared
BINS = 10  # of probabilities, for the error of calibration
BOUND = 4.0  # no more than 50 to 1
CAMERA = ("camera original", "phone photo", "low light photo", "professional photo")
CAMERA_CALLED, KIND_CALLED = 0.01, 0.03  # at most
KIND_PICTURES = 40  # of a kind, fewer than which set no threshold
UNSURE = ["chmoe/Real_Fake_Face"]  # portraits with photomontages among them, whose folders may say what a program took them for
AREAS = ((0.02, 0.05), (0.05, 0.15), (0.15, 0.45))
BELOW_SIDE = 224
COMPOSITES, COHERENT = ("pasted", "matted"), ("exchanged",)
PROTOCOL = (
    "Three folds: base, filling and page of what is judged were not learned from. Pictures are squares, coded as on the web (resized to 0.4 to 1, WebP or JPEG 60 to 98). Patches are of 1/28 of a side; their AUROC is the mean over edited pictures, "
    "that of pictures is against untouched photographs of all kinds, sources alike. Recall is of edits of more than 5 % of the picture, at 1 % and 3 % of untouched photographs as cameras and telephones left them. Calibration and threshold are fitted to the same left-out scores (four numbers). Coherent edits are pairs of pages (inpainting, instruction edits, edits of clips, face swaps), as found or "
    "blended by their own mask, and parts of wholly remade versions of a picture blended by a mask of any shape."
)
RULE = f"altered: the smallest log-likelihood ratio that at most {CAMERA_CALLED:.0%} of left-out untouched photographs as cameras and telephones left them reach, sources alike, and at most {KIND_CALLED:.0%} of each kind of real pictures with at least {KIND_PICTURES}, those with captions, logos, borders and the like among them."
LIMITS = [
    "Edits whose texture and light fit, as inpainting by today's generators makes them, are found rarely; parts of less than 5 % of the picture hardly ever.",
    "A picture that a generator made anew as a whole, even if it changed only a part, is of one piece: this network says nothing of it.",
    "Small or strongly recompressed pictures keep few traces.",
    "Insets, stickers and collages with clean straight edges were learned as no alteration; a forger may use that.",
    "Where the part is, is told by patches of 1/28 of the shorter side at best.",
]


class Left:
    """Left-out scores."""

    def __init__(self, whole, close):
        self.rows, patches, looks, masks = [], [], [], []
        for file in sorted(Path(close).glob("[0-9].npz")):
            with np.load(file) as of, np.load(Path(whole) / file.name) as first:
                if list(of["rows"]) != list(first["rows"]):
                    raise SystemExit(f"{file.name} of both looks is not of the same samples. Compute both anew.")
                self.rows += [json.loads(row) for row in of["rows"]]
                # Where a part is, both looks say together.
                patches.append((of["patches"].astype(np.float32) + first["patches"].astype(np.float32).repeat(2, 1).repeat(2, 2)) / 2)
                looks.append(np.stack([first["pictures"], of["pictures"]], 1))
                masks.append(of["masks"].reshape(-1, 28, 28) / 255)
        self.patches, self.looks, self.masks = map(np.concatenate, (patches, looks, masks))
        self.pictures = self.looks.sum(1)
        sure = ~((self.column("kind") == "whole") & np.isin(self.column("base"), UNSURE))
        self.rows = [row for row, kept in zip(self.rows, sure) if kept]
        self.patches, self.looks, self.masks, self.pictures = (a[sure] for a in (self.patches, self.looks, self.masks, self.pictures))
        self.kind = self.column("kind")
        self.whole, self.synthetic = self.kind == "whole", self.column("synthetic").astype(bool)
        self.laid, self.what, self.base = self.column("laid", ""), self.column("what", ""), self.column("base")
        self.share, self.condition = self.column("share").astype(float), self.column("condition")
        photograph = np.array([any(word in what for word in PHOTOGRAPHS) for what in self.what])
        self.untouched = self.whole & ~self.synthetic & (self.laid == "")
        self.photograph = self.untouched & photograph
        self.camera = self.untouched & np.isin(self.what, CAMERA)

    def column(self, name, missing=None):
        return np.array([row.get(name, missing) for row in self.rows])

    def patch_auroc(self, rows):
        """Mean over edited pictures."""
        each = []
        for i in np.flatnonzero(rows):
            changed, kept = self.masks[i] >= CHANGED, self.masks[i] <= KEPT
            if changed.sum() > 1 and kept.sum() > 1:
                known = changed | kept
                each.append(roc_auc_score(changed[known], self.patches[i][known]))
        return float(np.mean(each)) if each else None

    def f1(self, rows, threshold):
        """Mean over edited pictures of the F1 of their patches."""
        each = []
        for i in np.flatnonzero(rows):
            changed, said = self.masks[i] >= CHANGED, self.patches[i] >= threshold
            if changed.any():
                each.append(2 * (changed & said).sum() / (changed.sum() + said.sum()))
        return float(np.mean(each)) if each else None


def alike(names):
    """Weights by which each name counts alike, with the sum 1."""
    _, of, count = np.unique(names, return_inverse=True, return_counts=True)
    weights = 1 / count[of]
    return weights / weights.sum()


def reached(scores, names, most):
    """The smallest threshold that at most this share reaches, sources alike."""
    order = np.argsort(-scores)
    share = np.cumsum(alike(names)[order])
    over = np.searchsorted(share, most, side="right")
    return float(scores[order][min(over, len(order) - 1)]) + 1e-6


def share_from(scores, names, threshold):
    return float((alike(names) * (scores >= threshold)).sum()) if len(scores) else None


def calibrated(left, rows):
    """Factors of both looks and intercept: edited against whole, each kind of edit and each source of whole pictures alike."""
    edited = ~left.whole[rows]
    weights = np.zeros(len(edited))
    weights[edited], weights[~edited] = alike(left.kind[rows][edited]) / 2, alike(left.base[rows][~edited]) / 2
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(left.looks[rows], edited, sample_weight=weights * len(edited))
    return [float(w) for w in fitted.coef_[0]], float(fitted.intercept_[0])


def calibration(left, rows):
    """How far the ratios that one fit gives are from what is so in a fold that it was not fitted to: Cllr in bits (Brümmer and du Preez,
    2006), and the expected error of the probability at even odds, edited and whole pictures alike."""
    of = np.array([fold(base) for base in left.base[rows]])
    ratios = np.zeros(len(rows))
    for number in set(of):
        weights, intercept = calibrated(left, rows[of != number])
        ratios[of == number] = bounded(left.looks[rows[of == number]] @ np.array(weights) + intercept)
    edited = ~left.whole[rows]
    weight = np.zeros(len(rows))
    weight[edited], weight[~edited] = alike(left.kind[rows][edited]) / 2, alike(left.base[rows][~edited]) / 2
    cost = np.where(edited, np.log2(1 + np.exp(-ratios)), np.log2(1 + np.exp(ratios)))
    probability = 1 / (1 + np.exp(-ratios))
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    error = sum(abs((weight * (probability - edited))[bins == b].sum()) for b in range(BINS))
    return {"n": len(rows), "cllr": float((weight * cost).sum()), "ece": float(error)}


def bounded(ratio):
    return ratio / (1 + abs(ratio / BOUND) ** 4) ** 0.25


def threshold(left, rows):
    """By the rule."""
    now = np.zeros(len(left.rows), bool)
    now[rows] = True
    camera = now & left.camera
    found = [reached(left.pictures[camera], left.base[camera], CAMERA_CALLED)]
    real = now & left.whole & ~left.synthetic
    kinds = np.where(left.laid == "", left.what, np.char.add("with ", left.laid.astype(str)))
    for kind in np.unique(kinds[real]):
        own = real & (kinds == kind)
        if own.sum() >= KIND_PICTURES:
            found.append(reached(left.pictures[own], np.arange(own.sum()), KIND_CALLED))
    return max(found)


def figures(left, rows, called):
    """Of one kind of edit against untouched photographs."""
    condition = left.condition == left.condition[np.flatnonzero(rows)[0]]
    photographs, camera = left.photograph & condition, left.camera & condition
    real, edited = left.pictures[photographs], left.pictures[rows]
    labels = np.r_[np.ones(len(edited)), np.zeros(len(real))]
    large = left.pictures[rows & (left.share > AREAS[1][0])]
    at = [reached(left.pictures[camera], left.base[camera], most) for most in (0.01, 0.03)]
    return {
        "n": len(edited),
        "patchAuroc": left.patch_auroc(rows),
        "auroc": float(
            roc_auc_score(
                labels, np.r_[edited, real], sample_weight=np.r_[np.ones(len(edited)) / len(edited), alike(left.base[photographs])]
            )
        ),
        "large": len(large),
        "at1": float((large >= at[0]).mean()) if len(large) else None,
        "at3": float((large >= at[1]).mean()) if len(large) else None,
        "altered": float((edited >= called).mean()),
    }


def evaluated(left, called, patch):
    carried = left.condition == "carried"
    edited, groups = carried & ~left.whole, {}
    groups["composites (pasted, matted)"] = edited & np.isin(left.kind, COMPOSITES)
    groups["coherent edits (pairs of pages)"] = edited & np.isin(left.kind, COHERENT)
    for kind in sorted(set(left.kind[edited])):
        groups[kind] = edited & (left.kind == kind)
    filled = left.column("filled", "")
    for what in ("real", "synthetic"):
        groups[f"filling {what}"] = edited & (filled == what)
    pages = left.column("page", "")
    for page in sorted(set(pages[edited & (left.kind == "exchanged")])):
        groups[f"page {page}"] = edited & (pages == page)
    result = {"kinds": [{"what": name, **figures(left, rows, called)} for name, rows in groups.items() if rows.sum() >= 8]}
    result["areas"] = []
    for low, high in AREAS:
        for name, kinds in (
            ("composites", COMPOSITES),
            ("coherent edits", COHERENT),
            ("drawn by a decoder (decoded, filled)", ("decoded", "filled")),
            ("others", ("copied", "painted-over", "made-anew")),
        ):
            rows = edited & np.isin(left.kind, kinds) & (left.share >= low) & (left.share < high)
            if rows.sum() >= 8:
                own = figures(left, rows, called)
                result["areas"].append(
                    {
                        "what": f"{name}, {low:.0%} to {high:.0%}",
                        "n": own["n"],
                        "patchAuroc": own["patchAuroc"],
                        "f1": left.f1(rows, patch),
                        "auroc": own["auroc"],
                        "altered": own["altered"],
                    }
                )
    result["real"] = []
    whole = carried & left.whole
    names = np.where(
        left.synthetic, "synthetic as a whole", np.where(left.laid == "", left.what, np.char.add("with ", left.laid.astype(str)))
    )
    for name in sorted(set(names[whole])):
        rows = whole & (names == name)
        if rows.sum() >= 8:
            result["real"].append(
                {
                    "kind": name,
                    "sources": len(set(left.base[rows])),
                    "n": int(rows.sum()),
                    "altered": float((left.pictures[rows] >= called).mean()),
                }
            )
    result["conditions"] = []
    for condition in sorted(set(left.condition)):
        rows = (left.condition == condition) & ~left.whole
        for name, kinds in (("composites", COMPOSITES), ("coherent edits", COHERENT)):
            own = rows & np.isin(left.kind, kinds)
            if own.sum() >= 8:
                photographs = left.photograph & (left.condition == condition)
                result["conditions"].append(
                    {
                        "what": f"{name}, {condition}",
                        **figures(left, own, called),
                        "falsePositives": share_from(left.pictures[photographs], left.base[photographs], called),
                    }
                )
    result["calibration"] = calibration(left, np.flatnonzero(carried))
    return result


def best_patch(left, rows):
    """The log-odds of a patch at which the mean F1 is the largest."""
    return max(np.arange(-2, 4.1, 0.25), key=lambda at: left.f1(rows, at))


def learned(left):
    count, what = Counter(left.base), {}
    for row in left.rows:
        what[row["base"]] = "synthetic" if row["synthetic"] else "real"
    return [{"id": base, "label": what[base], "count": int(n)} for base, n in sorted(count.items())]


def export(weights, scale, out):
    """The network as ONNX; what the backbone gives is divided by its deviations inside."""
    seen, judged, state = Seen(), Judged(), torch.load(weights)
    seen.load_state_dict(state["seen"])
    judged.load_state_dict(state["judged"])
    network = OfOnePiece(seen, judged, scale * 127 / DEVIATIONS)
    axes = {"tokens": {1: "rows", 2: "columns"}, "patches": {1: "rows", 2: "columns"}}
    torch.onnx.export(
        network.eval(),
        torch.zeros(1, 28, 28, TOKEN),
        str(out),
        input_names=["tokens"],
        output_names=["patches", "picture"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(onnx.load(out))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("whole", "close", "samples", "models"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    left = Left(args.whole, args.close)
    carried = left.condition == "carried"
    weights, intercept = calibrated(left, np.flatnonzero(carried))
    left.pictures = bounded(left.looks @ np.array(weights) + intercept)
    called, patch = threshold(left, np.flatnonzero(carried)), best_patch(left, carried & np.isin(left.kind, (*COMPOSITES, *COHERENT)))
    measured = evaluated(left, called, patch)
    photographs, real = left.photograph & carried, left.whole & ~left.synthetic & carried
    falsely = share_from(left.pictures[photographs], left.base[photographs], called)
    gate = reached(left.looks[real, 0], left.base[real], GATE)
    for row in measured["kinds"]:
        own = carried & (left.kind == row["what"])
        if own.any():
            row["alteredSparing"] = float(((left.pictures >= called) & (left.looks[:, 0] >= gate))[own].mean())
    for look, (name, title, description) in LOOKS.items():
        folder = args.models / name
        folder.mkdir(exist_ok=True)
        export(getattr(args, look) / "all.pt", np.load(args.samples / "scale.npy"), folder / "model.onnx")
        card = {
            "format": 1,
            "id": name,
            "version": VERSION,
            "name": title,
            "description": description,
            "task": "local-edits",
            "licence": "Apache-2.0",
            "file": "model.onnx",
        }
        card |= {
            "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
            "input": {"backbone": "clip-vit-b-16"},
            "tokens": "patch_tokens",
        }
        card |= {"output": {"patches": "patches", "picture": "picture"}, "patch": float(patch), "belowSide": BELOW_SIDE}
        write(
            folder / "card.json", card | {"training": {"recipe": "models/training/README.md", "sources": learned(left)}, "limits": LIMITS}
        )
    fusion = json.loads((args.models / "fusion.json").read_text())
    fitted = {
        "whole": weights[0],
        "close": weights[1],
        "intercept": intercept,
        "bound": BOUND,
        "gate": gate,
        "threshold": called,
        "falsePositives": falsely,
    }
    fusion["image"]["edits"], fusion["video"]["edits"], fusion["audio"]["edits"] = rounded(fitted, 4), None, None
    write(args.models / "fusion.json", fusion)
    evaluation = json.loads((args.models / "evaluation.json").read_text())
    evaluation["edits"] = rounded(
        {"date": datetime.date.today().isoformat(), "protocol": PROTOCOL, "rule": RULE, "falsePositives": falsely, **measured}
    )
    write(args.models / "evaluation.json", evaluation)
    print(json.dumps(measured["calibration"]))
    print(json.dumps({"fusion": fitted, "patch": float(patch)}, indent=1))
    for part in ("kinds", "areas", "real", "conditions"):
        for row in measured[part]:
            print(part, *(f"{k} {v:.3f}" if isinstance(v, float) else f"{v}" for k, v in row.items()))
