"""The projection by which copies of a picture are found again: directions in which copies of one picture differ little, and pictures much.

python -m assay_training embedding --copies DIR --backbone ID --out MODELFOLDER

From the features that `copies` wrote. Class tokens of every block of the backbone, each at unit length, are whitened by how copies
differ from their originals (within-class covariance normalisation, Hatch and others 2006), and of what is left the directions in which
originals differ most are kept. Prints, for pictures of repositories that the projection saw nothing of, how often a copy is nearer to
its original than all pictures of other repositories. Writes the projection of all.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

DIMENSIONS = 256
COMPONENTS = 1024  # that are whitened
RIDGE = 0.3  # of the mean variance within copies
FOLDS = 2
SMALLEST = 1e-6  # of the largest variance; less is rounding


def repository(key):
    return "/".join(key.split("/")[:2])


def load(folder):
    """Features [n,blocks,width] at unit length per block, keys, conditions."""
    rows, features = defaultdict(list), []
    for index in sorted(folder.glob("index-*.jsonl")):
        for row in map(json.loads, index.read_text().splitlines()):
            if "shard" in row and (folder / row["shard"]).exists():
                rows[row["shard"]].append(row)
    for shard, of in rows.items():
        with np.load(folder / shard) as file:
            values = file["class_tokens"]
        features.append(values[[row["at"] for row in of]].astype(np.float32))
    flat = [row for of in rows.values() for row in of]
    features = np.concatenate(features)
    features = features.reshape(len(features), features.shape[-2], features.shape[-1])
    features /= np.linalg.norm(features, axis=2, keepdims=True)
    return features, np.array([r["key"] for r in flat]), np.array([r["condition"] for r in flat])


def projection(features, keys, conditions):
    """The mean [n] and the matrix [n,DIMENSIONS] of flat features."""
    originals = {key: i for i, key in enumerate(keys) if conditions[i] == "original"}
    mean = features[list(originals.values())].mean(0)
    centred = features[list(originals.values())] - mean
    values, vectors = np.linalg.eigh(centred @ centred.T)
    kept = min(COMPONENTS, int((values > SMALLEST * values[-1]).sum()))
    values, vectors = values[::-1][:kept], vectors[:, ::-1][:, :kept]
    basis = centred.T @ vectors / np.sqrt(values)
    copies = [i for i in range(len(keys)) if conditions[i] not in ("original", "collage") and keys[i] in originals]
    differences = (features[copies] - features[[originals[keys[i]] for i in copies]]) @ basis
    within = differences.T @ differences / len(copies)
    within += RIDGE * np.trace(within) / kept * np.eye(kept)
    whitening = np.linalg.inv(np.linalg.cholesky(within)).T
    _, directions = np.linalg.eigh(np.cov((centred @ basis @ whitening).T))
    return mean, basis @ whitening @ directions[:, ::-1][:, :DIMENSIONS]


def embed(features, mean, matrix):
    projected = (features - mean) @ matrix
    return projected / np.linalg.norm(projected, axis=1, keepdims=True)


def figures(features, keys, conditions):
    """By condition: how often nothing of other repositories is nearer, and the similarity that 99 in 100 copies reach."""
    repositories = np.array([repository(key) for key in keys])
    fold = np.array([int(hashlib.md5(r.encode()).hexdigest(), 16) % FOLDS for r in repositories])
    found, similar = defaultdict(list), defaultdict(list)
    for f in range(FOLDS):
        learned = fold != f
        embedded = embed(features, *projection(features[learned], keys[learned], conditions[learned]))
        place = np.flatnonzero((fold == f) & (conditions == "original"))
        originals = {keys[i]: i for i in place}
        for name in np.unique(conditions[conditions != "original"]):
            copies = [i for i in np.flatnonzero((fold == f) & (conditions == name)) if keys[i] in originals]
            own = (embedded[copies] * embedded[[originals[keys[i]] for i in copies]]).sum(1)
            others = embedded[copies] @ embedded[place].T
            others[repositories[copies][:, None] == repositories[place][None]] = -1
            found[name].extend(others.max(1) < own)
            similar[name].extend(own)
    return {name: (np.mean(found[name]), np.quantile(similar[name], 0.01), len(found[name])) for name in found}


def network(mean, matrix, blocks):
    """Class tokens [1,blocks,width] to an embedding [1,DIMENSIONS] of length 1."""
    width = len(mean) // blocks
    constants = [
        numpy_helper.from_array(mean.astype(np.float16), "mean16"),
        numpy_helper.from_array(matrix.astype(np.float16), "matrix16"),
        numpy_helper.from_array(np.array([1, len(mean)], np.int64), "flat"),
    ]
    nodes = [
        helper.make_node("LpNormalization", ["class_tokens"], ["unit"], axis=2, p=2),
        helper.make_node("Reshape", ["unit", "flat"], ["tokens"]),
        helper.make_node("Cast", ["mean16"], ["mean"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["matrix16"], ["matrix"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["tokens", "mean"], ["centred"]),
        helper.make_node("MatMul", ["centred", "matrix"], ["projected"]),
        helper.make_node("LpNormalization", ["projected"], ["embedding"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "copy-embedding",
        [helper.make_tensor_value_info("class_tokens", TensorProto.FLOAT, [1, blocks, width])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, matrix.shape[1]])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model, full_check=True)
    return model.SerializeToString()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=Path, required=True)
    parser.add_argument("--backbone", default="clip-vit-b-16")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    features, keys, conditions = load(args.copies)
    blocks = features.shape[1]
    features = features.reshape(len(features), -1)
    print(f"{len(set(keys))} pictures, {len(set(map(repository, keys)))} repositories")
    for name, (nearest, least, count) in figures(features, keys, conditions).items():
        print(f"{name:12s} {count:5d} copies, nearest {nearest:.4f}, 99 % reach {least:.3f}")
    mean, matrix = projection(features, keys, conditions)
    matrix /= np.abs(matrix).max()  # of any size, since embeddings have length 1: within what 16 bits hold
    content = network(mean, matrix, blocks)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "model.onnx").write_bytes(content)
    card = {
        "format": 1,
        "id": "copy-embedding",
        "version": "1.0.0",
        "name": "Copies",
        "description": "Projection of the class tokens of all blocks of CLIP ViT-B/16 in which copies of one picture lie near one another.",
        "task": "copy-embedding",
        "licence": "Apache-2.0",
        "file": "model.onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "input": {"backbone": args.backbone},
        "output": "embedding",
    }
    (args.out / "card.json").write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
