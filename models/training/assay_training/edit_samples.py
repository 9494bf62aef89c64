"""Edited pictures, made and seen by the backbone once, in the background, resumable: its patch tokens beside what was changed.

python -m assay_training edit-samples --clones DIR --network ONNX --manifest JSONL --edits JSONL --decoder DIR --out DIR [--most N] [--conditions jpeg95 ...] [--shard I/N]

A sample is a square of a picture: edited (edits.py, decoders.py), exchanged in part for an edited version of itself (the pairs of --edits), or
whole, with or without what is laid on for all to see (overlays.py); then coded as on the web. It is looked at twice: whole, at
224 px, and closely, at 448 px in four views. Base and filling are of one fold, so that what is left out shares neither. Writes
shards: `close` int8 [784,3,768] and `whole` int8 [196,3,768] in units of scale.npy, `mask` uint8 [784], the changed share of each
patch of 255; beside them an index (JSON Lines).
"""

import argparse
import json
import tempfile
import zlib
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnx.utils
import torch

from assay_training import decoders, edits, overlays
from assay_training.conditions import EVALUATION, KERNELS, SUBSAMPLINGS, bounded, jpeg, resize, webp
from assay_training.extract import Network, Writer
from assay_training.pictures import Clones, cut, decode, read, spread

FOLDS = 3
SIDE, GRID = 448, 28  # of the close look, in pixels and in patches
LARGEST = 1280  # side of a square, in pixels, before anything else
SMALLEST = 336
MOST = 60  # pictures of a source, or of a generator on it
PHOTOGRAPHS = ("photo", "camera", "wallpaper")
SHARES = {"pasted": 0.2, "matted": 0.15, "copied": 0.08, "painted-over": 0.08, "made-anew": 0.09, "decoded": 0.22, "filled": 0.18}
FROM_OTHERS = ("pasted", "matted", "filled")  # take a part of another picture
EDITED, PAIRED = 0.45, 0.2  # of samples; the rest is whole
SYNTHETIC = 0.22  # of whole ones
LAID_ON = 0.45  # of whole ones that are real
DEVIATIONS = 8  # that 127 stands for
STILL_FLAT = [o for o in overlays.KINDS if o not in ("framed", "collage", "captured", "inset", "shallow")]  # leave everything in its place


def fold(unit):
    return zlib.crc32(unit.encode()) % FOLDS


def unit(picture):
    """What is left out together: a repository of real pictures, a family of generators."""
    return picture.family if picture.synthetic else picture.row["repo"]


