"""A linear network over the fine structure of the spectrum, for speech or for music: what vocoders leave.

python -m assay_training sound-texture --sounds DIR --manifest JSONL --voices DIR --out DIR [--content speech|music]

It reads mean and deviation over time of the spectrum in dB, 4096 points at 16 kHz, from 1 to 7 kHz: fine enough for the lines that
up-sampling leaves, and blind to what a resampler does near its edges. Two views of it are weighed: the spectrum without its slow
course, place by place, and its cepstrum (Bogert et al. 1963), in which lines at even distances are one value wherever they lie.
Each fold is scored by a network that saw nothing of its pages, nor of any system that they show. Writes OUT/texture.onnx and
OUT/texture.jsonl, a score for each clip and condition (with --content music: music.onnx, music.jsonl).
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assay_training.regression import fit, weights
from assay_training.sound_encoder import export
from assay_training.sound_features import load
from assay_training.sound_heads import standard, write_scores
from assay_training.sounds import LONG

LOW, HIGH = 256, 1793  # of the bins of 3.9 Hz: 1 to 7 kHz
NARROW, WIDE = 31, 101  # bins over which the slow course is taken, for the spectrum and for the cepstrum
FIRST, LAST = 4, 404  # of the cepstrum
STRENGTH = 1e-3
LEARNED = ["found", "mild", "mp3-48", "opus-24", "aac-48"]  # of what `strong` does hardly a trace is left


class Views(nn.Module):
    """[n, 2, 2049], mean and deviation of the spectrum in dB, to features [n, 2337]."""

    def __init__(self):
        super().__init__()
        self.register_buffer("hann", torch.hann_window(HIGH - LOW, periodic=False))

    def without_course(self, x, width):
        padded = functional.pad(x, (width // 2, width // 2), mode="reflect")
        return (x - functional.avg_pool1d(padded, width, 1))[:, :, LOW:HIGH]

    def forward(self, x):
        fine = self.without_course(x[:, :1], NARROW)
        flat = self.without_course(x, WIDE) * self.hann
        parts = torch.stft(
            flat.flatten(0, 1), HIGH - LOW, HIGH - LOW, window=torch.ones_like(self.hann), center=False, onesided=True, return_complex=False
        )
        size = torch.sqrt(parts[:, FIRST:LAST, 0, 0] ** 2 + parts[:, FIRST:LAST, 0, 1] ** 2)
        cepstrum = torch.log(size + 1e-2).reshape(-1, 2 * (LAST - FIRST))
        return torch.cat([fine.flatten(1), cepstrum], 1)


class Texture(nn.Module):
    """Samples [1, n] to `logit` [1, 1]."""

    def __init__(self, coefficients, intercept):
        super().__init__()
        self.views = Views()
        self.register_buffer("hann", torch.hann_window(LONG))
        self.register_buffer("coefficients", torch.from_numpy(coefficients.astype(np.float32))[:, None])
        self.intercept = intercept

    def forward(self, samples):
        parts = torch.stft(samples, LONG, LONG // 2, window=self.hann, center=False, onesided=True, return_complex=False)
        power = parts[..., 0] ** 2 + parts[..., 1] ** 2
        decibels = 10 * torch.log10(power / (power.amax() + 1e-20) + 1e-10)
        mean = decibels.mean(2, keepdim=True)
        deviation = torch.sqrt(((decibels - mean) ** 2).mean(2))
        return self.views(torch.stack([mean[:, :, 0], deviation], 1)) @ self.coefficients + self.intercept


def features(windows):
    views, x = Views(), torch.from_numpy(windows.of["long"].astype(np.float32))
    with torch.no_grad():
        return np.concatenate([views(part).numpy() for part in x.split(512)])


def head(x, windows, rows):
    at = np.flatnonzero(rows)
    synthetic, w = windows.synthetic[at], weights(windows.group[at], windows.synthetic[at])
    return standard(*fit(x[at], synthetic, w, STRENGTH), x[at], synthetic, w)


def left_out(x, windows, learned):
    """The score of each window by a network that saw nothing of its fold."""
    scores = np.zeros(len(windows))
    for fold in np.unique(windows.fold):
        here = windows.fold == fold
        coefficients, intercept = head(x, windows, windows.left(fold) & learned)
        scores[here] = x[here] @ coefficients.astype(np.float32) + intercept
        print("fold", fold, flush=True)
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sounds", "manifest", "voices", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--content", choices=["speech", "music"], default="speech")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    content, name = (("speech",), "texture") if args.content == "speech" else (("music", "singing"), "music")
    windows = load(args.sounds, args.manifest, args.voices, ("long",), content)
    x, learned = features(windows), np.isin(windows.condition, LEARNED)
    write_scores(windows, left_out(x, windows, learned), name, args.out / f"{name}.jsonl")
    export(Texture(*head(x, windows, learned)), args.out / f"{name}.onnx", ["logit"])
