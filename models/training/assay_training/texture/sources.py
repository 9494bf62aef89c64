"""The pictures to learn from, their groups and the folds.

DIR/manifest.jsonl holds one JSON object a picture or clip; README.md lists the keys. The unit of every split is the family:
generators that share code, weights or prompts, or one source of real pictures. Figures are given per group, which is a
generator or a source of real pictures; generators with few pictures share a group.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from assay_training.pictures import FAMILIES

FOLDS = 3
FEW = 12
LOSSLESS = {".png", ".bmp", ".tif", ".tiff", ".ppm"}

# Every picture shows the same prompt: usable on one side of a split only, so without the generators that have a family.
ONE_PROMPT = {"swarmui-models"}


@dataclass(frozen=True)
class Picture:
    key: str
    path: Path
    tile: tuple  # columns, rows, number
    letterboxed: bool
    synthetic: bool
    source: str
    generator: str
    kind: str
    licence: str
    origin: str
    families: tuple
    group: str

    @property
    def lossless(self):
        return self.path.suffix.lower() in LOSSLESS


def tiles(row):
    """Columns and rows of a montage: `2` is 2 x 2, `3x1` is three columns in one row."""
    columns, _, rows = str(row.get("tile") or 1).partition("x")
    return int(columns), int(rows or columns)


def read(root, media="image"):
    """Every picture (or clip) of DIR/manifest.jsonl, montages as one entry for each of their tiles."""
    pictures = []
    for line in (root / "manifest.jsonl").open():
        row = json.loads(line)
        if row["media"] != media:
            continue
        columns, rows = tiles(row)
        for n in range(columns * rows):
            key = row["local"] + (f"#{n}" if columns * rows > 1 else "")
            origin = f"{row['repo']}@{row['commit'][:10]}" if row.get("repo") else row.get("origin", "not recorded")
            pictures.append(
                Picture(
                    key,
                    root / row["local"],
                    (columns, rows, n),
                    "letterbox" in str(row.get("crop", "")),
                    row["label"] == "fake",
                    row["source"],
                    row.get("generator") or "",
                    row.get("kind", ""),
                    row.get("licence", ""),
                    origin,
                    (),
                    "",
                )
            )
    return grouped(pictures)


def families_of(picture):
    """A source of real pictures is its own family; a generator told as `a/b` is one of two, nobody knows which."""
    if not picture.synthetic:
        return (picture.source,)
    names = picture.generator.split("/")
    return tuple(dict.fromkeys(next((f for f, starts in FAMILIES.items() if n.startswith(tuple(starts))), n) for n in names))


def grouped(pictures):
    """Gives each picture its families and group. Families with few pictures are put together by source."""
    families, generators = Counter(f for p in pictures for f in families_of(p)), Counter(p.generator for p in pictures)
    sources = Counter(p.source for p in pictures)
    result = []
    for p in pictures:
        own = families_of(p)
        if not p.synthetic:
            few = sources[p.source] < FEW
            result.append(replace(p, families=("other-real",) if few else own, group="other-real" if few else p.source))
        elif families[own[0]] < FEW:
            result.append(replace(p, families=("other-" + p.source,), group="other-" + p.source))
        elif p.source not in ONE_PROMPT:
            result.append(replace(p, families=own, group=p.generator if generators[p.generator] >= FEW else "other-" + own[0]))
    return result


def piece(picture, pixels):
    """The tile of a montage without the pixels next to its seams; a letterboxed picture without its black bars."""
    columns, rows, n = picture.tile
    if columns * rows > 1:
        height, width = pixels.shape[0] // rows, pixels.shape[1] // columns
        y, x = n // columns * height, n % columns * width
        pixels = pixels[y + 4 : y + height - 4, x + 4 : x + width - 4]
    if picture.letterboxed:
        light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) > 24
        ys, xs = np.flatnonzero(light.mean(1) > 0.05), np.flatnonzero(light.mean(0) > 0.05)
        if len(ys) and len(xs):
            pixels = pixels[ys[0] + 2 : ys[-1] - 1, xs[0] + 2 : xs[-1] - 1]
    return np.ascontiguousarray(pixels)


def usable(root, work):
    """The prepared pictures without near-duplicates: of two with perceptual hashes at most 4 bits apart (identical, within
    a group) the first is kept."""
    hashes = {}
    for line in (work / "pictures.jsonl").open():
        row = json.loads(line)
        if "hash" in row:
            hashes[row["key"]] = int(row["hash"], 16)
    pictures = sorted((p for p in read(root) if p.key in hashes), key=lambda p: p.key)
    values = np.array([hashes[p.key] for p in pictures], np.uint64)
    _, groups = np.unique([p.group for p in pictures], return_inverse=True)
    keep = np.ones(len(pictures), bool)
    for i in range(1, len(pictures)):
        near = np.bitwise_count(values[:i] ^ values[i])
        keep[i] = not np.any(keep[:i] & ((near == 0) | ((near <= 4) & (groups[:i] != groups[i]))))
    return [p for p, k in zip(pictures, keep) if k]


def folds(pictures):
    """Families dealt into folds, the largest first, each class and each kind of real picture spread over the folds."""
    sizes = Counter()
    about = {}
    for _group, family, synthetic, kind in {(p.group, p.families[0], p.synthetic, "" if p.synthetic else p.kind) for p in pictures}:
        sizes[family] += 1
        about[family] = (synthetic, kind)
    loads = [Counter() for _ in range(FOLDS)]
    fold_of = {}
    for family in sorted(sizes, key=lambda f: (-sizes[f], f)):
        synthetic, kind = about[family]
        fold = min(range(FOLDS), key=lambda i: (loads[i][synthetic, kind], loads[i][synthetic], i))
        fold_of[family] = fold
        loads[fold][synthetic] += sizes[family]
        loads[fold][synthetic, kind] += sizes[family]
    return fold_of


def split(pictures, fold):
    """What a fold trains on and what it leaves out. Pictures of two families in different folds are in neither."""
    fold_of = folds(pictures)
    where = [{fold_of[f] for f in p.families} for p in pictures]
    return [p for p, w in zip(pictures, where) if fold not in w], [p for p, w in zip(pictures, where) if w == {fold}]
