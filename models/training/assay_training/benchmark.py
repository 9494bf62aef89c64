"""Judges a folder with the shipped ONNX files, onnxruntime and OpenCV alone: the speed that `assay scan` is held against.

python -m assay_training benchmark FOLDER WORKERS MODELS...     MODELS: folders of the models

Processes are started and models are loaded before the clock runs; then each worker decodes a picture, cuts its views and runs the
transformer and both heads on them, as the profile `balanced` does, and hashes the file, as every report has its hash.
"""

import argparse
import hashlib
import json
import multiprocessing
import time
from pathlib import Path

import cv2
import numpy as np

from assay_training.parity import Expert, session
from assay_training.views import views

BALANCED = ("clip-whole", "clip-native")
judge = None


class Judge:
    def __init__(self, roots):
        cv2.setNumThreads(1)
        folders = [card.parent for root in roots for card in sorted(Path(root).glob("*/card.json"))]
        self.cards = {}
        for folder in folders:
            card = json.loads((folder / "card.json").read_text())
            if card["task"] == "features":
                self.cards[card["id"]] = card, session(folder / card["file"])
        self.experts = [Expert(folder, self.cards) for folder in folders if folder.name in BALANCED]

    def __call__(self, file):
        content = file.read_bytes()
        hashlib.sha256(content).hexdigest()
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]
        scores = {}
        seen = views(picture)
        for expert in self.experts:
            logits = [expert.logit(view) for view in seen if view.kind == expert.card["views"]["kind"]]
            scores[expert.card["id"]] = sum(logits) / len(logits) if logits else None
        return str(file), scores


def load(roots):
    global judge
    judge = Judge(roots)


def work(file):
    return judge(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("workers", type=int)
    parser.add_argument("models", type=Path, nargs="+")
    args = parser.parse_args()
    folder, workers, roots = args.folder, args.workers, args.models
    files = sorted(f for f in folder.iterdir() if f.is_file())
    with multiprocessing.get_context("spawn").Pool(workers, load, (roots,)) as pool:
        pool.map(work, files[: 4 * workers])
        start = time.perf_counter()
        for name, scores in pool.imap_unordered(work, files):
            json.dumps({"path": name, "scores": scores})
        seconds = time.perf_counter() - start
    print(f"{len(files)} files in {seconds:.1f} s ({len(files) / seconds:.2f} files/s), {workers} workers")
