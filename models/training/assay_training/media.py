"""The media of a manifest out of clones, as files with a list, for `assay evaluate`.

python -m assay_training media --clones DIR --manifest JSONL --out DIR [--per-source N] [--sources NAME...] [--unlearned CARD]

Writes each picture once, named by its SHA-256, as it was published, or as PNG where the manifest says what is to be cut away, and
OUT/list.jsonl with path, label, system, source, kind, group and name of each. With --unlearned only of sources that a card does not
name as training data.
"""

import argparse
import hashlib
import json
from pathlib import Path

import cv2

from assay_training.pictures import Clones, cut, decode, read, spread


def written(picture, data, out):
    """The name of the file that shows the picture, or None where it cannot be decoded."""
    pixels = decode(data)
    if pixels is None:
        return None
    part = cut(picture, pixels)
    if min(part.shape[:2]) < 64:
        return None
    if part.shape == pixels.shape:
        name = picture.row["sha256"] + Path(picture.row["path"]).suffix.lower()
        out.joinpath(name).write_bytes(data)
    else:
        name = hashlib.sha256(picture.key.encode()).hexdigest() + ".png"
        cv2.imwrite(str(out / name), cv2.cvtColor(part, cv2.COLOR_RGB2BGR))
    return name


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--per-source", type=int)
    parser.add_argument("--sources", nargs="*", default=[])
    parser.add_argument("--unlearned", type=Path)
    args = parser.parse_args()
    learned = {s["id"] for s in json.loads(args.unlearned.read_text())["training"]["sources"]} if args.unlearned else set()
    args.out.mkdir(parents=True, exist_ok=True)
    clones = Clones(args.clones)
    with (args.out / "list.jsonl").open("w") as out:
        for picture in spread(read(args.manifest), args.per_source):
            if picture.source in learned or (args.sources and picture.source not in args.sources) or not clones.holds(picture.row):
                continue
            name = written(picture, clones.bytes(picture.row), args.out)
            if name:
                row = {"path": name, "label": "synthetic" if picture.synthetic else "real", "source": picture.page}
                row |= {"system": picture.group} if picture.synthetic else {"kind": picture.kind}
                out.write(json.dumps(row | {"group": picture.row.get("group") or picture.key}) + "\n")
