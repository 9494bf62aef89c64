"""Scores of swaps by methods that the head for faces never saw, and of the real faces of the same pages, as they were published.

python -m assay_training face-swaps --clones DIR --models FOLDER --backbone FOLDER --manifest JSONL --out JSON

CLONES as elsewhere; the pictures are few, but made by the methods themselves: Deepfakes (PeterWang512/CNNDetection, without the
frame that tells the class), FaceSwap's 3D model (wuhuikai/FaceSwap), Ghost (ai-forever/ghost), and one frame each of the clips of
FaceShifter, HiRes, E4S and inswapper in videos.jsonl.
"""

import argparse
import json
import re
import subprocess
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from assay_training.ensemble import auroc
from assay_training.extract import Network
from assay_training.face_heads import SWAPS
from assay_training.faces import SIDE, SMALLEST, Detector, frames_of, resized
from assay_training.pictures import Clones, read

DEEPFAKES = ("PeterWang512/CNNDetection", "gh-pages", r"_deepfake_(fake|real)\.jpg$", 50)
PICTURES = [
    ("wuhuikai/FaceSwap", r"^imgs/test\d\.jpg$", False, "face-swap-3d"),
    ("wuhuikai/FaceSwap", r"^results/output\d_\d\.jpg$", True, "face-swap-3d"),
    ("ai-forever/ghost", r"^examples/images/tgt\d\.png$", False, "ghost"),
    ("ai-forever/ghost", r"^examples/results/result\.png$", True, "ghost"),
]


class Judge:
    def __init__(self, models, backbone):
        card = json.loads((models / "face" / "card.json").read_text())
        self.network, self.detector = Network(backbone / "model.onnx"), Detector(models / "centerface" / "model.onnx")
        self.head = onnxruntime.InferenceSession(str(models / "face" / card["file"]))
        self.line, self.bound = card["calibration"]["lines"]["video"], card["calibration"]["bound"]

    def __call__(self, picture):
        """Log-likelihood ratio of the most suspicious face, or None."""
        ratios = []
        for face in self.detector(picture):
            x, y, side = face.square(picture.shape[1], picture.shape[0])
            if side >= SMALLEST:
                outputs = dict(
                    zip(self.network.names, self.network(resized(np.ascontiguousarray(picture[y : y + side, x : x + side]), SIDE)))
                )
                logit = self.head.run(None, {i.name: outputs[i.name][None] for i in self.head.get_inputs()})[0].item()
                ratios.append(self.bound * np.tanh((self.line["slope"] * logit + self.line["intercept"]) / self.bound))
        return float(max(ratios)) if ratios else None


def names(clones, repo, ref):
    folder = clones / repo.replace("/", "+") / "repo"
    command = ["git", "-c", "safe.directory=*", "--git-dir", str(folder)]
    listed = subprocess.run([*command, "ls-tree", "-r", "--name-only", ref], capture_output=True, text=True).stdout.splitlines()

    def picture(name, inset=0):
        data = subprocess.run([*command, "cat-file", "blob", f"{ref}:{name}"], capture_output=True).stdout
        pixels = cv2.cvtColor(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        return np.ascontiguousarray(pixels[inset : pixels.shape[0] - inset, inset : pixels.shape[1] - inset])

    return listed, picture


def media(clones, manifest):
    """Method, whether swapped, and pixels."""
    listed, picture = names(clones, DEEPFAKES[0], DEEPFAKES[1])
    for name in listed:
        if found := re.search(DEEPFAKES[2], name):
            yield "deepfakes", found[1] == "fake", picture(name, DEEPFAKES[3])
    for repo, pattern, swapped, method in PICTURES:
        listed, picture = names(clones, repo, "HEAD")
        for name in filter(re.compile(pattern).search, listed):
            yield method, swapped, picture(name)
    for clip in read(manifest):
        if clip.source in ("v-e4s-src", "v-roop-src", "v-ghost-src") or (clip.synthetic and clip.row["generator"] in SWAPS):
            for frame in frames_of(clip, Clones(clones))[:1]:
                yield clip.row.get("generator", clip.key), clip.synthetic, frame


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "models", "backbone", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    judge, ratios = Judge(args.models, args.backbone), {True: [], False: []}
    methods = {}
    for method, swapped, pixels in media(args.clones, args.manifest):
        ratio = judge(pixels)
        if ratio is not None:
            ratios[swapped].append(ratio)
            methods.setdefault(method, {True: [], False: []})[swapped].append(round(ratio, 2))
    for method, own in methods.items():
        print(method, "swapped", own[True], "real", own[False])
    result = auroc(np.array(ratios[True]), np.array(ratios[False]), np.ones(len(ratios[False])))
    swapped = {m for m, own in methods.items() if own[True]}
    row = {
        "what": "swaps as published, by methods never seen, against real faces of the same pages (called synthetic: beyond 10 to 1)",
        "sources": len(swapped),
        "n": len(ratios[True]),
        "auroc": round(result, 4),
        "synthetic": round(float(np.mean(np.array(ratios[True]) > np.log(10))), 4),
    }
    print(row, "real", len(ratios[False]), "real beyond", round(float(np.mean(np.array(ratios[False]) > np.log(10))), 4))
    args.out.write_text(json.dumps(row) + "\n")
