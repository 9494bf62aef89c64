"""Windows of sound after each condition, as samples and as features, computed once, in the background, resumable.

python -m assay_training sounds --clones DIR --packages DIR --voices DIR --encoder ONNX --activity ONNX --manifest JSONL --out DIR
    [--conditions found mild ...] [--most N] [--per-source N] [--copies] [--samples] [--shard I/N]

--packages holds what packages named in the manifest hold; --voices a folder per voice of speak.py. Sound before the first and after
the last voice (of music: sound) is cut off, since silence betrays the class; then each condition is applied to the whole, and up
to WINDOWS windows of SECONDS are taken. --copies makes a vocoder copy of each real clip instead, by Griffin and Lim's method or by
WORLD. Writes shards of arrays beside an index (JSON Lines: key, condition, n, voiced). What the index names is done.
"""

import argparse
import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from assay_training.extract import Writer
from assay_training.pictures import Clones, spread
from assay_training.sound_conditions import RATE, decode, launder, resampled

SECONDS = 4.04
WINDOWS = 3
SHORTEST = 1.5  # seconds that are worth a look
CHUNK, CONTEXT = 512, 64  # of the voice activity detector
VOICED = 0.5  # probability from which a chunk is voice
LONG, SHORT = 4096, 512  # windows of the two spectra


@dataclass(frozen=True)
class Sound:
    """A clip of the manifest, or one that speak.py made."""

    key: str
    row: dict
    synthetic: bool
    source: str
    content: str
    kind: str


def read(manifest, voices=None):
    """The clips of a manifest, and those in folders of voices."""
    rows = [json.loads(line) for line in Path(manifest).read_text().splitlines()]
    result = [
        Sound(f"{r.get('repo') or r['package']}/{r['path']}", r, r["label"] == "fake", r["source"], r["content"], r.get("kind", ""))
        for r in rows
    ]
    for file in sorted(Path(voices).glob("*/*.wav")) if voices else []:
        row = {"generator": file.parent.name, "file": str(file), "label": "fake"}
        result.append(Sound(f"made/{file.parent.name}/{file.stem}", row, True, "made-" + file.parent.name, "speech", ""))
    return result


