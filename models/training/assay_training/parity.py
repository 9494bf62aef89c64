"""Writes pictures of the recipe's own making, and what the recipe's side of every shipped model says of them and of a voice: Java must say the same.

python -m assay_training parity MODELS FOLDER --portrait PICTURE     MODELS: folders of the models; FOLDER: pictures and expected.json

Models that look at faces are shown the portrait, which stands in expected.json by the path from FOLDER to it; those that hear sound hear
FOLDER/voice.flac, nine seconds of hibari-tts 0.2.1 at 16 kHz.
"""

import argparse
import json
import os
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from assay_training.faces import Detector, resized
from assay_training.sound_conditions import decode
from assay_training.sounds import VOICED, Activity
from assay_training.texture.crops import grid_of
from assay_training.views import SIZE, View, tiles, views

VOICE = "voice.flac"
WINDOW, HOP = 64640, 32000  # samples


def pictures():
    rng = np.random.default_rng(20)
    yield "noise.png", np.kron(rng.integers(0, 256, (90, 92, 3)), np.ones((5, 5, 1)))
    y, x = np.mgrid[0:520, 0:300]
    yield "gradients-portrait.png", np.stack([x * 255 / 299, y * 255 / 519, (x + y) * 255 / 818], 2)
    y, x = np.mgrid[0:131, 0:517]
    rings = 127.5 + 100 * np.sin(np.hypot(x - 200.5, y - 57.25) / 3.7)
    yield "rings-odd-sized.png", np.stack([rings, rings[::-1], 255 - rings], 2) + rng.normal(0, 1.5, (131, 517, 3))
    small = cv2.resize(rng.integers(0, 256, (9, 11, 3)).astype(np.uint8), (90, 70), interpolation=cv2.INTER_CUBIC)
    yield "smaller-than-a-crop.png", small
    canvas = np.full((700, 900, 3), 250)
    y, x = np.mgrid[0:400, 0:500]
    canvas[130:530, 250:750] = np.stack([127 + 90 * np.sin(x / 9), 127 + 90 * np.sin(y / 31), (x * y // 64) % 256], 2)
    yield "on-a-canvas.png", canvas
    screen = np.full((900, 480, 3), 20)
    screen[40:60, 30:200:3] = 230
    y, x = np.mgrid[0:420, 0:480]
    screen[250:670] = np.stack([120 + 80 * np.sin(x / 5 + y / 17), (x ^ y) % 256, 255 - x // 3], 2)
    screen[700:720, 20:300:4] = 200
    yield "screenshot.png", screen
    y, x = np.mgrid[0:1500, 0:2600]
    yield "large.png", np.stack([(x // 40 * 40) % 256, (y // 30 * 30) % 256, ((x // 100 + y // 100) % 2) * 200], 2)


class Expert:
    def __init__(self, folder, cards, detector=None):
        self.detector = detector
        self.card = json.loads((folder / "card.json").read_text())
        self.network = session(folder / self.card["file"])
        backbone = self.card["input"].get("backbone")
        self.backbone = cards[backbone] if backbone else None

    def seen(self, picture):
        kind = self.card["views"]["kind"]
        if kind == "faces":
            squares = [face.square(picture.shape[1], picture.shape[0]) for face in self.detector(picture)]
            return [
                View(kind, (x, y, side, side), resized(np.ascontiguousarray(picture[y : y + side, x : x + side]), SIZE))
                for x, y, side in squares
            ]
        if kind == "native-grid":
            side = self.card["input"]["side"]
            return [
                v
                for v in (View(kind, *c) for c in grid_of(picture, side, self.card["views"]["columns"], self.card["views"]["rows"]))
                if v.textured
            ]
        return [v for v in views(picture, self.card["views"]["most"]) if v.kind == kind]

    def logit(self, view):
        """Of a view of a picture, or of a window of sound."""
        form = self.card["input"] if self.backbone is None else self.backbone[0]["input"]
        read = {form["name"]: view[None] if isinstance(view, np.ndarray) else tensor(view, form)}
        if self.backbone is None:
            features = read
        else:
            features = dict(zip([o.name for o in self.backbone[1].get_outputs()], self.backbone[1].run(None, read)))
        wanted = {i.name: features[i.name] for i in self.network.get_inputs()}
        return float(self.network.run([self.card["output"]["name"]], wanted)[0].reshape(-1)[0])


class PatchNetwork:
    """A network over the grid of patch tokens of squares side by side."""

    def __init__(self, folder, cards):
        self.card = json.loads((folder / "card.json").read_text())
        self.form, self.backbone = cards[self.card["input"]["backbone"]]
        self.network = session(folder / self.card["file"])

    def tokens(self, pixels):
        """[14,14,2304]"""
        view = View("", (), np.ascontiguousarray(pixels))
        found = self.backbone.run([self.card["tokens"]], {self.form["input"]["name"]: tensor(view, self.form["input"])})[0]
        return found[0].transpose(1, 0, 2).reshape(14, 14, -1)

    def found(self, columns, rows, squares):
        seen = [self.tokens(pixels) for pixels in squares]
        grid = np.concatenate([np.concatenate(seen[row * columns : row * columns + columns], 1) for row in range(rows)], 0)
        patches, score = self.network.run([self.card["output"]["patches"], self.card["output"]["picture"]], {"tokens": grid[None]})
        return float(score[0]), patches[0]

    def judged(self, pixels):
        columns, rows, squares = tiles(pixels)
        score, patches = self.found(columns, rows, squares)
        first = [self.found(1, 1, [view.pixels])[0] for view in views(pixels) if view.kind == "whole"]
        strongest = int(patches.argmax())
        return {
            "columns": columns,
            "rows": rows,
            "tiles": score,
            "views": first,
            "strongest": strongest,
            "there": float(patches.reshape(-1)[strongest]),
        }


def session(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def tensor(view, form):
    x = (view.pixels * np.float64(form["scale"]) - np.array(form["mean"])) / np.array(form["std"])
    return np.ascontiguousarray(x.astype(np.float32).transpose(2, 0, 1)[None])


def judged(expert, pixels):
    seen = expert.seen(pixels)
    return {"regions": [list(map(int, v.region)) for v in seen], "score": float(np.mean([expert.logit(v) for v in seen]))}


def windows(samples):
    """As the program cuts them: every two seconds, the last at the end."""
    starts = list(range(0, len(samples) - WINDOW + 1, HOP))
    last = len(samples) - WINDOW
    if last > starts[-1] + HOP // 2:
        starts.append(last)
    return starts, [samples[s : s + WINDOW] for s in starts]


def heard(expert, samples, activity):
    starts, parts = windows(samples)
    voiced = activity(samples) > VOICED
    shares = [float(voiced[s // 512 : (s + WINDOW) // 512].mean()) for s in starts]
    logits = [expert.logit((part / np.abs(part).max()).astype(np.float32)) for part in parts]
    return {"starts": starts, "voiced": shares, "score": float(np.mean(logits))}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--portrait", type=Path, required=True)
    args = parser.parse_args()
    folders = [card.parent for root in args.models for card in sorted(root.glob("*/card.json"))]
    cards, detector, activity, experts, finders = {}, None, None, [], []
    for folder in folders:
        card = json.loads((folder / "card.json").read_text())
        if card["task"] == "features":
            cards[card["id"]] = card, session(folder / card["file"])
        elif card["task"] == "face-detection":
            detector = Detector(folder / card["file"])
        elif card["task"] == "voice-activity":
            activity = Activity(folder / card["file"])
        elif card["task"] == "local-edits":
            finders.append(folder)
        elif "views" in card:
            experts.append(folder)
    finders = [PatchNetwork(folder, cards) for folder in finders]
    experts = [Expert(folder, cards, detector) for folder in experts]
    portrait = cv2.cvtColor(cv2.imread(str(args.portrait)), cv2.COLOR_BGR2RGB)
    of_faces, of_sound = ([e for e in experts if e.card["views"]["kind"] == kind] for kind in ("faces", "windows"))
    expected = {expert.card["id"]: {} for expert in experts + finders}
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, pixels in pictures():
        pixels = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
        cv2.imwrite(str(args.folder / name), pixels[:, :, ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])
        for expert in experts:
            if expert not in of_faces + of_sound:
                expected[expert.card["id"]][name] = judged(expert, pixels)
        for finder in finders:
            expected[finder.card["id"]][name] = finder.judged(pixels)
    for expert in of_faces:
        expected[expert.card["id"]][os.path.relpath(args.portrait, args.folder)] = judged(expert, portrait)
    for expert in of_sound:
        expected[expert.card["id"]][VOICE] = heard(expert, decode(args.folder / VOICE), activity)
    (args.folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
