"""The pictures of a manifest, read from clones of their repositories, cut as the manifest says.

A manifest holds one JSON object per picture (datasets/manifests/README.md); CLONES holds a Git directory per repository, either
`owner+name/repo` or `owner+name/repo/.git`.
"""

import hashlib
import json
import re
import subprocess
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

FEW = 12
SEAM = 6
PIXELS = 60_000_000

# Generators of one line stay on one side of every split; so do those of mid-2022, whose pictures share their prompts.
FAMILIES = {
    "latent": [
        "latent-diffusion",
        "glid-3-xl",
        "dalle-mini",
        "craiyon",
        "disco-diffusion",
        "majesty-diffusion",
        "stable-diffusion-beta",
        "stable-diffusion-1",
        "sd15",
        "glide",
    ],
    "stable-diffusion-3": ["stable-diffusion-3", "sd3"],
    "stable-diffusion-xl": ["stable-diffusion-xl", "sdxl"],
    "openai": ["gpt-image", "gpt4o", "gpt-4o", "dall-e-3", "dalle-3", "dalle3"],
    "flux": ["flux"],
    "qwen": ["qwen"],
    "midjourney": ["midjourney"],
    "stylegan": ["stylegan"],
    "google": ["imagen", "gemini", "nano-banana"],
    "wan": ["wan-", "self-forcing", "causvid", "humo"],
    "hunyuan-video": ["hunyuan-video", "hunyuan-avatar"],
    "cogvideox": ["cogvideox", "senorita"],
    "animatediff": ["animatediff", "pia"],
}


@dataclass(frozen=True)
class Picture:
    key: str
    row: dict
    tile: tuple  # columns, rows, number
    synthetic: bool
    source: str
    family: str  # the unit of the splits
    group: str  # the unit of the figures: a generator, or a source of real pictures
    kind: str

    @property
    def page(self):
        """A generator's part of a source, or a source of real media."""
        return self.source + (f" ({self.row['generator']})" if self.synthetic else "")


def tiles(row):
    columns, _, rows = str(row.get("tile") or 1).partition("x")
    return int(columns), int(rows or columns)


def family(row):
    if row["label"] != "fake":
        return row["source"]
    name = row["generator"].split("/")[0]
    return next((f for f, starts in FAMILIES.items() if name.startswith(tuple(starts))), name)


def read(manifest):
    rows = [json.loads(line) for line in Path(manifest).read_text().splitlines()]
    generators = Counter(r.get("generator") for r in rows)
    result = []
    for row in rows:
        synthetic = row["label"] == "fake"
        columns, lines = tiles(row)
        group = row["source"] if not synthetic else row["generator"] if generators[row["generator"]] >= FEW else "other-" + family(row)
        for n in range(columns * lines):
            part = "@" + row["crop"] if row.get("crop", "").count(",") == 3 else ""
            key = f"{row['repo']}/{row['path']}" + (f"#{n}" if columns * lines > 1 else "") + part
            result.append(Picture(key, row, (columns, lines, n), synthetic, row["source"], family(row), group, row["kind"]))
    return result


def spread(pictures, most=None):
    """At most `most` pictures of each generator on each source, the first of all, then the second of all ...; which, a hash decides.

    So every beginning of the list holds every source.
    """
    members = defaultdict(list)
    for p in sorted(pictures, key=lambda p: hashlib.sha1(p.key.encode()).digest()):
        members[p.source, p.row.get("generator")].append(p)
    longest = max(map(len, members.values()), default=0)
    return [p for i in range(longest if most is None else min(most, longest)) for m in members.values() for p in m[i : i + 1]]


class Clones:
    """Reads files out of Git directories; checks the SHA-256 that the manifest names."""

    def __init__(self, root):
        self.root = Path(root)

    def folder(self, row):
        return self.root / row["repo"].replace("/", "+") / "repo"

    def holds(self, row):
        return self.folder(row).exists()

    def bytes(self, row):
        folder = self.folder(row)
        folder = folder / ".git" if (folder / ".git").exists() else folder
        command = ["git", "-c", "safe.directory=*", "--git-dir", str(folder), "cat-file", "blob", f"{row['commit']}:{row['path']}"]
        data = subprocess.run(command, capture_output=True).stdout
        return data if hashlib.sha256(data).hexdigest() == row["sha256"] else None


def decode(data):
    """Bytes to RGB uint8 [h,w,3], EXIF orientation applied, alpha composited on grey, or None."""
    if data is None:
        return None
    try:
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if bgr is None or bgr.shape[0] * bgr.shape[1] > PIXELS else cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def cut(picture, pixels):
    """The tile of a montage without its seams, or the part that counts; without letterbox bars, corner marks and frames."""
    columns, rows, n = picture.tile
    if columns * rows > 1:
        height, width = pixels.shape[0] // rows, pixels.shape[1] // columns
        y, x = n // columns * height, n % columns * width
        pixels = pixels[y + SEAM : y + height - SEAM, x + SEAM : x + width - SEAM]
    crop = picture.row.get("crop", "")
    if crop.count(",") == 3:
        height, width = pixels.shape[:2]
        left, top, right, bottom = map(float, crop.split(","))
        return np.ascontiguousarray(pixels[round(top * height) : round(bottom * height), round(left * width) : round(right * width)])
    if "letterbox" in crop:
        light = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY) > 24
        ys, xs = np.flatnonzero(light.mean(1) > 0.05), np.flatnonzero(light.mean(0) > 0.05)
        if len(ys) and len(xs):
            pixels = pixels[ys[0] + 2 : ys[-1] - 1, xs[0] + 2 : xs[-1] - 1]
    if found := re.search(r"inset (\d+)", crop):
        n = int(found[1])
        pixels = pixels[n:-n, n:-n]
    elif found := re.search(r"(\d+) ?(px|%)", crop):
        n = int(found[1]) if found[2] == "px" else pixels.shape[0] * int(found[1]) // 100
        pixels = pixels[: pixels.shape[0] - n]
    return np.ascontiguousarray(pixels)
