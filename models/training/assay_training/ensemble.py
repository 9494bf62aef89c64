"""From the scores of left-out pictures to a calibrated ensemble: calibration of each expert, fusion, thresholds, figures.

Every figure is of pictures whose source, or whose generator's family, no head, calibration or fusion behind it has seen: those are
fitted on the other folds. What ships is fitted on the left-out scores of all folds.

Two questions have two figures: *a page never seen of generators that are known*, which is what users mostly meet and what
calibration is fitted to, and *a family of generators never seen*, whose scores only hold the threshold (`unseen_families`).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression

FALSE_POSITIVES, WORST_KIND, FALSE_NEGATIVES = 0.015, 0.05, 0.05
UNSEEN_FAMILIES = 0.025  # false positives at most of heads that do not know the generators that are about
# Never claim more than 50 to 1 for synthetic, and 12 to 1 against: whole families of generators can look real, as StyleGAN does when left out.
ABOVE, BELOW = 4.0, 2.5
FEW = 8  # pictures of a group, fewer than which make no figure, unless a condition was measured on fewer of each
KIND_SOURCES, KIND_PICTURES = 4, 60  # of a kind of real media, fewer than which set no threshold
BINS = 15
BEND = 4  # the larger, the closer to its bound a ratio stays as it is
KEPT = 0.995  # of the answers where one expert settles them, which the others would have given too


@dataclass
class Scores:
    """Left-out scores, one row per picture and condition; nan where an expert abstains."""

    of: dict  # expert -> [n]
    synthetic: np.ndarray
    group: np.ndarray
    kind: np.ndarray
    condition: np.ndarray
    fold: np.ndarray
    key: np.ndarray  # of the picture
    page: np.ndarray  # a generator's part of a source, or a source of real media

    def where(self, rows):
        fields = ("synthetic", "group", "kind", "condition", "fold", "key", "page")
        return Scores({e: s[rows] for e, s in self.of.items()}, *(getattr(self, f)[rows] for f in fields))

    def __len__(self):
        return len(self.fold)

    def weights(self):
        """Each condition, each class in it and each group in that alike; the sum is 1."""
        names = np.char.add(np.char.add(self.condition.astype(str), "/"), self.group.astype(str))
        _, cell, count = np.unique(names, return_inverse=True, return_counts=True)
        w = 1 / count[cell]
        for c in np.unique(self.condition):
            for s in (False, True):
                members = (self.condition == c) & (self.synthetic == s)
                if members.any():
                    w[members] /= w[members].sum()
        return w / w.sum()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def bounded(ratio, above, below=None):
    """Approaches the bounds smoothly, so that no two values become the same; within a bound of 0 all are 0.

    Far below a bound hardly anything is taken away: at half of it 1.5 %, at the bound itself 16 %.
    """
    bound = np.where(ratio > 0, above, above if below is None else below)
    x = np.divide(ratio, bound, out=np.zeros_like(bound, float), where=bound > 0)
    return bound * x / (1 + x**BEND) ** (1 / BEND)


def logistic(x, labels, w):
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(x, labels, sample_weight=w * len(w))
    return fitted.coef_[0], float(fitted.intercept_[0])


@dataclass
class Line:
    slope: float
    intercept: float
    bound: float

    def __call__(self, scores):
        return bounded(self.slope * scores + self.intercept, self.bound)


def calibrated(scores, expert):
    """Platt scaling to log-likelihood ratios, bounded by what the groups carry."""
    s = scores.where(np.isfinite(scores.of[expert]))
    (slope,), intercept = logistic(s.of[expert][:, None], s.synthetic, s.weights())
    ratio = slope * s.of[expert] + intercept
    return Line(float(slope), intercept, max(strongest(s, ratio, side) for side in (True, False)))


def strongest(scores, ratio, own):
    """The largest log-likelihood ratio for one class, `own`, that left-out groups carry: the share of that class beyond a value against
    the upper 95 % confidence limit of the other's share there; the number of observations is that of the pictures, shrunk by how
    much groups differ."""
    best, sign = 0.0, 1 if own else -1
    groups = {g: ratio[scores.group == g] for g in np.unique(scores.group)}
    mine = [v for g, v in groups.items() if scores.synthetic[scores.group == g][0] == own]
    other = [v for g, v in groups.items() if scores.synthetic[scores.group == g][0] != own]
    for t in np.quantile(np.concatenate(mine), np.linspace(0.02, 0.98, 60)):
        hit = np.mean([np.mean(sign * (v - t) > 0) for v in mine])
        shares = np.array([np.mean(sign * (v - t) > 0) for v in other])
        miss, spread, n = shares.mean(), shares.var(ddof=1) / len(shares), sum(map(len, other))
        effective = min(n, max(len(shares), miss * (1 - miss) / spread)) if spread > 0 else len(shares)
        limit = beta.ppf(0.95, miss * effective + 1, effective - miss * effective)
        best = max(best, float(np.log(max(hit, 1e-9) / limit)))
    return min(ABOVE if own else BELOW, best)


@dataclass
class Sum:
    """How the log-likelihood ratios of a set of experts add up, and what the result is called."""

    weights: dict
    intercept: float
    above: float  # bound of ratios that speak for synthetic
    below: float  # and of those that speak against
    high: float = np.inf  # called synthetic above this
    low: float = -np.inf  # called authentic below this

    def __call__(self, ratios):
        return bounded(sum(w * ratios[e] for e, w in self.weights.items()) + self.intercept, self.above, self.below)


def weighed(ratios, scores, experts):
    """Weights of a set of experts, none negative."""
    if len(experts) == 1:
        x = ratios[experts[0]]
        return Sum({experts[0]: 1.0}, 0.0, strongest(scores, x, True), strongest(scores, x, False))
    x = np.stack([ratios[e] for e in experts], 1)
    coefficients, intercept = logistic(x, scores.synthetic, scores.weights())
    if coefficients.min() < 0:
        return weighed(ratios, scores, [e for e, c in zip(experts, coefficients) if c > 0])
    ratio = x @ coefficients + intercept
    return Sum(
        {e: float(c) for e, c in zip(experts, coefficients)}, intercept, strongest(scores, ratio, True), strongest(scores, ratio, False)
    )


@dataclass
class Early:
    """Where the score of one expert settles the answer, so that the others are not asked."""

    expert: str
    below: float
    above: float
    line: Sum

    def settles(self, scores):
        score = scores.of[self.expert]
        return (score <= self.below) | (score >= self.above)


@dataclass
class Ensemble:
    """A set of experts, calibrated each for itself, and their sum."""

    lines: dict
    sum: Sum
    early: Early | None = None

    @staticmethod
    def fit(scores, experts, false_positives=FALSE_POSITIVES, unseen_families=None, early=None):
        """`unseen_families`: scores by heads that know no generator of the family; `early`: the expert that may settle the answer."""
        scores = scores.where(there(scores, experts))
        lines = {e: calibrated(scores, e) for e in experts}
        result = Ensemble(lines, weighed({e: line(scores.of[e]) for e, line in lines.items()}, scores, list(experts)))
        result.limit(scores, false_positives, unseen_families)
        if early:
            result.early = settled(scores, result, early)
            result.limit(scores, false_positives, unseen_families)
        return result

    def limit(self, scores, false_positives, unseen_families):
        """Sets the thresholds."""
        self.sum.high, self.sum.low = thresholds(scores, self.ratio(scores), false_positives)
        if unseen_families is not None:
            unseen_families = unseen_families.where(there(unseen_families, self.lines) & ~unseen_families.synthetic)
            self.sum.high = max(self.sum.high, quantile(self.ratio(unseen_families), unseen_families.weights(), UNSEEN_FAMILIES))

    def ratio(self, scores):
        """Log-likelihood ratios."""
        ratios = {e: line(scores.of[e]) for e, line in self.lines.items()}
        ratio = self.sum(ratios)
        return ratio if self.early is None else np.where(self.early.settles(scores), self.early.line(ratios), ratio)

    def answers(self, scores):
        """Log-likelihood ratios and answers: 1 synthetic, -1 authentic, 0 inconclusive."""
        ratio = self.ratio(scores)
        return ratio, np.where(ratio > self.sum.high, 1, np.where(ratio < self.sum.low, -1, 0))


def there(scores, experts):
    return np.all([np.isfinite(scores.of[e]) for e in experts], 0)


def settled(scores, ensemble, expert):
    """The largest regions of an expert's score in which the sum of all gives one answer, KEPT of the time."""
    score, w, answer = scores.of[expert], scores.weights(), ensemble.answers(scores)[1]
    ends = []
    for sign in (-1, 1):
        order = np.argsort(-sign * score)
        kept = np.cumsum(w[order] * (answer[order] == sign)) / np.cumsum(w[order])
        enough = np.flatnonzero(kept >= KEPT)
        ends.append(float(score[order][enough[-1]]) if len(enough) else sign * np.inf)
    ratio = ensemble.lines[expert](score)
    (slope,), intercept = logistic(ratio[:, None], scores.synthetic, w)
    return Early(expert, ends[0], ends[1], Sum({expert: float(slope)}, intercept, ensemble.sum.above, ensemble.sum.below))


