"""Adds to the backbone what patches in three parts of a face's square show, on average: the output `face_parts` [n,12,3,768].

python -m assay_training face-parts ONNX ONNX

Parts: the inside of the face, the band around its outline, and what is around it, by ellipses that fit every upright face in its
square (`faces.py`). What is blended in differs from what is around it; a mean over all patches, and the class token, lose that.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from assay_training.patch_tokens import of_blocks

PATCHES = 14  # along a side
SQUARE = 3.2  # side of the square, in distances between the eyes
WIDTH, HEIGHT = 1.0, 1.17  # half axes of the outline, in the same unit
INSIDE, AROUND = 0.75, 1.25  # shares of the outline where the band begins and ends


def shares():
    """How much each patch counts for each part: [3,196]."""
    y, x = (np.mgrid[0:PATCHES, 0:PATCHES] - (PATCHES - 1) / 2) * SQUARE / PATCHES
    r = np.hypot(x / WIDTH, y / HEIGHT)
    parts = np.stack([r < INSIDE, (r >= INSIDE) & (r < AROUND), r >= AROUND]).reshape(3, -1).astype(np.float32)
    return parts / parts.sum(1, keepdims=True)


def add(model):
    graph = model.graph
    patches = of_blocks(graph)
    graph.initializer.extend(
        [numpy_helper.from_array(shares(), "face_part_shares"), numpy_helper.from_array(np.array([1], np.int64), "face_part_axis")]
    )
    for i, name in enumerate(patches):
        graph.node.append(helper.make_node("MatMul", ["face_part_shares", name], [f"face_parts_of_{i}"]))
        graph.node.append(helper.make_node("Unsqueeze", [f"face_parts_of_{i}", "face_part_axis"], [f"face_parts_{i}"]))
    graph.node.append(helper.make_node("Concat", [f"face_parts_{i}" for i in range(len(patches))], ["face_parts"], axis=1))
    graph.output.append(helper.make_tensor_value_info("face_parts", TensorProto.FLOAT, ["n", len(patches), 3, 768]))
    onnx.checker.check_model(model)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path, help="of the step clip")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    onnx.save(add(onnx.load(args.network)), args.out)
