"""Adds pictures that people drew, photographed or captured from Debian packages: clip art, game art, screenshots.

apt-get download PACKAGE && dpkg-deb -x PACKAGE_*.deb UNPACKED/PACKAGE      for each package below, then
python -m assay_training texture-debian-sources UNPACKED SOURCES

Transparent pictures are laid on white or on a gradient, lest a white ground come to mean `real`; the lines are added to SOURCES/manifest.jsonl.
"""

import argparse
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np

MOST = 350
PACKAGES = {  # source: package, folder in it, kind, licence
    "openclipart": ("openclipart-png", "usr/share/openclipart", "illustration", "public domain"),
    "wesnoth-portraits": (
        "wesnoth-1.16-data",
        "usr/share/games/wesnoth/1.16/data/core/images/portraits",
        "illustration",
        "GPL-2.0-or-later or CC-BY-SA-4.0",
    ),
    "tuxpaint-stamps": ("tuxpaint-stamps-default", "usr/share/tuxpaint/stamps", "cut-out", "GPL-2.0-or-later and public domain"),
    "gimp-help": ("gimp-help-en", "usr/share/gimp", "screenshot", "GFDL-1.2-or-later"),
    "kicad-doc": ("kicad-doc-en", "usr/share/doc", "screenshot", "GPL-3.0-or-later or CC-BY-3.0"),
    "plasma-wallpapers": ("plasma-workspace-wallpapers", "usr/share/wallpapers", "digital art", "CC-BY-SA-4.0 and LGPL-3.0"),
}


def on_background(pixels, rng):
    """Lays a transparent picture on white or, in three of four cases, on a gradient between two random colours."""
    height, width = pixels.shape[:2]
    ends = rng.integers(0, 256, (2, 3)) if rng.random() < 0.75 else np.full((2, 3), 255)
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    t = (x * np.cos(angle) + y * np.sin(angle))[:, :, None]
    t = (t - t.min()) / max(np.ptp(t), 1e-6)
    behind = ends[0] * (1 - t) + ends[1] * t + rng.normal(0, 1, (height, width, 1))
    alpha = pixels[:, :, 3:].astype(np.float32) / 255
    return np.clip(np.rint(pixels[:, :, :3] * alpha + behind * (1 - alpha)), 0, 255).astype(np.uint8)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("unpacked", type=Path)
    parser.add_argument("sources", type=Path)
    args = parser.parse_args()
    unpacked, sources = args.unpacked, args.sources
    with (sources / "manifest.jsonl").open("a") as manifest:
        for source, (package, folder, kind, licence) in PACKAGES.items():
            names = {"*.png", "*.jpg", "*.jpeg", "*.webp"}
            files = sorted(
                {f for n in names for f in (unpacked / package / folder).rglob(n)},
                key=lambda f: hashlib.sha1(str(f.relative_to(unpacked)).encode()).digest(),
            )
            count, seen = 0, set()
            (sources / source).mkdir(exist_ok=True)
            for file in files:
                data = file.read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                if count == MOST or len(data) < 15_000 or digest in seen:
                    continue
                seen.add(digest)
                pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
                if pixels is None or pixels.dtype != np.uint8 or min(pixels.shape[:2]) < 150:
                    continue
                local = f"{source}/{digest[:16]}{file.suffix}"
                if pixels.ndim == 3 and pixels.shape[2] == 4:
                    cv2.imwrite(str(sources / local), on_background(pixels, np.random.default_rng(int(digest[:12], 16))))
                else:
                    (sources / local).write_bytes(data)
                row = {
                    "source": source,
                    "local": local,
                    "sha256": digest,
                    "label": "real",
                    "kind": kind,
                    "licence": licence,
                    "media": "image",
                    "path": str(file.relative_to(unpacked / package)),
                    "origin": "Debian package " + package,
                    "group": source,
                    "height": pixels.shape[0],
                    "width": pixels.shape[1],
                }
                manifest.write(json.dumps(row) + "\n")
                count += 1
            print(source, count)