def crossed(scores, experts, rows=None, unseen_families=None, judged=None, **rule):
    """Answers for each fold by ensembles that were fitted on the others; nan where an expert abstains.

    `rows`: those that ensembles are fitted on. `judged`: other scores of the same pictures, which are answered instead.
    """
    rows = np.ones(len(scores), bool) if rows is None else rows
    judged = scores if judged is None else judged
    ratio, answer = np.full(len(judged), np.nan), np.zeros(len(judged), int)
    for f in np.unique(judged.fold):
        here = judged.fold == f
        left = ~np.isin(scores.key, judged.key[here])
        others = None if unseen_families is None else unseen_families.where(~np.isin(unseen_families.key, judged.key[here]))
        ensemble = Ensemble.fit(scores.where(rows & left), experts, unseen_families=others, **rule)
        ratio[here], answer[here] = ensemble.answers(judged.where(here))
    return ratio, answer


def quantile(values, weights, share):
    """The smallest value with at most `share` of the weight strictly above it."""
    order = np.argsort(values)
    above = 1 - np.cumsum(weights[order]) / weights.sum()
    return values[order][np.argmax(above <= share + 1e-9)]


def thresholds(scores, ratio, false_positives=FALSE_POSITIVES):
    """Log-likelihood ratios above which the answer is synthetic and below which it is authentic."""
    w, real = scores.weights(), ~scores.synthetic
    high = quantile(ratio[real], w[real], false_positives)
    for kind in np.unique(scores.kind[real]):
        rows = real & (scores.kind == kind)
        if len(np.unique(scores.group[rows])) >= KIND_SOURCES and rows.sum() >= KIND_PICTURES * len(np.unique(scores.condition)):
            high = max(high, quantile(ratio[rows], w[rows], WORST_KIND))
    low = -quantile(-ratio[scores.synthetic], w[scores.synthetic], FALSE_NEGATIVES)
    return float(high), float(min(low, high))


