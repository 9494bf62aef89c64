"""Writes pictures of the recipe's own making and their scores, which the Java side must reproduce.

python parity.py MODEL.onnx FOLDER
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np

from crops import decode, native_grid
from texture_onnx import COLUMNS, ROWS, SIZE, score, session


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


def main():
    model, folder = session(sys.argv[1], 1), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, pixels in pictures():
        pixels = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
        cv2.imwrite(str(folder / name), pixels[:, :, ::-1])
        decoded = decode((folder / name).read_bytes())
        expected[name] = {"crops": len(native_grid(decoded, SIZE, COLUMNS, ROWS)), "score": score(model, decoded)}
    (folder / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
    print(json.dumps(expected, indent=2))


if __name__ == "__main__":
    main()