def square(pixels, rng, *others):
    """A square of the picture as large as may be, and the same of others of its size."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    y, x = int(rng.integers(0, height - side + 1)), int(rng.integers(0, width - side + 1))
    parts = [p[y : y + side, x : x + side] for p in (pixels, *others)]
    if side > LARGEST:
        parts = [cv2.resize(p, (LARGEST, LARGEST), interpolation=cv2.INTER_AREA) for p in parts]
    return [np.ascontiguousarray(p) for p in parts]


def carried(picture, rng):
    """On its way over the web: resized, coded once or twice, now and then softened."""
    facts = {}
    if rng.random() < 0.55:
        facts["scale"] = round(float(rng.uniform(max(0.4, SMALLEST / picture.shape[0]), 1.0)), 3)
        picture = resize(picture, facts["scale"], int(rng.choice(KERNELS)))
    if rng.random() < 0.06:
        picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.3, 0.8)))
    if rng.random() < 0.15:
        facts["webp"] = int(rng.integers(55, 96))
        picture = webp(picture, facts["webp"])
    if rng.random() < 0.85:
        facts["jpeg"] = int(rng.integers(60, 99))
        picture = jpeg(picture, facts["jpeg"], int(rng.choice(SUBSAMPLINGS)))
    return picture, facts


class Sources:
    """Pictures by fold, and what is read of them."""

    def __init__(self, clones, manifest, pairs, decoder):
        self.clones, self.decoder = Clones(clones), decoders.Autoencoder(decoder)
        pictures = [p for p in spread(read(manifest), MOST) if self.clones.holds(p.row)]
        self.real = [p for p in pictures if not p.synthetic]
        self.photographs = [p for p in self.real if any(word in p.kind for word in PHOTOGRAPHS)]
        self.synthetic = [p for p in pictures if p.synthetic]
        self.fillings = {
            f: ([p for p in self.photographs if fold(unit(p)) == f], [p for p in self.synthetic if fold(unit(p)) == f])
            for f in range(FOLDS)
        }
        self.pairs = [json.loads(line) for line in Path(pairs).read_text().splitlines()]

    def pixels(self, picture, smallest=SMALLEST):
        pixels = decode(self.clones.bytes(picture.row))
        pixels = None if pixels is None else cut(picture, pixels)
        return None if pixels is None or min(pixels.shape[:2]) < smallest else bounded(pixels)

    def filling(self, number, rng):
        photographs, synthetic = self.fillings[number]
        for _ in range(6):
            among = synthetic if synthetic and rng.random() < 0.5 else photographs
            picture = among[int(rng.integers(len(among)))]
            pixels = self.pixels(picture, 200)
            if pixels is not None:
                return picture, pixels
        return None, None

    def version(self, pair, which):
        """The original or the edited version of a pair."""
        path, digest, crop = (
            (pair["path"], pair["sha256"], pair.get("crop"))
            if which == "edited"
            else (pair["original"], pair["originalSha256"], pair.get("originalCrop"))
        )
        data = self.clones.bytes({"repo": pair["repo"], "commit": pair["commit"], "path": path, "sha256": digest})
        if data is None:
            return None
        pixels = frame(data, path, pair["frame"]) if "frame" in pair else decode(data)
        if pixels is not None and crop:
            height, width = pixels.shape[:2]
            left, top, right, bottom = map(float, crop.split(","))
            pixels = pixels[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
        return pixels


def frame(data, path, number):
    with tempfile.NamedTemporaryFile(suffix=Path(path).suffix) as file:
        file.write(data)
        file.flush()
        video, seen = cv2.VideoCapture(file.name), None
        for _ in range(number + 1):
            done, bgr = video.read()
            if not done:
                break
            seen = bgr
    return None if seen is None else cv2.cvtColor(seen, cv2.COLOR_BGR2RGB)


def difference(original, edited):
    """What an edit changed: float32 [h,w] of 0 and 1, holes closed and a little grown."""
    a, b = (cv2.GaussianBlur(p, (0, 0), 2).astype(np.float32) for p in (original, edited))
    changed = (cv2.GaussianBlur(np.abs(a - b).max(2), (0, 0), 3) > 14).astype(np.uint8)
    size = max(5, min(changed.shape) // 40) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return cv2.dilate(cv2.morphologyEx(changed, cv2.MORPH_CLOSE, kernel), kernel).astype(np.float32)


def of_pair(sources, pair, rng):
    original, edited = (sources.version(pair, which) for which in ("original", "edited"))
    if original is None or edited is None:
        return None
    height, width = edited.shape[:2]
    if min(height, width) < SMALLEST:
        height, width = (round(n * SMALLEST / min(edited.shape[:2])) for n in (height, width))
    original, edited = (cv2.resize(p, (width, height), interpolation=cv2.INTER_AREA) for p in (original, edited))
    facts = {
        "kind": "exchanged",
        "base": pair["repo"],
        "method": pair["method"],
        "page": pair["source"],
        "of": pair["path"],
        "synthetic": pair["base"] != "real",
    }
    if pair["change"] == "local":
        mask = difference(original, edited)
        original, edited, mask = square(original, rng, edited, mask)
        if rng.random() < 0.5:
            return edited, mask, {**facts, "as": "found"}
        soft = edits.feathered(mask, rng)
        return edits.blended(original, edited, soft), soft, {**facts, "as": "own mask"}
    original, edited = square(original, rng, edited)
    picture, mask = edits.exchanged(original, edited, rng)
    return picture, mask, {**facts, "as": "any mask"}


def of_edit(sources, n, rng):
    base = sources.photographs[n % len(sources.photographs)] if rng.random() < 0.85 else sources.real[n % len(sources.real)]
    pixels = sources.pixels(base)
    if pixels is None:
        return None
    kind = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    filling, other = sources.filling(fold(unit(base)), rng) if kind in FROM_OTHERS else (None, None)
    if kind in FROM_OTHERS and other is None:
        return None
    (pixels,) = square(pixels, rng)
    if kind in edits.KINDS:
        picture, mask = edits.KINDS[kind](pixels, other, rng)
    else:
        picture, mask = decoders.KINDS[kind](pixels, other, sources.decoder, rng)
    facts = {"kind": kind, "base": unit(base), "of": base.key, "synthetic": False}
    if filling is not None:
        facts |= {"filling": unit(filling), "filled": "synthetic" if filling.synthetic else "real"}
    if rng.random() < 0.12:
        laid = str(rng.choice(STILL_FLAT))
        picture = overlays.KINDS[laid](picture, [], rng)
        facts["laid"] = laid
    return picture, mask, facts


def of_whole(sources, n, rng):
    synthetic = rng.random() < SYNTHETIC
    among = sources.synthetic if synthetic else sources.real
    base = among[n % len(among)]
    pixels = sources.pixels(base)
    if pixels is None:
        return None
    (picture,) = square(pixels, rng)
    facts = {"kind": "whole", "base": unit(base), "of": base.key, "synthetic": synthetic, "what": base.kind}
    if rng.random() < (0.1 if synthetic else LAID_ON):
        laid = str(rng.choice(list(overlays.KINDS)))
        others = (
            []
            if laid not in ("collage", "inset")
            else [p for p in (sources.filling(fold(unit(base)), rng)[1] for _ in range(3)) if p is not None]
        )
        if laid not in ("collage", "inset") or len(others) == 3:
            picture = overlays.KINDS[laid](picture, others, rng)
            (picture,) = square(picture, rng)
            facts["laid"] = laid
    return picture, np.zeros(picture.shape[:2], np.float32), facts


def sample(sources, n):
    rng = np.random.default_rng([25, n])
    which = rng.random()
    if which < PAIRED:
        return of_pair(sources, sources.pairs[n % len(sources.pairs)], rng), rng
    return (of_edit if which < PAIRED + EDITED else of_whole)(sources, n, rng), rng


def grid(mask, patches=GRID):
    return cv2.resize(mask.astype(np.float32), (patches, patches), interpolation=cv2.INTER_AREA)


class Eyes:
    """The backbone up to the last block that is read."""

    def __init__(self, path, folder):
        shortened = Path(folder) / "shortened.onnx"
        if not shortened.exists():
            temporary = shortened.with_suffix(f".{np.random.default_rng().integers(10**9)}.onnx")
            onnx.utils.extract_model(str(path), str(temporary), ["pixels"], ["patch_tokens"])
            temporary.rename(shortened)
        self.network = Network(shortened)

    def tokens(self, view):
        """[196,3,768]"""
        return self.network(view)[0].transpose(1, 0, 2)

    def close(self, picture):
        """[784,3,768], by rows of the whole grid."""
        seen = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA if picture.shape[0] > SIDE else cv2.INTER_LINEAR)
        half = GRID // 2
        tokens = np.zeros((GRID, GRID, 3, 768), np.float32)
        for y in (0, 1):
            for x in (0, 1):
                part = self.tokens(np.ascontiguousarray(seen[y * 224 : y * 224 + 224, x * 224 : x * 224 + 224]))
                tokens[y * half : y * half + half, x * half : x * half + half] = part.reshape(half, half, 3, 768)
        return tokens.reshape(-1, 3, 768)

    def whole(self, picture):
        return self.tokens(cv2.resize(picture, (224, 224), interpolation=cv2.INTER_AREA))


def scale(eyes, sources, folder):
    """Of each channel, what a unit of int8 stands for: [3,768]."""
    file = Path(folder) / "scale.npy"
    if not file.exists():
        seen = np.concatenate(
            [eyes.close(square(p, np.random.default_rng(0))[0]) for p in map(sources.pixels, sources.real[:24]) if p is not None]
        )
        np.save(file.with_suffix(".part.npy"), (DEVIATIONS * seen.std(0) / 127).astype(np.float32))
        file.with_suffix(".part.npy").rename(file)
    return np.load(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "network", "manifest", "edits", "decoder", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--most", type=int, default=8000)
    parser.add_argument("--conditions", nargs="+", help="of the evaluation, in place of the training's own")
    parser.add_argument("--shard", default="0/1")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    part, parts = map(int, args.shard.split("/"))
    args.out.mkdir(parents=True, exist_ok=True)
    sources, eyes = Sources(args.clones, args.manifest, args.edits, args.decoder), Eyes(args.network, args.out)
    units = scale(eyes, sources, args.out)
    writer = Writer(args.out, str(part), ["close", "whole", "mask"], {"close": np.int8, "whole": np.int8, "mask": np.uint8})
    for n in range(part, args.most, parts):
        todo = [c for c in args.conditions or ["carried"] if (n, c) not in writer.done]
        made, rng = sample(sources, n) if todo else (None, None)
        for condition in todo:
            if made is None:
                writer.add([{"key": n, "condition": condition, "unreadable": True}], [None])
                continue
            picture, mask, facts = made
            if condition == "carried":
                picture, way = carried(picture, rng)
            else:
                picture, way = EVALUATION[condition](picture), {}
            close, whole = (np.clip(np.rint(tokens / units), -127, 127) for tokens in (eyes.close(picture), eyes.whole(picture)))
            row = {
                "key": n,
                "condition": condition,
                **facts,
                **way,
                "side": picture.shape[0],
                "share": round(float((mask > 0.5).mean()), 4),
            }
            writer.add([row], [[close, whole, np.rint(255 * grid(mask)).reshape(-1)]])
        if len(writer.rows) >= 100:
            writer.flush()
        if n % 100 < parts:
            print(n, args.most, flush=True)
    writer.flush()
