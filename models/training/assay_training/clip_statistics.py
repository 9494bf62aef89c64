"""The same as statistics.py for clips: what fitting heads to new generators of video needs of what was learned from.

python -m assay_training clip-statistics --clips DIR --pictures DIR --clip-manifest JSONL --manifest JSONL --models DIR --backbone CARD --out FILE

--clips and --pictures: what clips.py wrote of clips, and with --pictures. Real pictures that were made into clips stand beside real
clips, which come from few sources. The ratios are the shipped sum's, of heads that saw nothing of the clip's page nor of its
generator's family, or of the picture's source. A row is the mean over the frames of a clip after an encoder.
"""

import json

import numpy as np

from assay_training.clip_heads import KINDS, folds, left_out, load, units
from assay_training.statistics import arguments, means, shipped_ratio, write

COMPONENTS = 96  # there are few clips; with 256 heads find less and cost the others more


def main():
    args = arguments(__doc__, "clips", "pictures", "clip-manifest", "manifest", "backbone").parse_args()
    clips, pictures = load(args.clips, args.clip_manifest), load(args.pictures, args.manifest)
    unit, source = units(clips.pictures), np.array(["source " + p.source for p in pictures.pictures])
    fold, picture_fold = folds(unit, clips.synthetic), folds(source, pictures.synthetic)
    real = np.flatnonzero(~pictures.synthetic)
    scores, features = {}, {}
    for kind in KINDS:
        of_clips, of_pictures = left_out(clips, pictures, kind, fold, picture_fold)
        scores[f"frame-{kind}"] = np.concatenate([of_clips, of_pictures[real]])
        features[kind] = np.concatenate([means(clips, kind), means(pictures, kind)[real]])
    write(
        args,
        json.loads(args.backbone.read_text())["sha256"],
        features,
        shipped_ratio(args.models, "video", scores),
        np.concatenate([clips.group, pictures.group[real]]),
        np.concatenate([unit, source[real]]),
        [p.key for p in clips.pictures] + [pictures.pictures[i].key for i in real],
        COMPONENTS,
    )