def auroc(positive, negative, weights):
    """Of positives, all alike, against weighted negatives."""
    order = np.argsort(negative)
    below = np.concatenate([[0], np.cumsum(weights[order])])
    low, high = (below[np.searchsorted(negative[order], positive, side)] for side in ("left", "right"))
    return float(((low + high) / 2).mean() / below[-1])


def reliability(scores, ratio):
    """By bins of probability: its mean, the share of synthetic pictures, and the weight of the bin."""
    p, w, y = sigmoid(ratio), scores.weights(), scores.synthetic
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    inside = [bins == b for b in range(BINS) if (bins == b).any()]
    return [
        {"said": float(np.average(p[b], weights=w[b])), "is": float(np.average(y[b], weights=w[b])), "weight": float(w[b].sum())}
        for b in inside
    ]


def calibration_error(scores, ratio):
    return sum(b["weight"] * abs(b["said"] - b["is"]) for b in reliability(scores, ratio))


def figures(scores, ratio, answer, rank=None):
    """Per condition: per generator, per real source, per kind, and over all. `rank`: what AUROC ranks by, in place of the ratio."""
    rank = ratio if rank is None else rank
    result = {}
    for condition in np.unique(scores.condition):
        here = (scores.condition == condition) & np.isfinite(ratio)
        s, r, a, ranked = scores.where(here), ratio[here], answer[here], rank[here]
        real, w = ~s.synthetic, s.weights()
        generators, sources, pages = {}, {}, {}
        for names, label in ((s.group, "group"), (s.page, "page")):
            of, counts = np.unique(names, return_counts=True)
            side = np.char.startswith(of.astype(str), "synthetic ")
            few = {c: min(FEW, counts[side == c].max(initial=0)) for c in (False, True)}
            for g, count, synthetic in zip(of, counts, side):
                m = names == g
                if count < few[synthetic]:
                    continue
                shares = {"n": int(m.sum()), "synthetic": float(np.mean(a[m] > 0)), "authentic": float(np.mean(a[m] < 0))}
                if s.synthetic[m][0]:
                    found = generators if label == "group" else pages
                    found[g.removeprefix("synthetic ")] = shares | {"auroc": auroc(ranked[m], ranked[real], w[real])}
                elif label == "group":
                    sources[g.removeprefix("real ")] = shares | {"kind": str(s.kind[m][0])}
        kinds = {}
        for kind in np.unique(s.kind[real]):
            members = [v for v in sources.values() if v["kind"] == kind]
            if members:
                kinds[str(kind)] = {"n": sum(v["n"] for v in members), "sources": len(members), "synthetic": mean(members, "synthetic")}
        result[str(condition)] = {
            "generators": generators,
            "pages": pages,
            "sources": sources,
            "kinds": kinds,
            "auroc": mean(generators.values(), "auroc"),
            "pageAuroc": mean(pages.values(), "auroc"),
            "recall": mean(generators.values(), "synthetic"),
            "missed": mean(generators.values(), "authentic"),
            "falsePositives": mean(sources.values(), "synthetic"),
            "authentic": mean(sources.values(), "authentic"),
            "calibrationError": calibration_error(s, r),
            "reliability": reliability(s, r),
        }
    return result


def mean(members, name):
    return float(np.mean([m[name] for m in members]))