class Activity:
    """Silero's voice activity detector (silero_vad_16k_sequence.onnx of the PyPI package silero-vad 6.2.3, MIT licence): the probability of
    voice for each 32 ms of sound at 16 kHz."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options)

    def __call__(self, samples):
        count = len(samples) // CHUNK
        if not count:
            return np.zeros(0)
        padded = np.concatenate([np.zeros(CONTEXT, np.float32), samples[: count * CHUNK].astype(np.float32)])
        parts = np.stack([padded[i * CHUNK : i * CHUNK + CONTEXT + CHUNK] for i in range(count)])
        state = np.zeros((1, 1, 128), np.float32)
        return self.session.run(["speech_probs"], {"input": parts, "h": state, "c": state})[0]


def spectrum(samples, window):
    """Mean and deviation over time of the power spectrum in dB: [2, window / 2 + 1]."""
    count = max(1, (len(samples) - window) // (window // 2) + 1)
    padded = np.pad(samples, (0, max(0, window - len(samples))))
    frames = np.stack([padded[i * window // 2 : i * window // 2 + window] for i in range(count)])
    power = np.abs(np.fft.rfft(frames * np.hanning(window + 1)[:-1])) ** 2
    decibels = 10 * np.log10(power / (power.max() + 1e-20) + 1e-10)
    return np.stack([decibels.mean(0), decibels.std(0)])


class Media:
    """Finds the bytes of a clip and decodes them."""

    def __init__(self, clones, packages):
        self.clones, self.packages = Clones(clones), packages

    def there(self, sound):
        row = sound.row
        return "file" in row or "package" in row or self.clones.holds(row)

    def samples(self, sound):
        """One channel at its own rate, and the rate; of long sound a minute out of it."""
        row = sound.row
        if "file" in row:
            data, ending = Path(row["file"]).read_bytes(), ".wav"
        elif "package" in row:
            data, ending = (self.packages / row["path"]).read_bytes(), Path(row["path"]).suffix
        else:
            data, ending = self.clones.bytes(row), Path(row["path"]).suffix
        if not data:
            return None, 0
        with tempfile.NamedTemporaryFile(suffix=ending) as file:
            file.write(data)
            file.flush()
            start = row["seconds"] * 0.2 if row.get("seconds", 0) > 90 else 0
            form = "g722" if ending == ".g722" else None
            rate = row.get("rate") or int.from_bytes(data[24:28], "little")
            return decode(file.name, form, start), rate


def trimmed(sound, samples, rate, activity):
    """Without what lies before the first and after the last voice; of music, before and after any sound."""
    low = resampled(samples, rate, RATE)
    if sound.content == "speech":
        heard = np.flatnonzero(activity(low) > VOICED) * CHUNK
        step = CHUNK
    else:
        step = RATE // 50
        level = np.sqrt((low[: len(low) // step * step].reshape(-1, step) ** 2).mean(1)) if len(low) >= step else np.zeros(0)
        heard = np.flatnonzero(level > max(level.max(initial=0) * 0.02, 1e-4)) * step
    if not len(heard):
        return samples[:0]
    return samples[int(heard[0] * rate / RATE) : int((heard[-1] + step) * rate / RATE)]


def windows(samples):
    """Up to WINDOWS parts of SECONDS, spread evenly."""
    size = int(SECONDS * RATE)
    if len(samples) <= size:
        return [samples] if len(samples) >= SHORTEST * RATE else []
    count = min(WINDOWS, max(1, len(samples) // size))
    starts = np.linspace(0, len(samples) - size, count).astype(int) if count > 1 else [(len(samples) - size) // 2]
    return [samples[s : s + size] for s in starts]


def griffin_lim(samples, rounds=30, window=1024, hop=256):
    """The phase thrown away and found again."""
    hann = np.hanning(window + 1)[:-1].astype(np.float32)
    padded = np.pad(samples, (window, window))
    count = (len(padded) - window) // hop + 1

    def forward(x):
        return np.fft.rfft(np.stack([x[i * hop : i * hop + window] for i in range(count)]) * hann)

    def back(spectra):
        parts, result, weight = np.fft.irfft(spectra) * hann, np.zeros(len(padded)), np.full(len(padded), 1e-8)
        for i in range(count):
            result[i * hop : i * hop + window] += parts[i]
            weight[i * hop : i * hop + window] += hann**2
        return result / weight

    size = np.abs(forward(padded))
    x = back(size * np.exp(2j * np.pi * np.random.default_rng(0).random(size.shape)))
    for _ in range(rounds):
        spectra = forward(x)
        x = back(size * spectra / (np.abs(spectra) + 1e-9))
    return x[window:-window].astype(np.float32)


def world(samples, rate):
    """Through the WORLD vocoder (Morise et al. 2016)."""
    import pyworld

    x = samples.astype(np.float64)
    pitch, times = pyworld.harvest(x, rate, frame_period=5)
    envelope, noise = pyworld.cheaptrick(x, pitch, times, rate), pyworld.d4c(x, pitch, times, rate)
    return pyworld.synthesize(pitch, envelope, noise, rate, 5).astype(np.float32)


def copied(sound, samples, rate):
    """A vocoder copy of a clip, at 16 or 24 kHz."""
    by_hash = int(hashlib.sha1(sound.key.encode()).hexdigest(), 16)
    to = 16000 if rate < 24000 else 24000
    samples = resampled(samples, rate, to)[: 13 * to]
    return (griffin_lim(samples) if by_hash % 2 or sound.content != "speech" else world(samples, to)), to


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clones", "packages", "voices", "encoder", "activity", "manifest", "out"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument("--conditions", nargs="+", default=["found", "mild", "strong"])
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument(
        "--per-source", type=int, default=60, help="clips of a system on a page at most; of a real source five times as many"
    )
    parser.add_argument("--copies", action="store_true")
    parser.add_argument("--samples", action="store_true", help="write the samples too")
    parser.add_argument("--shard", default="0/1")
    args = parser.parse_args()
    part, parts = map(int, args.shard.split("/"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    encoder, activity = onnxruntime.InferenceSession(str(args.encoder), options), Activity(args.activity)
    media = Media(args.clones, args.packages)
    outputs = ["features", "long", "short"] + (["samples"] if args.samples else [])
    writer = Writer(args.out, ("copies-" if args.copies else "") + str(part), outputs, {"samples": np.int16})
    sounds = read(args.manifest, args.voices)
    if args.copies:
        sounds = [s for s in sounds if not s.synthetic]
    chosen = [s for s in sounds if not s.synthetic], [s for s in sounds if s.synthetic]
    sounds = [s for side, most in zip(chosen, (5 * args.per_source, args.per_source)) for s in spread(side, most)]
    sounds = [s for n, s in enumerate(spread(sounds)[: args.most]) if n % parts == part and media.there(s)]
    for n, sound in enumerate(sounds):
        key = "copy of " + sound.key if args.copies else sound.key
        todo = [c for c in args.conditions if (key, c) not in writer.done]
        if not todo:
            continue
        samples, rate = media.samples(sound)
        if samples is not None and len(samples):
            samples = trimmed(sound, samples, rate, activity)
        if samples is None or len(samples) < SHORTEST * rate or np.abs(samples).max() < 1e-4:
            writer.add([{"key": key, "condition": c, "unreadable": True} for c in todo], [None] * len(todo))
            continue
        if args.copies:
            samples, rate = copied(sound, samples, rate)
        for condition in todo:
            rng = np.random.default_rng(int(hashlib.sha1(f"{condition} {key}".encode()).hexdigest()[:12], 16))
            rows, arrays = [], []
            for i, window in enumerate(windows(launder(condition, samples, rate, rng))):
                window = (window / (np.abs(window).max() + 1e-9)).astype(np.float32)
                voiced = float((activity(window) > VOICED).mean())
                rows.append({"key": key, "condition": condition, "n": i, "voiced": round(voiced, 3), "samples": len(window)})
                array = [encoder.run(None, {"samples": window[None]})[0][0], spectrum(window, LONG), spectrum(window, SHORT)]
                arrays.append(array + ([np.pad(np.round(window * 32767), (0, int(SECONDS * RATE) - len(window)))] if args.samples else []))
            writer.add(rows or [{"key": key, "condition": condition, "unreadable": True}], arrays or [None])
        if n % 50 == 0:
            print(n, len(sounds), flush=True)
    writer.flush()
