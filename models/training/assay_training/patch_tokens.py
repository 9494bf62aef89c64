"""Adds to the backbone the patch tokens after three of its blocks: the output `patch_tokens` [n,3,196,768].

python -m assay_training patch-tokens ONNX ONNX

They say of each place of a view what stands there and what its texture is like; local edits are found by what differs from the rest
of the picture. Block 7 is the best by itself; an earlier and a later one add to it (EXPERIMENTS.md).
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BLOCKS = (5, 7, 9)  # after which the tokens are taken, the first block being 1


def of_blocks(graph):
    """Name of the tensor [n,196,768] of patch tokens after each block, of which the network takes the mean."""
    made_by = {output: node for node in graph.node for output in node.output}
    patches = []
    for name in made_by["patch_means"].input:
        while made_by[name].op_type != "ReduceMean":
            name = made_by[name].input[0]
        patches.append(made_by[name].input[0])
    return patches


def add(model):
    graph = model.graph
    patches = of_blocks(graph)
    graph.initializer.append(numpy_helper.from_array(np.array([1], np.int64), "patch_tokens_axis"))
    for block in BLOCKS:
        graph.node.append(helper.make_node("Unsqueeze", [patches[block - 1], "patch_tokens_axis"], [f"patch_tokens_{block}"]))
    graph.node.append(helper.make_node("Concat", [f"patch_tokens_{block}" for block in BLOCKS], ["patch_tokens"], axis=1))
    graph.output.append(helper.make_tensor_value_info("patch_tokens", TensorProto.FLOAT, ["n", len(BLOCKS), 196, 768]))
    onnx.checker.check_model(model)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path, help="of the step face-parts")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    onnx.save(add(onnx.load(args.network)), args.out)
