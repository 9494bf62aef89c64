"""No family and no source on both sides of a fold."""

import json

import numpy as np

from assay_training.face_heads import Faces, features, of_outputs
from assay_training.face_heads import folds as face_folds
from assay_training.heads import FOLDS, folds
from assay_training.pictures import cut, read, spread
from assay_training.regression import weights


def rows_of(tmp_path, *rows):
    manifest = tmp_path / "manifest.jsonl"
    filled = [{"repo": "o/n", "path": f"{i}.png", "source": "o/n", "kind": "photo"} | row for i, row in enumerate(rows)]
    manifest.write_text("\n".join(map(json.dumps, filled)))
    return read(manifest)


def test_each_unit_lies_in_one_fold_and_both_classes_lie_in_every_fold():
    units = np.array([f"{side} {n}" for side in ("synthetic", "real") for n in range(11) for _ in range(3)])
    fold = folds(None, units)
    for unit in set(units):
        assert len(set(fold[units == unit])) == 1
    for side in ("synthetic", "real"):
        assert set(fold[[u.startswith(side) for u in units]]) == set(range(FOLDS))


def test_folds_are_the_same_at_every_run():
    units = np.array([f"real {n}" for n in range(20)])
    assert (folds(None, units) == folds(None, units)).all()
    assert (folds(None, units) != folds(None, units, seed=1)).any()


def test_weights_hold_the_classes_alike_whatever_their_sizes():
    page = np.array(["a"] * 90 + ["b"] * 10 + ["c"] * 5)
    synthetic = page == "c"
    w = weights(page, synthetic)
    assert np.isclose(w[synthetic].sum(), w[~synthetic].sum())
    assert np.isclose(w.mean(), 1)
    assert np.isclose(w[page == "a"].sum() / w[page == "b"].sum(), 3)


def test_generators_that_share_code_are_one_family(tmp_path):
    pictures = rows_of(
        tmp_path, {"label": "fake", "generator": "stylegan2"}, {"label": "fake", "generator": "stylegan3/stylegan2"}, {"label": "real"}
    )
    assert [p.family for p in pictures] == ["stylegan", "stylegan", "o/n"]
    assert [p.synthetic for p in pictures] == [True, True, False]


def test_a_montage_is_as_many_pictures_as_it_shows(tmp_path):
    pictures = rows_of(tmp_path, {"label": "real", "tile": "3x2"}, {"label": "real", "tile": 2}, {"label": "real"})
    assert [p.tile for p in pictures[:6]] == [(3, 2, n) for n in range(6)]
    assert len(pictures) == 6 + 4 + 1
    assert len({p.key for p in pictures}) == len(pictures)


def test_parts_of_one_picture_are_pictures_of_their_own_and_hold_nothing_else(tmp_path):
    left, right = rows_of(
        tmp_path,
        {"label": "real", "path": "a.png", "crop": "0,0,0.5,1"},
        {"label": "fake", "generator": "sdxl", "path": "a.png", "crop": "0.5,0.25,1,1"},
    )
    assert left.key != right.key
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[10:, 30:] = 200
    assert cut(right, pixels).shape == (30, 30, 3) and cut(right, pixels).min() == 200
    assert cut(left, pixels).shape == (40, 30, 3) and cut(left, pixels).max() == 0


def test_no_source_gives_more_than_it_may(tmp_path):
    rows = [{"label": "real", "source": "large"}] * 30 + [{"label": "real", "source": "small"}] * 3
    chosen = spread(rows_of(tmp_path, *rows), 5)
    assert sorted(p.source for p in chosen) == ["large"] * 5 + ["small"] * 3
    assert [p.key for p in chosen] == [p.key for p in spread(rows_of(tmp_path, *rows), 5)]


def test_every_beginning_of_the_work_covers_all_groups(tmp_path):
    rows = [{"label": "real", "source": f"source {n % 4}"} for n in range(40)]
    for part in (4, 8, 20):
        counts = [sum(p.source == f"source {n}" for p in spread(rows_of(tmp_path, *rows))[:part]) for n in range(4)]
        assert counts == [part // 4] * 4


def faces_of(tmp_path, *rows):
    media = rows_of(tmp_path, *rows)
    made = [{"made": "real" if row["label"] == "real" else "swapped"} for row in rows]
    return Faces(media, made, np.zeros((len(rows), 1), np.float32), np.array(["group" in row for row in rows]))


def test_who_judges_a_swap_saw_neither_its_method_nor_its_person(tmp_path):
    swaps = [
        {"label": "fake", "generator": method, "kind": "swap", "group": person}
        for method, person in (("a", "ann"), ("a", "bob"), ("b", "ann"), ("c", "eve"))
    ]
    originals = [{"label": "real", "group": person} for person in ("ann", "bob", "eve")]
    others = [{"label": "real", "source": f"source {n}"} for n in range(30)]
    faces = faces_of(tmp_path, *swaps, *originals, *others)
    judged_once = np.zeros(len(faces.rows), int)
    for unseen, judged in face_folds(faces):
        assert (unseen | ~judged).all()
        seen = ~unseen
        for swap in np.flatnonzero(judged & (faces.made == "swapped")):
            assert not (seen & (faces.method == faces.method[swap]) & (faces.made == "swapped")).any()
        for face in np.flatnonzero(judged & faces.original):
            assert not (seen & (faces.person == faces.person[face])).any()
        assert not set(faces.source[judged & ~faces.original]) & set(faces.source[seen & ~faces.original])
        judged_once += judged
    assert (judged_once == 1).all()


def test_the_head_on_features_is_the_head_on_what_the_backbone_gives():
    rng = np.random.default_rng(0)
    tokens, parts = rng.normal(size=(3, 12, 768)), rng.normal(size=(3, 12, 3, 768))
    coefficients = rng.normal(size=3 * 12 * 768)
    plain = np.concatenate([tokens.reshape(3, -1), parts.reshape(3, -1)], 1)
    assert np.allclose(features(tokens, parts) @ coefficients, plain @ of_outputs(coefficients))
