"""What happens to sound on its way to a listener. Both classes pass the same chains, so that neither rate, codec nor level tells them apart."""

import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg
import numpy as np

RATE = 16000
RATES = [16000, 22050, 24000, 32000, 44100]
CODECS = {  # arguments of the encoder, ending of the file, rates that it takes at most
    "mp3": (["-c:a", "libmp3lame"], ".mp3", 48000),
    "opus": (["-c:a", "libopus"], ".ogg", 48000),
    "aac": (["-c:a", "aac"], ".m4a", 48000),
    "vorbis": (["-c:a", "libvorbis"], ".ogg", 48000),
    "mulaw": (["-c:a", "pcm_mulaw"], ".wav", 8000),
}
BIT_RATES = {"mp3": (32, 128), "opus": (12, 48), "aac": (32, 96), "vorbis": (48, 96)}


def ffmpeg(arguments, data=b""):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-threads", "1", *arguments]
    return subprocess.run(command, input=data, capture_output=True, timeout=120).stdout


def decode(file, form=None, start=0.0, seconds=60.0, rate=None):
    """One channel of a file at its own rate, or at this one: float32."""
    arguments = ["-nostdin", *(["-f", form] if form else []), "-ss", str(start), "-i", str(file), "-t", str(seconds)]
    rates = ["-ar", str(rate)] if rate else []
    return np.frombuffer(ffmpeg([*arguments, "-vn", "-ac", "1", *rates, "-f", "f32le", "-"]), np.float32)


def resampled(samples, rate, to, engine="swr"):
    if rate == to:
        return samples
    arguments = ["-f", "f32le", "-ar", str(rate), "-ac", "1", "-i", "-", "-af", f"aresample={to}:resampler={engine}"]
    return np.frombuffer(ffmpeg([*arguments, "-f", "f32le", "-"], samples.tobytes()), np.float32)


def coded(samples, rate, codec, kilobits=None):
    """What a codec leaves, at the rate given."""
    encoder, ending, most = CODECS[codec]
    own = min(rate, most) if codec != "mulaw" else 8000
    if codec == "opus":
        own = 48000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("coded" + ending)
        bits = ["-b:a", f"{kilobits}k"] if kilobits else []
        source = ["-y", "-f", "f32le", "-ar", str(rate), "-ac", "1", "-i", "-"]
        ffmpeg([*source, "-ar", str(own), *encoder, *bits, str(file)], np.clip(samples, -1, 1).tobytes())
        return decode(file, rate=rate)


def noise(length, colour, rng):
    """Noise whose power falls with the frequency to the power of `colour`, of unit deviation."""
    spectrum = np.fft.rfft(rng.standard_normal(length))
    spectrum /= np.maximum(np.arange(len(spectrum)), 1) ** (colour / 2)
    result = np.fft.irfft(spectrum, length)
    return result / (result.std() + 1e-12)


def noisy(samples, decibels, rng):
    return (samples + noise(len(samples), rng.uniform(0, 2), rng) * samples.std() * 10 ** (-decibels / 20)).astype(np.float32)


def room(samples, rate, rng):
    """In a room: an exponentially decaying response after the direct sound."""
    decay = rng.uniform(0.1, 0.5)
    times = np.arange(int(decay * rate)) / rate
    response = rng.standard_normal(len(times)) * np.exp(-6.9 * times / decay) * rng.uniform(0.005, 0.05)
    response[0] = 1
    size = len(samples) + len(response)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
    return wet[: len(samples)].astype(np.float32)


def tilted(samples, rate, rng):
    """Through a microphone or loudspeaker: a smooth random frequency response."""
    knots = rng.uniform(-6, 6, 8)
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate)
    places = np.geomspace(80, rate / 2, len(knots))
    gain = 10 ** (np.interp(frequencies, places, knots) / 20)
    return np.fft.irfft(np.fft.rfft(samples) * gain, len(samples)).astype(np.float32)


def passed_on(samples, rate, rng):
    """Through a random rate and mostly a random codec."""
    other = int(rng.choice(RATES))
    samples, rate = resampled(samples, rate, other), other
    if rng.random() < 0.7:
        codec = str(rng.choice(list(BIT_RATES)))
        samples = coded(samples, rate, codec, int(rng.integers(*BIT_RATES[codec])))
    return samples, rate


def mild(samples, rate, rng):
    samples, rate = passed_on(samples, rate, rng)
    return resampled(samples, rate, RATE) * float(10 ** rng.uniform(-1, 0))


def strong(samples, rate, rng):
    if rng.random() < 0.5:
        samples = tilted(samples, rate, rng)
    if rng.random() < 0.4:
        samples = room(samples, rate, rng)
    if rng.random() < 0.6:
        samples = noisy(samples, rng.uniform(10, 35), rng)
    if rng.random() < 0.2:
        samples = coded(samples, rate, "mulaw")
    samples, rate = passed_on(samples / (np.abs(samples).max() + 1e-6) * 0.9, rate, rng)
    return resampled(samples, rate, RATE)


TRAINING = {"mild": mild, "strong": strong}
EVALUATION = {
    "found": lambda samples, rate, rng: resampled(samples, rate, RATE),
    "mp3-48": lambda samples, rate, rng: resampled(coded(samples, rate, "mp3", 48), rate, RATE),
    "opus-24": lambda samples, rate, rng: resampled(coded(samples, rate, "opus", 24), rate, RATE),
    "aac-48": lambda samples, rate, rng: resampled(coded(samples, rate, "aac", 48), rate, RATE),
    "telephone": lambda samples, rate, rng: resampled(coded(samples, rate, "mulaw"), rate, RATE),
    "noise": lambda samples, rate, rng: resampled(noisy(samples, 15, rng), rate, RATE),
}


def launder(name, samples, rate, rng):
    """One channel at 16 kHz after a condition."""
    return (TRAINING | EVALUATION)[name](samples, rate, rng)
