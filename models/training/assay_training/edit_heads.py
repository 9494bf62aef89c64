"""The network that finds what is not of one piece with the rest of a picture, from the backbone's patch tokens.

python -m assay_training edit-heads --samples DIR [DIR ...] --out DIR [--look close|whole] [--folds 0 1 2 all] [--epochs N]

Learns from all folds but one and scores the one left out, whose bases, fillings and pages it never saw; `all` is the one to ship.
Writes DIR/FOLD.pt and DIR/FOLD.npz: of each left-out sample its picture score and the scores of its patches. A fold that is there is
not computed again.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from assay_training.edit_samples import DEVIATIONS, FOLDS, fold

WIDTH, BLOCKS, TOKEN = 64, 3, 3 * 768
CHANGED, KEPT = 0.5, 0.05  # share of a patch from which it counts as changed, up to which as kept
BATCH, RATE, DECAY = 16, 2e-3, 0.05
PICTURE = 0.5  # of the loss
LEFT_OUT = 0.1  # share of the tokens' values that training leaves out


class Block(nn.Module):
    """Depth-wise convolution over the grid, then a mixing of channels (Liu et al., ConvNeXt, arXiv 2201.03545)."""

    def __init__(self, width):
        super().__init__()
        self.near = nn.Conv2d(width, width, 5, padding=2, groups=width)
        self.norm, self.wide, self.back = nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(self, x):
        near = self.near(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return x + self.back(F.gelu(self.wide(self.norm(near))))


class OfOnePiece(nn.Module):
    """Patch tokens [n,h,w,2304], in deviations -> log-odds that a patch was changed [n,h,w], and that any was [n].

    A token counts by how it differs from the picture's mean, beside itself.
    """

    def __init__(self, width=WIDTH):
        super().__init__()
        self.own, self.against = nn.Linear(TOKEN, width), nn.Linear(TOKEN, width, bias=False)
        self.norm = nn.LayerNorm(width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(BLOCKS))
        self.last = nn.LayerNorm(2 * width)
        self.patch = nn.Linear(2 * width, 1)
        self.attention = nn.Linear(2 * width, 1)
        self.picture = nn.Sequential(nn.Linear(4 * width + 3, width), nn.GELU(), nn.Linear(width, 1))

    def forward(self, tokens):
        n, height, width, _ = tokens.shape
        against = self.against(tokens)
        x = self.norm(self.own(tokens) + against - against.mean((1, 2), keepdim=True))
        for block in self.blocks:
            x = block(x)
        x = self.last(torch.cat([x, x - x.mean((1, 2), keepdim=True)], -1))
        patches = self.patch(x)[..., 0]
        flat, scores = x.reshape(n, height * width, -1), patches.reshape(n, -1)
        seen = (torch.softmax(self.attention(flat)[..., 0], 1)[..., None] * flat).sum(1)
        smooth = F.avg_pool2d(patches[:, None], 3, 1, 1).reshape(n, -1)
        facts = torch.stack([smooth.amax(1), scores.mean(1), torch.sigmoid(scores).mean(1)], 1)
        return patches, self.picture(torch.cat([seen, flat.mean(1), facts], 1))[:, 0]


class Samples:
    """What edit_samples.py left, shard by shard."""

    def __init__(self, folders, look):
        self.rows, self.tokens, self.masks = [], [], []
        for folder in folders:
            for index in sorted(Path(folder).glob("index-*.jsonl")):
                shards = {}
                for row in map(json.loads, index.open()):
                    if row.get("unreadable"):
                        continue
                    if row["shard"] not in shards:
                        with np.load(Path(folder) / row["shard"]) as file:
                            shards[row["shard"]] = file[look], file["mask"]
                    tokens, masks = shards[row["shard"]]
                    self.rows.append(row)
                    self.tokens.append(tokens[row["at"]])
                    self.masks.append(masks[row["at"]])
        self.side = {"close": 28, "whole": 14}[look]
        self.fold = np.array([fold(row["base"]) for row in self.rows])
        self.edited = np.array([row["kind"] != "whole" for row in self.rows])

    def batch(self, numbers):
        """Tokens [n,h,w,2304] in deviations, changed shares [n,h,w]."""
        tokens = torch.from_numpy(np.stack([self.tokens[i] for i in numbers])).float() * (DEVIATIONS / 127)
        masks = torch.from_numpy(np.stack([self.masks[i] for i in numbers])).float().reshape(-1, 1, 28, 28) / 255
        if self.side == 14:
            masks = F.avg_pool2d(masks, 2)
        return tokens.reshape(len(numbers), self.side, self.side, TOKEN), masks[:, 0]


def loss(network, tokens, shares, edited):
    patches, pictures = network(tokens)
    target = (shares >= CHANGED).float()
    known = ((shares >= CHANGED) | (shares <= KEPT)).float()
    changed, kept = target * known, (1 - target) * known
    weights = changed * (0.5 / (changed.sum() + 1)) + kept * (0.5 / (kept.sum() + 1))
    of_patches = (F.binary_cross_entropy_with_logits(patches, target, reduction="none") * weights).sum()
    return of_patches + PICTURE * F.binary_cross_entropy_with_logits(pictures, edited)


def mirrored(tokens, shares, rng):
    """Mirroring the grid is not mirroring the picture, but near enough to learn from."""
    if rng.random() < 0.5:
        tokens, shares = tokens.flip(2), shares.flip(2)
    return tokens, shares


def learned(samples, rows, epochs, seed=0):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = OfOnePiece()
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    steps = epochs * (len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.15)
    for epoch in range(epochs):
        total, order = 0.0, rng.permutation(rows)
        for at in range(0, len(rows) - BATCH + 1, BATCH):
            numbers = order[at : at + BATCH]
            tokens, shares = mirrored(*samples.batch(numbers), rng)
            tokens = F.dropout(tokens, LEFT_OUT)
            value = loss(network, tokens, shares, torch.from_numpy(samples.edited[numbers]).float())
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += value.item()
        print(f"epoch {epoch + 1}: {total / max(1, len(rows) // BATCH):.4f}", flush=True)
    return network.eval()


@torch.no_grad()
def scored(network, samples, rows):
    patches, pictures = [], []
    for at in range(0, len(rows), BATCH):
        of_patches, of_pictures = network(samples.batch(rows[at : at + BATCH])[0])
        patches.append(of_patches.numpy().astype(np.float16))
        pictures.append(of_pictures.numpy())
    return np.concatenate(patches), np.concatenate(pictures)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--look", choices=("close", "whole"), default="close")
    parser.add_argument("--folds", nargs="+", default=[*map(str, range(FOLDS)), "all"])
    parser.add_argument("--epochs", type=int, default=8)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    samples = Samples(args.samples, args.look)
    trained_on = np.array([row["condition"] == "carried" for row in samples.rows])
    for name in args.folds:
        if (args.out / f"{name}.npz").exists():
            continue
        left_out = samples.fold == int(name) if name != "all" else np.zeros(len(samples.rows), bool)
        network = learned(samples, np.flatnonzero(~left_out & trained_on), args.epochs)
        torch.save(network.state_dict(), args.out / f"{name}.pt")
        judged = np.flatnonzero(left_out)
        if len(judged):
            patches, pictures = scored(network, samples, judged)
            keys = [json.dumps(samples.rows[i]) for i in judged]
            masks = np.stack([samples.masks[i] for i in judged])
            np.savez(args.out / f"{name}.npz", rows=keys, patches=patches, pictures=pictures, masks=masks)
