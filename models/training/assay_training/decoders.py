"""Parts of a picture that a generator's decoder draws anew: what editors do that work on the latents of an autoencoder.

The decoder is the tiny autoencoder for FLUX.2's latents (TAEF2 of github.com/madebyollin/taesd, MIT licence): 8-fold smaller, 32
channels. Pictures are RGB uint8 [h,w,3], masks float32 [h,w] of 0 to 1, as in edits.py.
"""

from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from assay_training import edits

WIDTH, CHANNELS, STRIDE = 64, 32, 8
ROOM = 48  # pixels around a part that the network sees with it
SIDES = 400, 900  # of a square in pixels; most editors of this kind work at such sizes


def convolution(inputs, outputs, **options):
    return nn.Conv2d(inputs, outputs, 3, padding=1, **options)


class Block(nn.Module):
    """Three convolutions and what they were given; in the middle of the network with a look at the whole of each group of channels."""

    def __init__(self, pooled=False):
        super().__init__()
        steps = [convolution(WIDTH, WIDTH), nn.ReLU(), convolution(WIDTH, WIDTH), nn.ReLU(), convolution(WIDTH, WIDTH)]
        self.conv = nn.Sequential(*steps)
        inner = 4 * WIDTH
        self.pool = (
            nn.Sequential(nn.Conv2d(WIDTH, inner, 1, bias=False), nn.GroupNorm(4, inner), nn.ReLU(), nn.Conv2d(inner, WIDTH, 1, bias=False))
            if pooled
            else None
        )

    def forward(self, x):
        x = x if self.pool is None else x + self.pool(x)
        return F.relu(self.conv(x) + x)


class Bounded(nn.Module):
    def forward(self, x):
        return 3 * torch.tanh(x / 3)


def encoder():
    layers = [convolution(3, WIDTH), Block()]
    for pooled in (False, False, True):
        layers += [convolution(WIDTH, WIDTH, stride=2, bias=False), *(Block(pooled) for _ in range(3))]
    return nn.Sequential(*layers, convolution(WIDTH, CHANNELS))


def decoder():
    layers = [Bounded(), convolution(CHANNELS, WIDTH), nn.ReLU()]
    for pooled in (True, False, False):
        layers += [*(Block(pooled) for _ in range(3)), nn.Upsample(scale_factor=2), convolution(WIDTH, WIDTH, bias=False)]
    return nn.Sequential(*layers, Block(), convolution(WIDTH, 3))


class Autoencoder:
    """Pictures whose sides are multiples of 8 to latents [1,32,h/8,w/8], and back."""

    def __init__(self, folder):
        self.parts = []
        for network, name in ((encoder(), "taef2_encoder.pth"), (decoder(), "taef2_decoder.pth")):
            network.load_state_dict(torch.load(Path(folder) / name, map_location="cpu", weights_only=True))
            self.parts.append(network.eval())

    @torch.no_grad()
    def latents(self, picture):
        return self.parts[0](torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255)

    @torch.no_grad()
    def picture(self, latents):
        pixels = self.parts[1](latents)[0].clamp(0, 1).permute(1, 2, 0).numpy()
        return np.rint(pixels * 255).astype(np.uint8)


def sized(base, rng):
    side = int(edits.grown(rng, *SIDES))
    return base if side >= base.shape[0] else cv2.resize(base, (side, side), interpolation=cv2.INTER_AREA)


def window(mask):
    """Rows and columns of what the network sees for this mask, in multiples of its stride."""
    spans = []
    for axis, length in zip((1, 0), mask.shape):
        there = np.flatnonzero(mask.max(axis))
        first = max(0, int(there[0]) - ROOM)
        size = (min(length, int(there[-1]) + ROOM) - first) // STRIDE * STRIDE
        spans.append(slice(first, first + size))
    return tuple(spans)


def disturbed(latents, rng):
    """As after a few steps of denoising: each latent a little aside."""
    amount = 0.0 if rng.random() < 0.35 else float(rng.uniform(0.05, 0.5))
    noise = torch.from_numpy(rng.standard_normal(tuple(latents.shape)).astype(np.float32))
    return latents + amount * latents.std((2, 3), keepdim=True) * noise


def redrawn(base, mask, latents, part, network, rng):
    """The part as the network draws it."""
    drawn = base.copy()
    drawn[part] = network.picture(latents)
    soft = edits.feathered(mask, rng)
    return edits.blended(base, drawn, soft), soft


def decoded(base, _filling, network, rng):
    """A part whose content stays, drawn anew by the decoder."""
    base = sized(base, rng)
    mask, _box = edits.placed(base.shape[:2], edits.outline(rng), edits.grown(rng, edits.SMALLEST * 1.5, edits.LARGEST), rng)
    part = window(mask)
    return redrawn(base, mask, disturbed(network.latents(base[part]), rng), part, network, rng)


def filled(base, filling, network, rng):
    """Something put in or taken out among the latents: those of another picture, or of the picture's own surroundings, drawn as one."""
    base = sized(base, rng)
    taken_out = filling is None or rng.random() < 0.5
    shapes = [edits.ellipse, edits.blob, edits.strokes] if taken_out else None
    share = edits.grown(rng, edits.SMALLEST, 0.15 if taken_out else 0.3)
    mask, _box = edits.placed(base.shape[:2], edits.outline(rng, shapes), share, rng)
    part = window(mask)
    latents, hole = network.latents(base[part]), hole_of(mask[part])
    if taken_out:
        other = torch.roll(latents, tuple(int(s) for s in rng.integers(3, max(4, min(latents.shape[2:]) // 2), 2)), (2, 3))
        low = F.avg_pool2d(latents, 3, 1, 1) if rng.random() < 0.5 else other
        other = (other + low) / 2
    else:
        piece = edits.piece(filling, part[1].stop - part[1].start, part[0].stop - part[0].start, rng)
        if rng.random() < 0.5:
            piece = edits.matched(piece, base[part], rng)
        other = network.latents(piece)
    return redrawn(base, mask, disturbed(latents * (1 - hole) + other * hole, rng), part, network, rng)


def hole_of(mask):
    return F.avg_pool2d(torch.from_numpy(mask)[None, None], STRIDE)


KINDS = {"decoded": decoded, "filled": filled}
