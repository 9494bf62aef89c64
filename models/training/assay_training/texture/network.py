"""Export to ONNX (opset 17, dynamic batch), checked against PyTorch, and scoring with ONNX Runtime.

python -m assay_training texture-network WEIGHTS.pt MODEL.onnx
"""

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn import functional as F

from assay_training.texture.backbone import MEAN, STD, EfficientNetLite0
from assay_training.texture.crops import native_grid, normalise

INPUT, OUTPUT = "crops", "logit"
SIZE, COLUMNS, ROWS = 320, 3, 2
HALF, NATIVE = 0.5, 0.5  # weights of the two scales


class TwoScales(nn.Module):
    """Looks at a crop of 320 px halved by 2 x 2 averaging (what INTER_AREA does) and at its middle 160 px as they are."""

    def __init__(self, net, joined=True):
        super().__init__()
        self.net, self.joined = net, joined

    def forward(self, crops):
        edge = SIZE // 4
        half = self.net(F.avg_pool2d(crops, 2))
        native = self.net(crops[:, :, edge : SIZE - edge, edge : SIZE - edge])
        return HALF * half + NATIVE * native if self.joined else torch.cat((half, native), 1)


def export(weights, file, joined=True):
    """`joined` gives the model to ship, else one with a logit for each scale. Returns the largest difference from PyTorch."""
    net = EfficientNetLite0()
    net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    net = TwoScales(net, joined).eval()
    x = torch.randn(3, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    axes = {INPUT: {0: "n"}, OUTPUT: {0: "n"}}
    torch.onnx.export(net, (x,), file, input_names=[INPUT], output_names=[OUTPUT], opset_version=17, dynamic_axes=axes, dynamo=False)
    onnx.checker.check_model(onnx.load(file))
    with torch.no_grad():
        expected = net(x).numpy()
    difference = float(np.abs(session(file).run(None, {INPUT: x.numpy()})[0] - expected).max())
    if difference > 1e-4:
        raise ValueError(f"{file} differs from PyTorch by {difference}")
    return difference


def session(file, threads=2):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def logits(model, picture):
    """RGB uint8 [h,w,3] to the mean over its crops of each of the model's outputs."""
    crops = native_grid(picture, SIZE, COLUMNS, ROWS)
    return model.run(None, {INPUT: normalise(crops, MEAN, STD)})[0].mean(0)


def score(model, picture):
    """The score of a picture: the mean of its crops' logits."""
    return float(logits(model, picture)[0])
