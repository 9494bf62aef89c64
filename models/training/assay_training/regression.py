"""Ridge-penalised logistic regression on many features, and its export as an ONNX head."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from scipy.optimize import minimize

STRENGTH = 1e-3  # inverse of the ridge penalty, on standardised features
ITERATIONS = 80


def weights(page, synthetic, total=None):
    """Pages count by the square root of their size, both classes alike; the sum is `total`, or else the mean is 1."""
    _, cell, count = np.unique(page, return_inverse=True, return_counts=True)
    w = (count**-0.5)[cell]
    for c in (False, True):
        w[synthetic == c] *= (len(w) if total is None else total) / 2 / w[synthetic == c].sum()
    return w


def logistic(x, labels, w, strength=STRENGTH):
    """Coefficients and intercept, as one vector; `w` are weights of mean 1."""
    x, sign = x.astype(np.float32), np.where(labels, 1, -1).astype(np.float32)
    n = len(sign)

    def loss(theta):
        margin = (x @ theta[:-1].astype(np.float32) + np.float32(theta[-1])) * sign
        slope = -sign * w / (1 + np.exp(np.clip(margin, -60, 60)))
        value = (w * np.logaddexp(0, -margin)).mean() + (theta[:-1] ** 2).sum() / (2 * strength * n)
        return value, np.append(x.T @ slope.astype(np.float32) / n + theta[:-1] / (strength * n), slope.mean())

    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x


def fit(x, labels, w, strength=STRENGTH):
    """A head on raw features: coefficients and intercept."""
    centre, spread = x.mean(0), x.std(0) + 1e-6
    theta = logistic((x - centre) / spread, labels, w, strength)
    coefficients = theta[:-1] / spread
    return coefficients, float(theta[-1] - coefficients @ centre)


def export(coefficients, intercept, file, inputs=("class_tokens",)):
    """An ONNX network: the inputs, class tokens [n,12,768] and face parts [n,12,3,768], or features of sound, one after the other, to `logit` [n,1]."""
    shapes = {"class_tokens": ["n", 12, 768], "face_parts": ["n", 12, 3, 768], "features": ["n", len(coefficients)]}
    nodes = [helper.make_node("Flatten", [name], [name + "_flat"], axis=1) for name in inputs]
    nodes.append(helper.make_node("Concat", [name + "_flat" for name in inputs], ["flat"], axis=1))
    nodes.append(helper.make_node("Gemm", ["flat", "coefficients", "intercept"], ["logit"]))
    constants = [
        numpy_helper.from_array(coefficients.astype(np.float32)[:, None], "coefficients"),
        numpy_helper.from_array(np.float32([intercept]), "intercept"),
    ]
    graph = helper.make_graph(
        nodes,
        "head",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes[name]) for name in inputs],
        [helper.make_tensor_value_info("logit", TensorProto.FLOAT, ["n", 1])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, file)
