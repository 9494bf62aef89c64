"""The same as statistics.py for speech: what fitting heads to new generators of voices needs of what was learned from.

python -m assay_training sound-statistics --sounds DIR --manifest JSONL --voices DIR --models DIR --out FILE

The ratios are the shipped sum's, of networks that saw nothing of the clip's page nor of any system that it shows. A row is the mean
over the windows of a clip under a condition.
"""

import json

import numpy as np

from assay_training import sound_heads, sound_texture
from assay_training.sound_features import load
from assay_training.statistics import arguments, shipped_ratio, write


def unit(windows):
    """The label, and the system of synthetic speech or the source of real speech."""
    return np.where(windows.synthetic, np.char.add("synthetic ", windows.system), np.char.add("real ", windows.source))


def main():
    args = arguments(__doc__, "sounds", "manifest", "voices").parse_args()
    windows = load(args.sounds, args.manifest, args.voices, ("features", "long"))
    scores = {
        "speech-encoder": sound_heads.left_out(windows, np.isin(windows.condition, sound_heads.LEARNED)),
        "speech-texture": sound_texture.left_out(
            sound_texture.features(windows), windows, np.isin(windows.condition, sound_texture.LEARNED)
        ),
    }
    rows, _ = windows.clips(scores["speech-encoder"])
    features = np.stack([windows.clips(column)[1] for column in windows.of["features"].T.astype(np.float32)], 1)
    ratio = shipped_ratio(args.models, "audio", {name: windows.clips(score)[1] for name, score in scores.items()})
    backbone = json.loads((args.models / "whisper-tiny" / "card.json").read_text())["sha256"]
    write(args, backbone, {"speech": features.astype(np.float32)}, ratio, unit(windows)[rows], windows.source[rows], windows.key[rows])
