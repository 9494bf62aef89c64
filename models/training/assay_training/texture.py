"""Statistics of fine texture: what a network that was never fine-tuned, and fixed high-pass filters, see in crops at native resolution.

python -m assay_training.texture OUT

Exports an ONNX network: `pixels` [n,3,224,224], RGB 0..255, to `layers` (means and standard deviations of the layers of an
EfficientNet-Lite0 with ImageNet weights), `residuals` (co-occurrences of quantised residuals, after Fridrich and Kodovsky, "Rich
models for steganalysis", IEEE TIFS 2012) and `spectrum` (logarithms of mean amplitudes of 8 x 8 cosine and 32 x 32 Fourier
transforms, after Frank et al., arXiv 2003.08685).
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent.parent))
from backbone import MEAN, STAGES, STD, pretrained

SIZE = 224
LEVELS = 2  # residuals are quantised to -2..2
LUMA = (0.299, 0.587, 0.114)
FIRST = [[[-1, 1]], [[-1], [1]]]
SQUARE = [[[-1, 2, -1], [2, -4, 2], [-1, 2, -1]]]
WIDE = [[[-1, 2, -2, 2, -1], [2, -6, 8, -6, 2], [-2, 8, -12, 8, -2], [2, -6, 8, -6, 2], [-1, 2, -2, 2, -1]]]
FOURIER = 32


def filters():
    """Filters [n,1,5,5], each with the sum of its positive weights at 1."""
    result = []
    for kernel in FIRST + SQUARE + WIDE:
        k = np.zeros((5, 5), np.float32)
        a = np.array(kernel, np.float32)
        y, x = (5 - a.shape[0]) // 2, (5 - a.shape[1]) // 2
        k[y : y + a.shape[0], x : x + a.shape[1]] = a / a[a > 0].sum()
        result.append(k)
    return torch.from_numpy(np.stack(result))[:, None]


def cosines():
    """The 8 x 8 cosine transform as filters [64,1,8,8]."""
    n = np.arange(8)
    basis = np.cos((2 * n[None] + 1) * n[:, None] * np.pi / 16) * np.where(n[:, None] == 0, np.sqrt(1 / 8), 0.5)
    return torch.from_numpy(np.einsum("ux,vy->uvxy", basis, basis).reshape(64, 1, 8, 8).astype(np.float32))


def waves():
    """The 32 x 32 Fourier transform as filters [2 * 32 * 17,1,32,32], windowed; cosines first."""
    n = np.arange(FOURIER)
    u, v = np.meshgrid(n, np.arange(FOURIER // 2 + 1), indexing="ij")
    phase = 2 * np.pi / FOURIER * (u.reshape(-1, 1, 1) * n[None, :, None] + v.reshape(-1, 1, 1) * n[None, None])
    window = np.hanning(FOURIER + 2)[1:-1]
    window = window[:, None] * window[None]
    return torch.from_numpy((np.concatenate([np.cos(phase), np.sin(phase)]) * window)[:, None].astype(np.float32))


class Texture(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = pretrained().eval().requires_grad_(False)
        ends = np.cumsum([stage[0] for stage in STAGES])
        self.taken = [int(end) - 1 for end in ends]
        for name, value in (("mean", torch.tensor(MEAN)), ("std", torch.tensor(STD)), ("luma", torch.tensor(LUMA))):
            self.register_buffer(name, value.reshape(1, 3, 1, 1))
        self.register_buffer("filters", filters())
        self.register_buffer("cosines", cosines())
        self.register_buffer("waves", waves())

    def layers(self, pixels):
        found = []
        x = F.relu6(self.net.stem((pixels / 255 - self.mean) / self.std))

        def take(x):
            mean = x.mean((2, 3), keepdim=True)
            found.extend([mean.flatten(1), ((x - mean) ** 2).mean((2, 3)).add(1e-6).sqrt()])

        take(x)
        for i, block in enumerate(self.net.blocks):
            x = block(x)
            if i in self.taken:
                take(x)
        found.append(F.relu6(self.net.head(x)).mean((2, 3)))
        return torch.cat(found, 1)

    def residuals(self, pixels):
        luma = (pixels * self.luma).sum(1, keepdim=True)
        planes = torch.cat([luma, pixels[:, :1] - pixels[:, 1:2]], 1)
        n = planes.shape[0]
        x = F.conv2d(planes.reshape(-1, 1, SIZE, SIZE), self.filters)
        side = x.shape[-1]
        q = torch.clamp(torch.round(x), -LEVELS, LEVELS).reshape(n, -1, side, side)
        hot = torch.stack([(q == level).float() for level in range(-LEVELS, LEVELS + 1)], 2)
        found = []
        for a, b in ((hot[..., :-1], hot[..., 1:]), (hot[:, :, :, :-1], hot[:, :, :, 1:])):
            pairs = a.flatten(3) @ b.flatten(3).transpose(2, 3) / (side * (side - 1))
            pairs = (pairs + pairs.transpose(2, 3)) / 2
            pairs = (pairs + pairs.flip(2, 3)) / 2
            found.append(torch.sqrt(pairs + 1e-6).flatten(1))
        return torch.cat(found, 1)

    def spectrum(self, pixels):
        luma = (pixels * self.luma).sum(1, keepdim=True)
        found = [torch.log(F.conv2d(luma[:, :, o:, o:], self.cosines, stride=8).abs().mean((2, 3)) + 0.1) for o in (0, 4)]
        wave = F.conv2d(F.conv2d(luma, self.filters[2:3]), self.waves, stride=FOURIER // 2)
        half = self.waves.shape[0] // 2
        found.append(torch.log((wave[:, :half] ** 2 + wave[:, half:] ** 2).mean((2, 3)) + 0.1) / 2)
        return torch.cat(found, 1)

    def forward(self, pixels):
        return self.layers(pixels), self.residuals(pixels), self.spectrum(pixels)


def export(file):
    names = ["layers", "residuals", "spectrum"]
    axes = {name: {0: "n"} for name in ["pixels", *names]}
    x = torch.rand(2, 3, SIZE, SIZE) * 255
    torch.onnx.export(Texture().eval(), (x,), str(file), input_names=["pixels"], output_names=names, opset_version=17, dynamic_axes=axes, dynamo=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    export(parser.parse_args().out)
