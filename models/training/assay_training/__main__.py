"""Runs one step of the recipes: python -m assay_training STEP [options]."""

import ast
import importlib
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent

STEPS = {
    "clip": "the backbone",
    "face-parts": "the backbone",
    "patch-tokens": "the backbone",
    "extract": "pictures",
    "heads": "pictures",
    "scores": "pictures",
    "cards": "pictures",
    "clips": "clips",
    "clip-heads": "clips",
    "clip-cards": "clips",
    "face-detector": "faces",
    "faces": "faces",
    "face-heads": "faces",
    "face-cards": "faces",
    "face-recall": "faces",
    "edit-samples": "local edits",
    "edit-heads": "local edits",
    "edit-cards": "local edits",
    "edit-maps": "local edits",
    "speak": "sound",
    "sound-encoder": "sound",
    "sounds": "sound",
    "sound-heads": "sound",
    "sound-texture": "sound",
    "sound-cards": "sound",
    "statistics": "pictures",
    "clip-statistics": "clips",
    "sound-statistics": "sound",
    "copies": "known pictures",
    "embedding": "known pictures",
    "media": "checks",
    "learned": "checks",
    "parity": "checks",
    "benchmark": "checks",
    "texture-debian-sources": "the texture model",
    "texture-prepare": "the texture model",
    "texture-leaks": "the texture model",
    "texture-train": "the texture model",
    "texture-evaluate": "the texture model",
    "texture-video": "the texture model",
    "texture-calibrate": "the texture model",
    "texture-card": "the texture model",
}


def module(step):
    """The module of a step, as its name within the package."""
    return step.replace("texture-", "texture.", 1).replace("-", "_")


def summary(step):
    """The first line of a step's description, read without loading what the step needs."""
    source = PACKAGE.joinpath(*module(step).split(".")).with_suffix(".py").read_text()
    return ast.get_docstring(ast.parse(source)).splitlines()[0]


def overview():
    lines = ["usage: python -m assay_training STEP [options]; STEP --help shows the options of a step"]
    for part in dict.fromkeys(STEPS.values()):
        lines += ["", part]
        lines += [f"  {step:24s}{summary(step)}" for step in STEPS if STEPS[step] == part]
    return "\n".join(lines)


def main():
    if sys.argv[1:2] in ([], ["-h"], ["--help"]):
        print(overview())
        return 0
    step = sys.argv[1]
    if step not in STEPS:
        print(f"There is no step {step}; there are {', '.join(STEPS)}.", file=sys.stderr)
        return 2
    sys.argv = [f"assay_training {step}", *sys.argv[2:]]
    return importlib.import_module(f"assay_training.{module(step)}").main()


if __name__ == "__main__":
    sys.exit(main())
