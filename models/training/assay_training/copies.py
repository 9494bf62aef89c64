"""Copies of pictures as they go around, and the backbone's features of them: what finding known pictures again learns from and is measured on.

python -m assay_training copies --clones DIR --network ONNX --manifest JSONL --out DIR [--per-source N] [--shard I/N]

Each picture is taken as it is and under every change of COPIES. Writes the mean class tokens over the whole views, and PDQ is left to
Java. Resumable, as extract.py.
"""

import argparse
import hashlib
from pathlib import Path

import cv2
import numpy as np

from assay_training.conditions import bounded, jpeg, resize
from assay_training.extract import Network, Writer
from assay_training.pictures import Clones, cut, decode, read, spread
from assay_training.views import views

FONT = cv2.FONT_HERSHEY_SIMPLEX


def cropped(picture, rng, side):
    """A part with this share of each side, anywhere."""
    height, width = (max(64, round(n * side)) for n in picture.shape[:2])
    top, left = rng.integers(0, picture.shape[0] - height + 1), rng.integers(0, picture.shape[1] - width + 1)
    return np.ascontiguousarray(picture[top : top + height, left : left + width])


def captioned(picture, rng):
    """Bars of one colour above and below with a line of words on them, as memes have."""
    height, width = picture.shape[:2]
    bar, colour = max(16, height // int(rng.integers(6, 12))), int(rng.choice([0, 255]))
    bars = [np.full((bar, width, 3), colour, np.uint8) for _ in range(2)]
    for part in bars:
        words = "".join(chr(rng.integers(97, 123)) if rng.random() < 0.85 else " " for _ in range(24))
        cv2.putText(part, words, (bar // 3, bar * 2 // 3), FONT, bar / 50, (255 - colour,) * 3, max(1, bar // 24), cv2.LINE_AA)
    return np.concatenate([bars[0], picture, bars[1]])


def captured(picture, rng):
    """Shown in a window among other things, and captured."""
    picture = resize(picture, 0.77, cv2.INTER_LINEAR)
    height, width = picture.shape[:2]
    light = int(rng.choice([24, 245]))
    page = np.full((round(height * rng.uniform(1.15, 1.5)), round(width * rng.uniform(1.05, 1.4)), 3), light, np.uint8)
    page[: page.shape[0] // 14] = 255 - light if rng.random() < 0.5 else 128
    top, left = page.shape[0] // 10, (page.shape[1] - width) // 2
    top = min(top, page.shape[0] - height)
    page[top : top + height, left : left + width] = picture
    for y in range(top + height + 12, page.shape[0] - 8, 22):
        cv2.putText(
            page, "lorem ipsum dolor sit amet"[: int(rng.integers(8, 26))], (left + 8, y), FONT, 0.5, (255 - light,) * 3, 1, cv2.LINE_AA
        )
    return jpeg(page, 85)


def filtered(picture, rng):
    """Other colours, contrast and light, as filters give."""
    x = picture.astype(np.float32) / 255
    x = x ** float(rng.uniform(0.7, 1.4)) * rng.uniform(0.8, 1.2, 3).astype(np.float32)
    grey = x.mean(2, keepdims=True)
    x = (grey + (x - grey) * float(rng.uniform(0, 1.6)) - 0.5) * float(rng.uniform(0.75, 1.3)) + 0.5
    return jpeg((np.clip(x, 0, 1) * 255).astype(np.uint8), 85)


def beside(picture, other):
    """In a collage of two."""
    height, width = picture.shape[:2]
    other = cv2.resize(other, (width, height), interpolation=cv2.INTER_AREA)
    return jpeg(np.concatenate([picture, other], 1 if width < height else 0), 85)


COPIES = {
    "original": lambda p, rng, other: p,
    "jpeg30": lambda p, rng, other: jpeg(p, 30),
    "half": lambda p, rng, other: jpeg(resize(p, 0.5), 85),
    "quarter": lambda p, rng, other: jpeg(resize(p, 0.25), 85),
    "mirror": lambda p, rng, other: jpeg(np.ascontiguousarray(p[:, ::-1]), 85),
    "crop80": lambda p, rng, other: jpeg(cropped(p, rng, 0.8), 85),
    "crop60": lambda p, rng, other: jpeg(cropped(p, rng, 0.6), 85),
    "caption": lambda p, rng, other: jpeg(captioned(p, rng), 80),
    "screenshot": lambda p, rng, other: captured(p, rng),
    "filter": lambda p, rng, other: filtered(p, rng),
    "collage": lambda p, rng, other: beside(p, other),
}


def copy(name, key, picture, other):
    """A copy of a picture; which crop or caption, its key decides."""
    seed = int(hashlib.sha1(f"{name} {key}".encode()).hexdigest()[:12], 16)
    return COPIES[name](picture, np.random.default_rng(seed), other)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "network", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--per-source", type=int, default=12)
    parser.add_argument("--shard", default="0/1")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    part, parts = map(int, args.shard.split("/"))
    network, clones = Network(args.network), Clones(args.clones)
    writer = Writer(args.out, str(part), ["class_tokens"])
    other = np.full((256, 256, 3), 128, np.uint8)
    for n, picture in enumerate(p for i, p in enumerate(spread(read(args.manifest), args.per_source)) if i % parts == part):
        todo = [c for c in COPIES if (picture.key, c) not in writer.done]
        if not todo or not clones.holds(picture.row):
            continue
        pixels = decode(clones.bytes(picture.row))
        pixels = None if pixels is None else bounded(cut(picture, pixels), 1280)
        if pixels is None or min(pixels.shape[:2]) < 128:
            continue
        for name in todo:
            seen = [v.pixels for v in views(copy(name, picture.key, pixels, other), 1) if v.kind == "whole"]
            if seen:
                mean = np.mean([network(v)[0].astype(np.float32) for v in seen], 0)
                writer.add([{"key": picture.key, "condition": name, "source": picture.source}], [[mean]])
        other = pixels
        if n % 100 == 0:
            print(n, flush=True)
    writer.flush()
