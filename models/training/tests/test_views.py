"""What the models look at. The Java side is held to the same by ../parity."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from assay_training.views import LONGEST, SIZE, margins, native, starts, views, whole
from assay_training.views import grey as grey_of

PARITY = Path(__file__).parent.parent / "parity"


def noise(height, width, seed=5):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize("height, width", [(224, 224), (300, 2000), (2000, 300), (97, 131), (3000, 2500), (225, 223)])
def test_every_view_has_its_size_and_lies_within_the_picture(height, width):
    seen = views(noise(height, width))
    assert {v.kind for v in seen} == {"whole", "native"}
    for view in seen:
        assert view.pixels.shape == (SIZE, SIZE, 3)
        x, y, w, h = view.region
        assert 0 <= x and 0 <= y and w > 0 and h > 0 and x + w <= width and y + h <= height


def test_a_flat_margin_is_left_out():
    canvas = np.full((600, 800, 3), 250, np.uint8)
    canvas[100:500, 150:650] = noise(400, 500)
    assert margins(grey_of(canvas)) == (100, 100, 150, 150)


def test_what_is_all_flat_is_not_judged():
    assert views(np.full((400, 400, 3), 128, np.uint8)) == []


def test_native_crops_are_copies_of_the_pixels():
    picture = noise(700, 900)
    for view in views(picture):
        if view.kind == "native":
            x, y, w, h = view.region
            assert (view.pixels == picture[y : y + h, x : x + w]).all()


def test_large_pictures_are_looked_at_in_a_copy():
    picture = cv2.resize(noise(300, 400), (LONGEST * 2, LONGEST * 3 // 2))
    assert all(v.region[2] >= 2 * SIZE - 2 for v in views(picture) if v.kind == "native")


def test_native_crops_begin_with_the_centre_and_go_to_where_most_is():
    grey = np.zeros((1000, 1000), np.int32)
    grey[:300, :300] = np.random.default_rng(6).integers(0, 256, (300, 300))
    first, second, *_ = native(grey)
    assert first == ((1000 - SIZE) // 2, (1000 - SIZE) // 2)
    assert second[0] < 300 and second[1] < 300


def test_windows_cover_an_axis():
    assert starts(1000, SIZE, 3) == [0, 388, 776]
    assert starts(1000, SIZE, 1) == [388]
    assert len(whole(noise(300, 1200), 0, 0, 1200, 300)) == 3


def test_the_regions_are_those_that_java_is_held_to():
    card = json.loads((PARITY / "../../src/main/resources/dev/assay/models/clip-native/card.json").read_text())
    expected = json.loads((PARITY / "expected.json").read_text())["clip-native"]
    for name, said in expected.items():
        picture = cv2.cvtColor(cv2.imread(str(PARITY / name)), cv2.COLOR_BGR2RGB)
        assert [list(map(int, v.region)) for v in views(picture, card["views"]["most"]) if v.kind == "native"] == said["regions"], name
