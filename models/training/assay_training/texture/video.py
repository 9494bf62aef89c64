"""Scores clips with models that did not see their sources: that of the fold which left a source out, or any, where no picture
of it was trained on. Both classes go through the same H.264 encoder.

python -m assay_training texture-video --sources DIR --work DIR [--names fold-0 fold-1 fold-2]
"""

import argparse
import hashlib
import json
import subprocess
import tempfile
import zlib
from collections import Counter
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np

from assay_training.texture.network import HALF, NATIVE, logits, session
from assay_training.texture.sources import folds, read, usable

FRAMES, SECONDS, CRF = 8, 5, 23


def frames(clip):
    """At most 8 frames, evenly spaced over the first 5 s, after an H.264 pass at CRF 23."""
    with tempfile.TemporaryDirectory() as folder:
        coded = Path(folder) / "clip.mp4"
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(),
            "-v",
            "error",
            "-threads",
            "2",
            "-i",
            str(clip),
            "-t",
            str(SECONDS),
            "-an",
            "-pix_fmt",
            "yuv420p",
        ]
        command += ["-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2", "-c:v", "libx264", "-preset", "veryfast", "-crf", str(CRF), str(coded)]
        if subprocess.run(command, capture_output=True, timeout=120).returncode != 0:
            return []
        video, decoded = cv2.VideoCapture(str(coded)), []
        while (frame := video.read())[0]:
            decoded.append(frame[1])
        video.release()
    chosen = sorted({int(i) for i in np.linspace(0, len(decoded) - 1, FRAMES).round()}) if decoded else []
    return [cv2.cvtColor(decoded[i], cv2.COLOR_BGR2RGB) for i in chosen]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--clips", type=Path, help="where the manifest with the clips is, if elsewhere")
    parser.add_argument("--names", nargs="+", default=["second-0", "second-1", "second-2"])
    parser.add_argument("--per-source", type=int, default=8)
    args = parser.parse_args()
    models = [session(args.work / "runs" / name / "model.onnx") for name in args.names]
    clips = read(args.clips or args.sources, "video")
    fold_of = folds(usable(args.sources, args.work))
    count = Counter(clip.source for clip in clips)
    out_file = args.work / "video-scores.jsonl"
    done = [json.loads(line)["key"] for line in out_file.open()] if out_file.exists() else []
    taken = Counter(key.split("/")[0] for key in done)
    with out_file.open("a") as out:
        for clip in sorted(clips, key=lambda c: hashlib.sha1(c.key.encode()).digest()):
            if clip.key in done or taken[clip.source] >= args.per_source or not clip.path.exists():
                continue
            pictures = frames(clip.path)
            if not pictures or min(pictures[0].shape[:2]) < 64:
                continue
            taken[clip.source] += 1
            fold = fold_of.get(clip.families[0], zlib.crc32(clip.source.encode()) % len(models))
            values = [float(logits(models[fold], p) @ (HALF, NATIVE)) for p in pictures]
            group = clip.source if count[clip.source] >= 4 else "other-synthetic" if clip.synthetic else "other-real"
            entry = {
                "key": clip.key,
                "group": group,
                "synthetic": clip.synthetic,
                "fold": str(fold),
                "condition": "h264",
                "frames": len(values),
                "score": float(np.mean(values)),
            }
            out.write(json.dumps(entry) + "\n")
            out.flush()
    print(taken)
