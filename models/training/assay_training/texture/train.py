"""Fine-tunes the network on every group but those of one fold (or on all of them), from the stores that prepare.py made.

python -m assay_training texture-train --sources DIR --work DIR --fold 0|1|2|all --steps N [--name NAME]

Seeded: batch n is a function of the seed and n alone. Stopped runs go on from their last checkpoint.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset

from assay_training.texture.backbone import MEAN, STD, pretrained
from assay_training.texture.launder import augment, visible_share
from assay_training.texture.sources import split, usable
from assay_training.texture.store import Store

TRIES = 5
TYPICAL_SCALE = 0.55


class Batches(Dataset):
    """Half of each batch is synthetic. Within a class a group is drawn with the square root of its size, then a patch of it."""

    def __init__(self, work, pictures, batch, size, steps, seed, shuffle=0.0):
        self.store, self.batch, self.size, self.steps, self.seed = Store(work / "patches"), batch, size, steps, seed
        self.shuffle = shuffle
        byKey = {p.key: p for p in pictures}
        groups = {}
        for row in self.store.rows:
            if (picture := byKey.get(row["key"])) is not None:
                groups.setdefault((picture.synthetic, picture.group), []).append((row, picture))
        self.classes = []
        for synthetic in (False, True):
            members = [v for (s, _), v in sorted(groups.items()) if s == synthetic]
            weights = np.sqrt([len({p.key for _, p in v}) for v in members])
            self.classes.append((members, weights / weights.sum()))

    def __len__(self):
        return self.steps

    def __getitem__(self, step):
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self.seed, step])
        crops, labels = [], []
        for i in range(self.batch):
            crop = self.draw(i % 2, rng)[0]
            crops.append(shuffled(crop, 4, rng) if rng.random() < self.shuffle else crop)
            labels.append(float(i % 2))
        return torch.from_numpy(np.stack(crops)), torch.tensor(labels)

    def draw(self, synthetic, rng):
        """A crop, the facts of its making and its picture. How much of it is mirrored is drawn before the picture, so that small
        pictures, of which one class may have more, are not known by it."""
        members, weights = self.classes[synthetic]
        visible = visible_share(rng)
        for _ in range(TRIES):
            rows = members[rng.choice(len(members), p=weights)]
            row, picture = rows[rng.integers(len(rows))]
            if min(row["shape"][:2]) >= visible * self.size / TYPICAL_SCALE:
                break
        return *augment(self.store.array(row), picture.lossless, self.size, rng, visible), picture


def shuffled(crop, n, rng):
    """The n x n pieces of a square crop in random order: texture stays, content goes."""
    side = len(crop) // n
    pieces = crop[: side * n, : side * n].reshape(n, side, n, side, 3).transpose(0, 2, 1, 3, 4).reshape(n * n, side, side, 3)
    whole = pieces[rng.permutation(n * n)].reshape(n, n, side, side, 3).transpose(0, 2, 1, 3, 4)
    return whole.reshape(side * n, side * n, 3)


class From(torch.utils.data.Sampler):
    def __init__(self, start, stop):
        self.steps = range(start, stop)

    def __iter__(self):
        return iter(self.steps)

    def __len__(self):
        return len(self.steps)


def rate(step, steps):
    """Warm-up over the first 5 %, then a cosine down to 2 %."""
    warm = max(1, int(0.05 * steps))
    if step < warm:
        return (step + 1) / warm
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold", default="all")
    parser.add_argument("--name", default=None)
    parser.add_argument("--begin", default=None, help="name of a finished run whose weights to begin with")
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--size", type=int, default=160, help="side of the training crops")
    parser.add_argument("--shuffle", type=float, default=0.4, help="share of the crops whose 16 pieces are shuffled")
    parser.add_argument("--lr", type=float, default=3e-4, help="of the backbone; the classifier learns ten times as fast")
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--ema", type=float, default=0.995)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pictures = usable(args.sources, args.work)
    if args.fold != "all":
        pictures = split(pictures, int(args.fold))[0]
    data = Batches(args.work, pictures, args.batch, args.size, args.steps, args.seed, args.shuffle)
    name = args.name or f"fold-{args.fold}"
    run = args.work / "runs" / name
    run.mkdir(parents=True, exist_ok=True)

    net = pretrained()
    if args.begin:
        net.load_state_dict(torch.load(args.work / "runs" / args.begin / "weights.pt", map_location="cpu", weights_only=True))
    net = net.to(device, memory_format=torch.channels_last)
    mean = copy.deepcopy(net).eval().requires_grad_(False)
    head = list(net.classifier.parameters())
    body = [p for n, p in net.named_parameters() if not n.startswith("classifier")]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in body if p.ndim > 1], "top": args.lr, "weight_decay": args.decay},
            {"params": [p for p in body if p.ndim == 1], "top": args.lr, "weight_decay": 0.0},
            {"params": head, "top": 10 * args.lr, "weight_decay": args.decay},
        ],
        lr=args.lr,
    )
    start, checkpoint = 0, run / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(saved["net"])
        mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"])
        start = saved["step"]
    (run / "settings.json").write_text(json.dumps({k: str(v) for k, v in vars(args).items() if k not in ("sources", "work")}, indent=1))
    print(name, "from step", start, "of", args.steps, "on", device, "groups", [len(m) for m, _ in data.classes], flush=True)

    centre = torch.tensor(MEAN, device=device).view(1, 3, 1, 1)
    spread = torch.tensor(STD, device=device).view(1, 3, 1, 1)
    loader = DataLoader(data, batch_size=None, sampler=From(start, args.steps), num_workers=1, prefetch_factor=6)
    begin, losses, hits = time.time(), [], []
    net.train()
    for step, (crops, labels) in enumerate(loader, start):
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * rate(step, args.steps)
        x = crops.to(device).permute(0, 3, 1, 2).float() / 255
        x = ((x - centre) / spread).contiguous(memory_format=torch.channels_last)
        labels = labels.to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = net(x)
        logits = logits.float().squeeze(1)
        loss = F.binary_cross_entropy_with_logits(logits, labels * (1 - 2 * args.smoothing) + args.smoothing)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        keep = min(args.ema, (step + 1) / (step + 10))
        with torch.no_grad():
            for slow, fast in zip(mean.parameters(), net.parameters()):
                slow.lerp_(fast, 1 - keep)
        losses.append(loss.item())
        hits.append(((logits > 0) == (labels > 0.5)).float().mean().item())
        if (step + 1) % 25 == 0:
            speed = (step + 1 - start) * args.batch / (time.time() - begin)
            print(f"{step + 1} loss {np.mean(losses[-50:]):.4f} accuracy {np.mean(hits[-50:]):.3f} {speed:.1f} crops/s", flush=True)
        if (step + 1) % 100 == 0 or step + 1 == args.steps:
            state = {"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            torch.save(state, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)
    torch.save(mean.state_dict(), run / "weights.pt")
