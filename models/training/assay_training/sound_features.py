"""Features of sound that sounds.py wrote, window by window, and the clips that they are of."""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay_training.sounds import Sound, read

VOICED = 0.5  # share of a window of speech that is voice
NARROW = 12000  # clips of a lower rate hold no traces to learn from

REST = 8  # folds over sources of real sound that no page with synthetic sound has


def folds(sounds):
    """The fold of each clip: a page with synthetic sound is one of its own, other sources are dealt out by their names."""
    pages = {p: f for f, p in enumerate(sorted({s.source for s in sounds if s.synthetic}))}
    rest = {p: len(pages) + i % REST for i, p in enumerate(sorted({s.source for s in sounds} - set(pages)))}
    return np.array([(pages | rest)[s.source] for s in sounds])


@dataclass
class Windows:
    """Row i is a window of clip `sounds[i]` under `condition[i]`; `of` holds what networks read of it."""

    sounds: list[Sound]
    condition: np.ndarray
    of: dict

    def __post_init__(self):
        self.key = np.array([s.key for s in self.sounds])
        self.synthetic = np.array([s.synthetic for s in self.sounds], bool)
        self.source = np.array([s.source for s in self.sounds])
        self.system = np.array([s.row.get("generator", "") if s.synthetic else "" for s in self.sounds])
        self.content = np.array([s.content for s in self.sounds])
        self.group = np.char.add(np.where(self.synthetic, "synthetic ", "real "), np.char.add(np.char.add(self.source, "/"), self.system))
        self.fold = folds(self.sounds)

    def __len__(self):
        return len(self.sounds)

    def where(self, rows):
        at = np.flatnonzero(rows)
        return Windows([self.sounds[i] for i in at], self.condition[at], {k: v[at] for k, v in self.of.items()})

    def left(self, fold):
        """What may be learned from where a fold is left out: nothing of its pages, nor of any system that they show."""
        shown = set(self.system[self.fold == fold]) - {""}
        return (self.fold != fold) & ~np.isin(self.system, list(shown))

    def clips(self, scores):
        """The mean score of each clip under each condition: keys, conditions, scores, and a row of each."""
        names = np.char.add(np.char.add(self.condition, "\t"), self.key)
        _, first, at = np.unique(names, return_index=True, return_inverse=True)
        return first, np.bincount(at, scores) / np.bincount(at)


def load(folder, manifest, voices=None, outputs=("features",), content=("speech",), conditions=None):
    """The windows in a folder of clips with this content; of speech, those that are mostly voice."""
    known = {s.key: s for s in read(manifest, voices)}
    shards = defaultdict(list)
    for file in sorted(Path(folder).glob("index-*.jsonl")):
        for row in map(json.loads, file.open()):
            sound = known.get(row["key"])
            if sound is None or "shard" not in row or sound.content not in content or sound.row.get("rate", NARROW) < NARROW:
                continue
            if (sound.content == "speech" and row["voiced"] < VOICED) or (conditions and row["condition"] not in conditions):
                continue
            shards[row["shard"]].append((row, sound))
    sounds, names, of = [], [], {o: [] for o in outputs}
    for shard, members in sorted(shards.items()):
        arrays, at = np.load(Path(folder) / shard), [row["at"] for row, _ in members]
        for output in outputs:
            of[output].append(arrays[output][at])
        sounds += [sound for _, sound in members]
        names += [row["condition"] for row, _ in members]
    return Windows(sounds, np.array(names), {o: np.concatenate(parts) for o, parts in of.items()})
