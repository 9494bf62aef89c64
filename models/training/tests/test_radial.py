"""Heads that see what a straight line cannot, and their ONNX form."""

import numpy as np
import onnxruntime
import pytest

from assay_training import radial


@pytest.fixture
def small(monkeypatch):
    for name, value in {"LINEAR": 24, "NEAR": 12, "LANDMARKS": 120, "SAMPLE": 300}.items():
        monkeypatch.setattr(radial, name, value)


def rings(rng, n, width):
    """Points around a middle in a plane of a large space; the class is how far from it they are."""
    angle, labels = rng.uniform(0, 2 * np.pi, n), rng.random(n) < 0.5
    plane = np.where(labels, 3, 1) * (np.cos(angle), np.sin(angle))
    return (plane.T @ np.random.default_rng(9).normal(0, 1, (2, width)) + rng.normal(0, 0.1, (n, width))).astype(np.float32), labels


def test_sees_what_a_line_cannot(small):
    rng = np.random.default_rng(0)
    x, labels = rings(rng, 600, 40)
    head = radial.fit(x, labels, np.ones(len(x)))
    fresh, truth = rings(rng, 300, 40)
    assert ((head(fresh) > 0) == truth).mean() > 0.97


def test_weights_decide_between_two_that_disagree(small):
    rng = np.random.default_rng(1)
    x = rng.normal(0, 1, (400, 40)).astype(np.float32)
    x, labels = np.concatenate([x, x]), np.repeat([True, False], 400)
    w = np.where(labels, 1.8, 0.2)
    assert (radial.fit(x, labels, w)(x) > 0).all()


def test_the_network_says_what_the_head_says(small, tmp_path):
    rng = np.random.default_rng(2)
    x, labels = rings(rng, 400, 12 * 768)
    head = radial.fit(x, labels, np.ones(len(x)))
    radial.export(head, tmp_path / "head.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "head.onnx"))
    said = session.run(["logit"], {"class_tokens": x[:9].reshape(9, 12, 768)})[0][:, 0]
    assert np.allclose(said, radial.stored(head)(x[:9]), atol=1e-3)
    assert np.allclose(said, head(x[:9]), atol=0.05)
