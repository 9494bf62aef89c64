"""The chains that both classes pass."""

import numpy as np
import pytest

from assay_training.conditions import EVALUATION, LARGEST, TRAINING, launder


@pytest.mark.parametrize("name", [*TRAINING, *EVALUATION])
def test_a_condition_is_the_same_for_the_same_seed(name):
    picture = np.random.default_rng(7).integers(0, 256, (300, 400, 3)).astype(np.uint8)
    one, other = (launder(name, picture, np.random.default_rng(8)) for _ in range(2))
    assert one.dtype == np.uint8 and one.ndim == 3
    assert (one == other).all()


def test_nothing_is_larger_than_the_bound():
    picture = np.zeros((LARGEST * 2, 50, 3), np.uint8)
    assert max(launder("jpeg95", picture, np.random.default_rng(9)).shape) == LARGEST
