"""Heads on the backbone's features that weigh two things at once: directions, and likeness to pictures that were learned from.

A ridge-penalised least-squares fit of the class on (1) the first LINEAR principal components of the features and (2) radial basis
functions around LANDMARKS of what was learned from, in the first NEAR components (Nystroem's approximation of a kernel machine;
Williams and Seeger, NIPS 2000). EXPERIMENTS.md has what either gives alone.
"""

from dataclasses import dataclass, replace

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from scipy.linalg import cho_factor, cho_solve

LINEAR, NEAR = 1024, 512  # principal components
LANDMARKS = 2048
WIDTH = 0.4  # of the functions: exp(-WIDTH d^2), where the mean squared length of what was learned from is 1
PENALTY = 0.2
SAMPLE = 3000  # observations that principal components are found in
CHUNK = 4096


@dataclass
class Head:
    """Scores features [n,d]: above 0 for synthetic."""

    projection: np.ndarray  # [d,NEAR]
    offset: np.ndarray  # [NEAR], subtracted after it
    landmarks: np.ndarray  # [m,NEAR]
    heights: np.ndarray  # [m]
    coefficients: np.ndarray  # [d], of the linear part
    intercept: float

    def __call__(self, x):
        result = [np.zeros(0)]
        for start in range(0, len(x), CHUNK):
            part = np.asarray(x[start : start + CHUNK], np.float32)
            near = functions(part @ self.projection - self.offset, self.landmarks)
            result.append(near @ self.heights + part @ self.coefficients + self.intercept)
        return np.concatenate(result)


def functions(points, landmarks):
    """exp(-WIDTH d^2) of each point [n,k] to each landmark [m,k]: [n,m]."""
    squares = (points**2).sum(1)[:, None] + (landmarks**2).sum(1) - 2 * points @ landmarks.T
    return np.exp(-WIDTH * np.maximum(squares, 0))


def components(x, rng):
    """Mean, spread and principal directions [d,LINEAR] of features."""
    sample = np.asarray(x[np.sort(rng.choice(len(x), min(SAMPLE, len(x)), replace=False))], np.float32)
    centre, spread = sample.mean(0), sample.std(0) + 1e-6
    sample = (sample - centre) / spread
    values, vectors = np.linalg.eigh(sample @ sample.T)
    first = np.argsort(-values)[: min(LINEAR, len(sample) - 1)]
    return centre, spread, (sample.T @ vectors[:, first]) / np.sqrt(values[first])


def fit(x, labels, w, seed=0):
    """A head on raw features [n,d], float16 or float32; `w` are weights of mean 1."""
    rng = np.random.default_rng(seed)
    centre, spread, directions = components(x, rng)
    scaled = directions / spread[:, None]
    points = np.concatenate([np.asarray(x[i : i + CHUNK], np.float32) @ scaled for i in range(0, len(x), CHUNK)]) - centre @ scaled
    near = points[:, :NEAR]
    unit, whole = (float(np.sqrt((p**2).sum(1).mean())) for p in (near, points))
    near = near / unit
    landmarks = near[np.sort(rng.choice(len(x), min(LANDMARKS, len(x)), replace=False, p=w / w.sum()))]
    values, vectors = np.linalg.eigh(functions(landmarks, landmarks).astype(np.float64))
    whitening = (vectors / np.sqrt(np.maximum(values, 1e-5))).astype(np.float32)
    features = np.hstack([functions(near, landmarks) @ whitening, points / whole])
    target = np.where(labels, 1, -1) * w
    gram = ((features * w.astype(np.float32)[:, None]).T @ features).astype(np.float64) + PENALTY * np.eye(features.shape[1])
    solution = cho_solve(cho_factor(gram, check_finite=False), features.T.astype(np.float64) @ target)
    heights, linear = whitening @ solution[: len(landmarks)], scaled @ solution[len(landmarks) :] / whole
    projection = scaled[:, :NEAR] / unit
    parts = projection, centre @ projection, landmarks, heights, linear
    return Head(*(p.astype(np.float32) for p in parts), float(-centre @ linear))


def stored(head):
    """The head as a file holds it: what is large in half the digits."""
    half = {name: getattr(head, name).astype(np.float16).astype(np.float32) for name in ("projection", "landmarks")}
    return replace(head, **half)


def export(head, file):
    """An ONNX network: class tokens [n,12,768] to `logit` [n,1]."""
    head = stored(head)
    constants = {
        "projection_half": head.projection.astype(np.float16),
        "landmarks_half": head.landmarks.T.astype(np.float16),
        "offset": -head.offset,
        "lengths": (head.landmarks**2).sum(1)[None],
        "heights": head.heights[:, None],
        "coefficients": head.coefficients[:, None],
        "intercept": np.float32([head.intercept]),
        "two": np.float32(-2),
        "width": np.float32(-WIDTH),
    }
    node = helper.make_node
    nodes = [
        node("Flatten", ["class_tokens"], ["flat"], axis=1),
        node("Cast", ["projection_half"], ["projection"], to=TensorProto.FLOAT),
        node("Cast", ["landmarks_half"], ["landmarks"], to=TensorProto.FLOAT),
        node("Gemm", ["flat", "projection", "offset"], ["point"]),
        node("MatMul", ["point", "landmarks"], ["products"]),
        node("Mul", ["products", "two"], ["crossed"]),
        node("ReduceSumSquare", ["point"], ["length"], axes=[1], keepdims=1),
        node("Add", ["crossed", "lengths"], ["partly"]),
        node("Add", ["partly", "length"], ["squares"]),
        node("Relu", ["squares"], ["distances"]),
        node("Mul", ["distances", "width"], ["exponents"]),
        node("Exp", ["exponents"], ["near"]),
        node("MatMul", ["near", "heights"], ["likeness"]),
        node("Gemm", ["flat", "coefficients", "intercept"], ["direction"]),
        node("Add", ["likeness", "direction"], ["logit"]),
    ]
    graph = helper.make_graph(
        nodes,
        "head",
        [helper.make_tensor_value_info("class_tokens", TensorProto.FLOAT, ["n", 12, 768])],
        [helper.make_tensor_value_info("logit", TensorProto.FLOAT, ["n", 1])],
        [numpy_helper.from_array(np.asarray(v), name) for name, v in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, file)
