"""Features of the frozen backbone for frames that went through a video codec, computed once, in the background, resumable.

python -m assay_training clips --clones DIR --network ONNX --manifest JSONL --out DIR [--pictures] [--conditions coded h264 ...] [--most N] [--shard I/N]

A clip gives two pairs of near frames. With --pictures the manifest is one of pictures, and each is made into a clip of its own by
a slow pan and zoom, of which one frame is kept: material without end, the same for both classes. Both classes pass the same
encoders (`coded`), so that neither codec nor size tells them apart. Writes what extract.py writes.
"""

import argparse
import hashlib
import re
import subprocess
import tempfile
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np

from assay_training.extract import Network, Writer
from assay_training.pictures import Clones, cut, decode, read, spread
from assay_training.views import views

SECONDS = 5
LINES = 1080  # at most
NEAR = 0.2  # seconds between the frames of a pair
PLACES = (0.3, 0.75)  # where the pairs begin, as shares of the clip
NATIVE = 2  # native views of a frame
PAN_FRAMES, PAN_RATE = 12, 24
RATES = {"libx264": (18, 36), "libx265": (20, 38), "libvpx-vp9": (24, 46), "libaom-av1": (26, 50), "mpeg4": (3, 12)}
CODECS = ["libx264"] * 5 + ["libx265", "libvpx-vp9", "libvpx-vp9", "libaom-av1", "mpeg4"]
SPEED = {
    "libx264": ["-preset", "veryfast"],
    "libx265": ["-preset", "veryfast", "-x265-params", "log-level=none"],
    "libvpx-vp9": ["-deadline", "realtime", "-cpu-used", "6", "-b:v", "0"],
    "libaom-av1": ["-cpu-used", "8", "-usage", "realtime", "-b:v", "0"],
    "mpeg4": [],
}


