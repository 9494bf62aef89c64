"""Decodes every picture once and keeps pieces of it to train from.

python -m assay_training texture-prepare --sources DIR --work DIR
"""

import argparse
import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from assay_training.texture.crops import decode
from assay_training.texture.launder import random_resize
from assay_training.texture.sources import piece, read
from assay_training.texture.store import Store

PATCH = 384
TRAIN_PER_GROUP = 400
PATCHES_PER_GROUP = 600
MOST_PATCHES = 4
PIXELS = 60_000_000


def perceptual_hash(picture):
    """64 bits: the signs of the lowest 8 x 8 cosine coefficients of a 32 x 32 grey copy, against their median."""
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (32, 32), interpolation=cv2.INTER_AREA)
    low = cv2.dct(grey.astype(np.float32))[:8, :8].ravel()
    return format(int("".join("1" if v > np.median(low) else "0" for v in low), 2), "016x")


def patches(picture, count, rng):
    """Pieces at native resolution and, for about half of them in large pictures, from a randomly down-sized copy."""
    for _ in range(count):
        view, side = picture, min(picture.shape[:2])
        scale = 1.0
        if side > 1.2 * PATCH and rng.random() < 0.5:
            scale = float(np.exp(rng.uniform(np.log(PATCH / side), 0)))
            view = random_resize(picture, scale, rng)
        y, x = (int(rng.integers(0, max(n - PATCH, 0) + 1)) for n in view.shape[:2])
        yield view[y : y + PATCH, x : x + PATCH], scale


def work(task):
    picture, count = task
    cv2.setNumThreads(1)
    pixels = decode(picture.path.read_bytes()) if picture.path.stat().st_size < 100_000_000 else None
    if pixels is not None:
        pixels = piece(picture, pixels)
    if pixels is None or min(pixels.shape[:2]) < 64 or pixels.shape[0] * pixels.shape[1] > PIXELS:
        return picture, None, []
    facts = {"key": picture.key, "hash": perceptual_hash(pixels), "height": pixels.shape[0], "width": pixels.shape[1]}
    rng = np.random.default_rng(int(hashlib.sha1(picture.key.encode()).hexdigest()[:12], 16))
    cut = [(p, {"key": picture.key, "scale": s}) for p, s in patches(pixels, count, rng)]
    return picture, facts, cut


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()

    args.work.mkdir(parents=True, exist_ok=True)
    done_file = args.work / "pictures.jsonl"
    done = {json.loads(line)["key"] for line in done_file.open()} if done_file.exists() else set()
    groups = {}
    for picture in read(args.sources):
        groups.setdefault(picture.group, []).append(picture)
    tasks = []
    for members in groups.values():
        members.sort(key=lambda p: hashlib.sha1(p.key.encode()).digest())
        count = int(np.clip(round(PATCHES_PER_GROUP / len(members)), 1, MOST_PATCHES))
        tasks += [(p, count) for p in members[:TRAIN_PER_GROUP] if p.key not in done]
    print(len(groups), "groups,", len(tasks), "pictures to prepare")
    train = Store(args.work / "patches")
    with ProcessPoolExecutor(args.workers) as pool, done_file.open("a") as out:
        for n, (picture, facts, cut) in enumerate(pool.map(work, tasks, chunksize=4)):
            train.append(cut)
            out.write(json.dumps(facts or {"key": picture.key, "unreadable": True}) + "\n")
            out.flush()
            if n % 200 == 0:
                print(n, picture.key, flush=True)
