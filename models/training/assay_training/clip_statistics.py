"""The same as statistics.py for clips: what fitting heads to new generators of video needs of what was learned from.

python -m assay_training clip-statistics --clips DIR --pictures DIR --clip-manifest JSONL --manifest JSONL --models DIR --backbone CARD --out FILE

--clips and --pictures: what clips.py wrote of clips, and with --pictures. The ratios are the shipped sum's, of heads that saw nothing
of the clip's page nor of its generator's family. A row is the mean over the frames of a clip after an encoder.
"""

import json

from assay_training.clip_heads import KINDS, folds, left_out, load, units
from assay_training.statistics import arguments, means, shipped_ratio, write


def main():
    args = arguments(__doc__, "clips", "pictures", "clip-manifest", "manifest", "backbone").parse_args()
    clips, pictures = load(args.clips, args.clip_manifest), load(args.pictures, args.manifest)
    unit = units(clips.pictures)
    fold = folds(unit, clips.synthetic)
    ratio = shipped_ratio(args.models, "video", {f"frame-{kind}": left_out(clips, pictures, kind, fold) for kind in KINDS})
    backbone = json.loads(args.backbone.read_text())["sha256"]
    write(args, backbone, {kind: means(clips, kind) for kind in KINDS}, ratio, clips.group, unit, [p.key for p in clips.pictures])