def even(n):
    return max(2, round(n) // 2 * 2)


def encoder(condition, rng):
    """Codec, rate and lines of a condition; lines 0 for those that the clip has."""
    if condition == "coded":
        codec = str(rng.choice(CODECS))
        return codec, int(rng.integers(*RATES[codec])), int(np.exp(rng.uniform(np.log(200), np.log(LINES))))
    if condition == "face":
        codec = str(rng.choice(CODECS))
        return codec, int(rng.integers(*RATES[codec])), 0
    return {"h264": ("libx264", 23, 0), "h264-40": ("libx264", 40, 0), "h264-half": ("libx264", 28, -2)}[condition]


def size(width, height, lines):
    """The size of a clip with its shorter side at most `lines`; at half its size for -2."""
    shorter = min(width, height)
    scale = 0.5 if lines == -2 else min(1.0, (lines or LINES) / shorter)
    return even(width * scale), even(height * scale)


def ffmpeg(arguments, data=None):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin" if data is None else "-y", "-threads", "1", *arguments]
    return subprocess.run(command, input=data, capture_output=True, timeout=180).returncode == 0


def coded(condition, rng, source, width, height, data=None):
    """The frames of a clip after an encoder: RGB uint8, and frames a second."""
    codec, rate, lines = encoder(condition, rng)
    wide, high = size(width, height, lines)
    quality = ["-q:v", str(rate)] if codec == "mpeg4" else ["-crf", str(rate)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clip.mkv"
        filters = [part for part in (source.get("crop"), f"scale={wide}:{high}:flags=bicubic") if part]
        arguments = [
            *source["input"],
            "-t",
            str(SECONDS),
            "-an",
            "-vf",
            ",".join(filters),
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            codec,
            *quality,
            *SPEED[codec],
            str(file),
        ]
        if not ffmpeg(arguments, data):
            return [], 0
        frames, per_second = decoded(file, wide, high)
    return chosen(frames, per_second), per_second


def decoded(file, width, height):
    """All frames of a clip of this size, RGB uint8, and frames a second. By FFmpeg: OpenCV's own build may know no AV1."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-threads", "1", "-i", str(file)]
    raw = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, timeout=180).stdout
    size = width * height * 3
    frames = np.frombuffer(raw[: len(raw) // size * size], np.uint8).reshape(-1, height, width, 3)
    video = cv2.VideoCapture(str(file))
    per_second = video.get(cv2.CAP_PROP_FPS) or 25
    video.release()
    return list(frames), per_second


def chosen(frames, per_second):
    """Two pairs of near frames, in order."""
    if len(frames) == PAN_FRAMES and per_second == PAN_RATE:
        return [frames[PAN_FRAMES // 2]]
    step, result = max(1, round(per_second * NEAR)), []
    for place in PLACES:
        first = min(int(place * len(frames)), max(0, len(frames) - 1 - step))
        result += frames[first : first + 1] + frames[min(first + step, len(frames) - 1) : first + step + 1]
    return result


def part_of(clip):
    """The part of the frame that the manifest's `crop` leaves: left, top, right, bottom as shares; None for all of it."""
    crop = str(clip.row.get("crop", ""))
    if found := re.search(r"(\d+) ?%", crop):
        return 0, 0, 1, 1 - int(found[1]) / 100
    return tuple(map(float, crop.split(","))) if crop.count(",") == 3 else None


def clip_frames(clip, clones, condition, rng):
    """Frames of a clip of the manifest."""
    data = clones.bytes(clip.row)
    if data is None:
        return []
    with tempfile.NamedTemporaryFile(suffix=Path(clip.row["path"]).suffix) as file:
        file.write(data)
        file.flush()
        width, height, crop = clip.row["width"], clip.row["height"], None
        if part := part_of(clip):
            left, top, right, bottom = part
            x, y, width, height = even(left * width), even(top * height), even((right - left) * width), even((bottom - top) * height)
            crop = f"crop={width}:{height}:{x}:{y}"
        return coded(condition, rng, {"input": ["-i", file.name], "crop": crop}, width, height)[0]


def picture_frames(picture, clones, condition, rng):
    """The middle frame of a slow pan and zoom over a picture."""
    pixels = decode(clones.bytes(picture.row))
    if pixels is None:
        return []
    pixels = cut(picture, pixels)
    height, width = pixels.shape[:2]
    if min(width, height) < 128:
        return []
    wide, high = size(width, height, LINES)
    if max(wide, high) > 2 * min(wide, high):
        wide, high = min(wide, even(1.8 * high)), min(high, even(1.8 * wide))
    ends = []
    for _ in range(2):
        zoom = rng.uniform(0.8, 1.0)
        w = min(width, height * wide / high) * zoom
        h = w * high / wide
        ends.append(np.array([rng.uniform(0, width - w), rng.uniform(0, height - h), w, h]))
    raw = []
    for i in range(PAN_FRAMES):
        x, y, w, h = ends[0] + (ends[1] - ends[0]) * 0.2 * i / PAN_FRAMES
        part = pixels[int(y) : int(y + h), int(x) : int(x + w)]
        raw.append(cv2.resize(part, (wide, high), interpolation=cv2.INTER_AREA if w >= wide else cv2.INTER_LINEAR).tobytes())
    source = {"input": ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}", "-r", str(PAN_RATE), "-i", "-"]}
    return coded(condition, rng, source, wide, high, b"".join(raw))[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "network", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--conditions", nargs="+", default=["coded", "h264"])
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--per-source", type=int, default=60, help="of a generator on a source at most")
    parser.add_argument("--shard", default="0/1")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    part, parts = map(int, args.shard.split("/"))
    network, clones = Network(args.network), Clones(args.clones)
    writer = Writer(args.out, str(part), ["class_tokens"])
    entries = [p for p in spread(read(args.manifest), args.per_source) if clones.holds(p.row)][: args.most]
    for n, entry in enumerate(entries):
        if n % parts != part:
            continue
        key = entry.key
        for condition in args.conditions:
            if (key, condition) in writer.done:
                continue
            rng = np.random.default_rng(int(hashlib.sha1(f"{condition} {key}".encode()).hexdigest()[:12], 16))
            frames = (picture_frames if args.pictures else clip_frames)(entry, clones, condition, rng)
            rows, arrays = [], []
            for i, frame in enumerate(frames):
                for j, view in enumerate(views(frame, NATIVE)):
                    rows.append(
                        {"key": key, "condition": condition, "view": view.kind, "frame": i, "n": j, "size": list(frame.shape[1::-1])}
                    )
                    arrays.append(network(view.pixels)[:1])
            if not rows:
                rows, arrays = [{"key": key, "condition": condition, "unreadable": True}], [None]
            writer.add(rows, arrays)
        if n % 20 < parts:
            print(n, len(entries), flush=True)
    writer.flush()
