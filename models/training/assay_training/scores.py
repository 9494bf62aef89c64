"""Scores of a shipped model that reads pixels, for the pictures of a manifest; resumable.

python -m assay_training scores --model FOLDER --clones DIR --manifest JSONL --out JSONL [--conditions jpeg95 ...] [--most N]

Pictures of the sources that its card names as training data are left out, so that what remains are scores of sources never seen.
"""

import argparse
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np

from assay_training.conditions import launder
from assay_training.parity import Expert
from assay_training.pictures import Clones, cut, decode, read, spread


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "clones", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--conditions", nargs="+", default=["jpeg95"])
    parser.add_argument("--most", type=int, default=10**9)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    expert, clones = Expert(args.model, {}), Clones(args.clones)
    learned = {s["id"] for s in expert.card["training"]["sources"]}
    done = {(r["key"], r["condition"]) for r in map(json.loads, args.out.open())} if args.out.exists() else set()
    with args.out.open("a") as out:
        for picture in spread(read(args.manifest))[: args.most]:
            todo = [c for c in args.conditions if (picture.key, c) not in done]
            if picture.source in learned or not todo:
                continue
            pixels = decode(clones.bytes(picture.row))
            pixels = None if pixels is None else cut(picture, pixels)
            if pixels is None or min(pixels.shape[:2]) < 64:
                continue
            for condition in todo:
                seed = int(hashlib.sha1(f"{condition} {picture.key}".encode()).hexdigest()[:12], 16)
                seen = expert.seen(launder(condition, pixels, np.random.default_rng(seed)))
                if seen:
                    score = float(np.mean([expert.logit(v) for v in seen]))
                    out.write(json.dumps({"key": picture.key, "condition": condition, "score": score}) + "\n")
            out.flush()
