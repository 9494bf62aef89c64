"""How many labelled faces the detector finds, and how often it finds one where none is labelled.

python -m assay_training face-recall --folder DIR --detector ONNX [--smallest PIXELS]

DIR holds pictures and .xml files of dlib's image labelling tool (davisking/dlib, examples/faces). A face counts as found where its
middle lies within a detection whose middle lies within the labelled box: tools draw boxes of different extent.
"""

import argparse
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import cv2

from assay_training.faces import Detector


def labelled(folder):
    """Boxes (left, top, right, bottom) by the picture's name; what several files label is taken once."""
    boxes = {}
    for file in sorted(folder.glob("*.xml")):
        for image in ElementTree.parse(file).getroot().iter("image"):
            found = [
                (int(b.get("left")), int(b.get("top")), int(b.get("left")) + int(b.get("width")), int(b.get("top")) + int(b.get("height")))
                for b in image.iter("box")
                if b.get("ignore") != "1"
            ]
            boxes.setdefault(Path(image.get("file")).name, found)
    return boxes


def middle(box):
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def within(point, box):
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--detector", required=True)
    options.add_argument("--smallest", type=int, default=0, help="leave out labelled boxes with a side below")
    o = options.parse_args()
    detector = Detector(o.detector)
    there = found = wrong = pictures = 0
    seconds = 0.0
    for name, boxes in sorted(labelled(o.folder).items()):
        picture = cv2.cvtColor(cv2.imread(str(o.folder / name)), cv2.COLOR_BGR2RGB)
        begun = time.perf_counter()
        faces = detector(picture)
        seconds += time.perf_counter() - begun
        pictures += 1
        matched = [any(within(middle(f.box), b) and within(middle(b), f.box) for f in faces) for b in boxes]
        counted = [hit for hit, b in zip(matched, boxes) if min(b[2] - b[0], b[3] - b[1]) >= o.smallest]
        there += len(counted)
        found += sum(counted)
        stray = [f for f in faces if not any(within(middle(f.box), b) for b in boxes)]
        wrong += len(stray)
        print(
            name,
            len(boxes),
            "labelled,",
            sum(matched),
            "found,",
            len(stray),
            "elsewhere:",
            [(*tuple(round(v) for v in f.box), round(f.confidence, 2)) for f in stray],
        )
    print(
        f"{pictures} pictures: {found} of {there} faces found, {wrong} detections elsewhere, {1000 * seconds / pictures:.0f} ms a picture"
    )
