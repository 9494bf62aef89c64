"""Heads on the encoder of sound: small networks for speech, and a linear one that tells speech, singing and music apart.

python -m assay_training sound-heads --sounds DIR --manifest JSONL --voices DIR --out DIR

Each fold is scored by a head that saw nothing of its pages, nor of any system that they show. Writes OUT/encoder.onnx,
OUT/kinds.onnx and OUT/encoder.jsonl, a score for each clip and condition.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional

from assay_training.regression import fit, weights
from assay_training.sound_conditions import TRAINING
from assay_training.sound_encoder import halve
from assay_training.sound_features import load

STRENGTH = 1e-3
NETWORKS = 1  # whose logits are averaged
HIDDEN, ROUNDS, BATCH, RATE, DECAY = 256, 6, 256, 1e-3, 0.1
SOFT = 0.05  # labels are that far from certain
KINDS = ("speech", "singing", "music")
LEARNED = ["found", *TRAINING]


def standard(coefficients, intercept, x, synthetic, w):
    """Scores in standard deviations of the real windows that were learned from, so that those of different folds compare."""
    scores, real = x @ coefficients.astype(np.float32) + intercept, ~synthetic
    mean = np.average(scores[real], weights=w[real])
    spread = np.sqrt(np.average((scores[real] - mean) ** 2, weights=w[real]))
    return coefficients / spread, float((intercept - mean) / spread)


class Head(nn.Module):
    """Features [n, 2304] to `logit` [n, 1]: one hidden layer, networks of which are averaged."""

    def __init__(self, centre, spread):
        super().__init__()
        self.register_buffer("centre", torch.from_numpy(centre))
        self.register_buffer("spread", torch.from_numpy(spread))
        self.networks = nn.ModuleList(
            nn.Sequential(nn.Dropout(0.3), nn.Linear(len(centre), HIDDEN), nn.ReLU(), nn.Dropout(0.5), nn.Linear(HIDDEN, 1))
            for _ in range(NETWORKS)
        )

    def forward(self, features):
        x = (features - self.centre) / self.spread
        return torch.stack([network(x) for network in self.networks]).mean(0)


def head(windows, rows):
    """What learned from these rows."""
    at = np.flatnonzero(rows)
    x = windows.of["features"][at].astype(np.float32)
    torch.manual_seed(0)
    result, rng = Head(x.mean(0), x.std(0) + 1e-6), np.random.default_rng(0)
    chance = weights(windows.group[at], windows.synthetic[at])
    chance /= chance.sum()
    x = (torch.from_numpy(x) - result.centre) / result.spread
    labels = torch.from_numpy(windows.synthetic[at] * (1 - 2 * SOFT) + SOFT).float()
    steps = ROUNDS * len(at) // BATCH
    for network in result.networks:
        optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
        for _ in range(steps):
            batch = rng.choice(len(at), BATCH, p=chance)
            loss = functional.binary_cross_entropy_with_logits(network(x[batch])[:, 0], labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return result.eval()


def logits(of, windows, rows):
    with torch.no_grad():
        return of(torch.from_numpy(windows.of["features"][rows].astype(np.float32)))[:, 0].numpy()


def left_out(speech, learned):
    """The score of each window by a head that saw nothing of its fold."""
    scores = np.zeros(len(speech))
    for fold in np.unique(speech.fold):
        here = speech.fold == fold
        scores[here] = logits(head(speech, speech.left(fold) & learned), speech, here)
        print("fold", fold, flush=True)
    return scores


def write_scores(windows, scores, name, file):
    """A line for each clip and condition."""
    rows, means = windows.clips(scores)
    with file.open("w") as out:
        for i, score in zip(rows, means):
            row = {"key": windows.key[i], "condition": windows.condition[i], "fold": int(windows.fold[i]), name: round(float(score), 5)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def kinds(windows):
    """One head for each kind of content against the others: coefficients [2304, 3] and intercepts."""
    x, result = windows.of["features"].astype(np.float32), []
    for kind in KINDS:
        own = windows.content == kind
        result.append(fit(x, own, weights(np.char.add(windows.group, windows.content), own), STRENGTH))
    return np.stack([c for c, _ in result], 1), np.array([i for _, i in result])


def export(head, file):
    torch.onnx.export(
        head,
        torch.zeros(1, len(head.centre)),
        str(file),
        input_names=["features"],
        output_names=["logit"],
        dynamic_axes={"features": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
    halve(file)


def export_kinds(coefficients, intercepts, file):
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["features", "coefficients", "intercepts"], ["kinds"])],
        "kinds",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", len(coefficients)])],
        [helper.make_tensor_value_info("kinds", TensorProto.FLOAT, ["n", len(intercepts)])],
        [
            numpy_helper.from_array(coefficients.astype(np.float32), "coefficients"),
            numpy_helper.from_array(intercepts.astype(np.float32), "intercepts"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def report_kinds(windows):
    """How often left-out sources are told right."""
    source_fold = {s: i % 4 for i, s in enumerate(sorted(set(windows.source)))}
    fold, told = np.array([source_fold[s] for s in windows.source]), np.zeros(len(windows), int)
    for f in range(4):
        coefficients, intercepts = kinds(windows.where(fold != f))
        logits = windows.of["features"][fold == f].astype(np.float32) @ coefficients.astype(np.float32) + intercepts
        told[fold == f] = np.where(logits.max(1) > 0, logits.argmax(1), len(KINDS))
    for kind in KINDS:
        own = told[windows.content == kind]
        shares = {k: round(float((own == j).mean()), 3) for j, k in enumerate((*KINDS, "other"))}
        print(kind, len(own), shares, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sounds", "manifest", "voices", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    speech = load(args.sounds, args.manifest, args.voices)
    learned = np.isin(speech.condition, LEARNED)
    write_scores(speech, left_out(speech, learned), "encoder", args.out / "encoder.jsonl")
    export(head(speech, learned), args.out / "encoder.onnx")
    everything = load(args.sounds, args.manifest, args.voices, content=KINDS, conditions=LEARNED)
    report_kinds(everything)
    export_kinds(*kinds(everything), args.out / "kinds.onnx")
