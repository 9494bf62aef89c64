"""Ratios that mean what they say."""

from dataclasses import replace

import numpy as np

from assay_training.ensemble import (
    FALSE_POSITIVES,
    UNSEEN_FAMILIES,
    Ensemble,
    Scores,
    auroc,
    bounded,
    calibration_error,
    crossed,
    quantile,
    sigmoid,
)


def drawn(rng, groups=24, of_each=150, distance=2.0):
    """Two classes of normal scores, a fold to each group."""
    parts = []
    for g in range(groups):
        synthetic = g % 2 == 0
        values = rng.normal(distance / 2 if synthetic else -distance / 2, 1, of_each)
        parts.append((values, synthetic, f"group {g}", g // 2 % 4))
    n = groups * of_each
    column = lambda i: np.concatenate([np.full(of_each, part[i]) for part in parts])  # noqa: E731
    return made(of={"expert": np.concatenate([p[0] for p in parts])}, synthetic=column(1), group=column(2), fold=column(3), n=n)


def made(of, synthetic, group, fold, n):
    return Scores(
        of=of,
        synthetic=synthetic,
        group=group,
        fold=fold,
        kind=np.full(n, "photo"),
        condition=np.full(n, "jpeg95"),
        key=np.arange(n).astype(str),
        page=group,
    )


def test_the_ratio_is_that_of_the_densities():
    scores = drawn(np.random.default_rng(1))
    line = Ensemble.fit(scores, ("expert",)).lines["expert"]
    assert abs(line.slope - 2) < 0.2  # of two normal distributions that far apart
    assert abs(line.intercept) < 0.2


def test_probabilities_of_left_out_groups_are_frequencies():
    scores = drawn(np.random.default_rng(2))
    ratio, _ = crossed(scores, ("expert",))
    assert calibration_error(scores, ratio) < 0.04
    assert calibration_error(scores, ratio * 3) > 0.08
    assert calibration_error(scores, ratio / 3) > 0.08


def test_the_threshold_keeps_false_alarms_below_what_is_allowed():
    scores = drawn(np.random.default_rng(3))
    ratio, answer = Ensemble.fit(scores, ("expert",)).answers(scores)
    assert (answer[~scores.synthetic] == 1).mean() <= FALSE_POSITIVES + 1e-9
    assert (answer[scores.synthetic] == 1).mean() > 0.3
    assert ((answer == 1) <= (ratio > 0)).all()


def test_heads_that_know_no_generator_raise_the_threshold_and_nothing_else():
    scores = drawn(np.random.default_rng(3))
    unseen_families = replace(scores, of={"expert": scores.of["expert"] + np.where(scores.synthetic, 0, 1.5)})
    alone, held = (Ensemble.fit(scores, ("expert",), unseen_families=s) for s in (None, unseen_families))
    assert held.lines == alone.lines and held.sum.low == alone.sum.low
    assert held.sum.high > alone.sum.high
    assert (held.answers(unseen_families)[1][~scores.synthetic] == 1).mean() <= UNSEEN_FAMILIES + 1e-9


def test_a_picture_is_answered_by_an_ensemble_that_saw_no_score_of_it():
    scores = drawn(np.random.default_rng(5))
    lied = replace(scores, of={"expert": np.where(scores.fold == 0, -scores.of["expert"], scores.of["expert"])})
    fold = scores.fold == 0
    judged, of_lies = crossed(scores, ("expert",), judged=lied)[0], crossed(lied, ("expert",))[0]
    assert np.allclose(judged[fold], of_lies[fold])  # who answers for a fold has learned nothing of it
    assert not np.allclose(judged[~fold], of_lies[~fold])


def test_what_settles_the_answer_hardly_ever_changes_it():
    rng = np.random.default_rng(6)
    scores = drawn(rng, distance=5.0)
    scores.of["second"] = np.where(scores.synthetic, 1.0, -1.0) + rng.normal(0, 1, len(scores))
    every, early = (Ensemble.fit(scores, ("expert", "second"), early=e) for e in (None, "expert"))
    settled = early.early.settles(scores)
    assert settled.mean() > 0.2
    assert (every.answers(scores)[1] == early.answers(scores)[1])[settled].mean() > 0.99
    assert early.early.below < early.early.above
    assert (early.answers(scores)[1][~scores.synthetic] == 1).mean() <= FALSE_POSITIVES + 1e-9


def test_an_expert_that_knows_nothing_says_nothing():
    scores = drawn(np.random.default_rng(4), distance=0)
    ratio, answer = crossed(scores, ("expert",))
    assert np.abs(ratio).max() < 0.5
    assert (answer == 1).mean() < 0.06


def test_bounds_are_approached_and_never_passed():
    ratio = np.linspace(-50, 50, 1001)
    limited = bounded(ratio, 3, 2)
    assert (np.diff(limited) >= 0).all()
    assert limited.max() <= 3 and limited.min() >= -2
    assert np.isclose(bounded(0.01, 3), 0.01, rtol=1e-3)


def test_figures_on_hand():
    assert auroc(np.array([2.0, 3.0]), np.array([0.0, 2.0]), np.ones(2)) == 0.875  # a tie counts half
    assert quantile(np.array([5.0, 1.0, 3.0, 2.0]), np.ones(4), 0.25) == 3
    assert sigmoid(0) == 0.5
