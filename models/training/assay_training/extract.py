"""Features of the frozen backbone for every view of every picture, computed once, in the background, resumable.

python -m assay_training extract --clones DIR --network ONNX --manifest JSONL --out DIR [--texture] [--conditions mild jpeg95 ...] [--most N] [--per-source N] [--shard I/N]

The network is that of clip.py, or with --texture that of texture.py, which sees native views alone. Writes shards of float16
arrays, one per output of the network, beside an index of views (JSON Lines: key, condition, view, n). What the index names is
done; the same command goes on with the rest. Pictures whose repository has no clone are left for later.
"""

import argparse
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from assay_training.conditions import launder
from assay_training.pictures import Clones, cut, decode, read, spread
from assay_training.views import views

SHARD = 500
NATIVE = 3  # native views of a picture
MEAN = (0.48145466, 0.4578275, 0.40821073)  # of the backbone, as CLIP was trained
STD = (0.26862954, 0.26130258, 0.27577711)


class Network:
    """A frozen network; each view is a call of its own."""

    def __init__(self, path, texture=False, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options)
        self.names = [o.name for o in self.session.get_outputs()]
        self.mean, self.std = ((0,) * 3, (1 / 255,) * 3) if texture else (MEAN, STD)

    def __call__(self, view):
        """RGB uint8 [224,224,3] to the network's outputs."""
        x = (view.astype(np.float32) * np.float32(1 / 255) - np.float32(self.mean)) / np.float32(self.std)
        return [o[0] for o in self.session.run(None, {"pixels": np.ascontiguousarray(x.transpose(2, 0, 1)[None])})]


class Writer:
    """Shards of arrays beside an index; `types` of those that are no 16-bit floats."""

    def __init__(self, folder, name, outputs, types=None):
        self.folder, self.name, self.outputs, self.types = Path(folder), name, outputs, types or {}
        self.folder.mkdir(parents=True, exist_ok=True)
        self.index = self.folder / f"index-{name}.jsonl"
        # Another manifest may deal the same picture to another shard.
        done = (json.loads(line) for index in self.folder.glob("index-*.jsonl") for line in index.open())
        self.done = {(r["key"], r["condition"]) for r in done}
        self.rows, self.arrays = [], []
        self.shards = len(list(self.folder.glob(f"features-{name}-*.npz")))

    def add(self, rows, arrays):
        self.rows += rows
        self.arrays += arrays
        if len(self.rows) >= SHARD:
            self.flush()

    def flush(self):
        if not self.rows:
            return
        file = f"features-{self.name}-{self.shards:04d}.npz"
        temporary = self.folder / ("part-" + file)
        arrays = [a for a in self.arrays if a is not None]
        of = {n: [a[i] for a in arrays] for i, n in enumerate(self.outputs)} if arrays else {}
        np.savez(temporary, **{n: np.stack(a).astype(self.types.get(n, np.float16)) for n, a in of.items()})
        temporary.rename(self.folder / file)
        with self.index.open("a") as out:
            at = 0
            for row, array in zip(self.rows, self.arrays):
                out.write(json.dumps(row if array is None else {**row, "shard": file, "at": at}) + "\n")
                at += array is not None
        self.shards += 1
        self.rows, self.arrays = [], []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clones", type=Path, required=True)
    parser.add_argument("--network", type=Path, required=True)
    parser.add_argument("--texture", action="store_true")
    parser.add_argument("--manifest", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--conditions", nargs="+", default=["mild", "jpeg95"])
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--per-source", type=int, default=60, help="pictures of a generator on a source at most")
    parser.add_argument("--shard", default="0/1")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    part, parts = map(int, args.shard.split("/"))
    network, clones = Network(args.network, args.texture), Clones(args.clones)
    writer = Writer(args.out, str(part), network.names)
    chosen = spread(read(args.manifest), args.per_source)[: args.most]
    pictures = [p for n, p in enumerate(chosen) if n % parts == part and clones.holds(p.row)]
    for n, picture in enumerate(pictures):
        todo = [c for c in args.conditions if (picture.key, c) not in writer.done]
        if not todo:
            continue
        pixels = decode(clones.bytes(picture.row))
        if pixels is not None:
            pixels = cut(picture, pixels)
        if pixels is None or min(pixels.shape[:2]) < 64:
            writer.add([{"key": picture.key, "condition": c, "unreadable": True} for c in todo], [None] * len(todo))
            continue
        for condition in todo:
            seed = int(hashlib.sha1(f"{condition} {picture.key}".encode()).hexdigest()[:12], 16)
            seen = views(launder(condition, pixels, np.random.default_rng(seed)), NATIVE)
            if args.texture:
                seen = [view for view in seen if view.kind == "native"]
            rows = [
                {"key": picture.key, "condition": condition, "view": view.kind, "n": i, "size": list(pixels.shape[1::-1])}
                for i, view in enumerate(seen)
            ]
            rows = rows or [{"key": picture.key, "condition": condition, "unreadable": True}]
            writer.add(rows, [network(view.pixels) for view in seen] or [None])
        if n % 100 == 0:
            print(n, len(pictures), flush=True)
    writer.flush()
