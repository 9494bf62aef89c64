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
PATCHES, HALF = 24, 256  # patches of either class of a picture that are learned from one by one; of a class in a batch
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


class Seen(nn.Module):
    """Patch tokens [n,p,2304] in deviations, and their picture's mean [n,1,2304] -> [n,p,width]."""

    def __init__(self, width=WIDTH):
        super().__init__()
        self.own, self.against, self.norm = nn.Linear(TOKEN, width), nn.Linear(TOKEN, width, bias=False), nn.LayerNorm(width)

    def forward(self, tokens, mean):
        return self.norm(self.own(tokens) + self.against(tokens - mean))


class Judged(nn.Module):
    """What was seen [n,h,w,width] -> log-odds that a patch was changed [n,h,w], and that any was [n]."""

    def __init__(self, width=WIDTH):
        super().__init__()
        self.blocks = nn.ModuleList(Block(width) for _ in range(BLOCKS))
        self.last = nn.LayerNorm(2 * width)
        self.patch, self.attention = nn.Linear(2 * width, 1), nn.Linear(2 * width, 1)
        self.picture = nn.Sequential(nn.Linear(4 * width + 3, width), nn.GELU(), nn.Linear(width, 1))

    def forward(self, x):
        n, height, width, _ = x.shape
        for block in self.blocks:
            x = block(x)
        x = self.last(torch.cat([x, x - x.mean((1, 2), keepdim=True)], -1))
        patches = self.patch(x)[..., 0]
        flat, scores = x.reshape(n, height * width, -1), patches.reshape(n, -1)
        noticed = (torch.softmax(self.attention(flat)[..., 0], 1)[..., None] * flat).sum(1)
        smooth = F.avg_pool2d(patches[:, None], 3, 1, 1).reshape(n, -1)
        facts = torch.stack([smooth.amax(1), scores.mean(1), torch.sigmoid(scores).mean(1)], 1)
        return patches, self.picture(torch.cat([noticed, flat.mean(1), facts], 1))[:, 0]


class OfOnePiece(nn.Module):
    """Patch tokens [n,h,w,2304] as the backbone gives them -> as Judged. A token counts by how it differs from the picture's mean, beside itself."""

    def __init__(self, seen, judged, deviations):
        super().__init__()
        self.seen, self.judged = seen, judged
        self.register_buffer("scale", torch.from_numpy(1 / deviations.reshape(-1)))

    def forward(self, tokens):
        n, height, width, _ = tokens.shape
        flat = tokens.reshape(n, height * width, -1) * self.scale
        return self.judged(self.seen(flat, flat.mean(1, keepdim=True)).reshape(n, height, width, -1))


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

    def of(self, i):
        """Tokens [p,2304] of one sample, in deviations, and their mean [1,2304]."""
        tokens = torch.from_numpy(self.tokens[i].reshape(-1, TOKEN)).float() * (DEVIATIONS / 127)
        return tokens, tokens.mean(0, keepdim=True)

    def shares(self, numbers):
        """Changed shares of patches [n,h,w]."""
        masks = torch.from_numpy(np.stack([self.masks[i] for i in numbers])).float().reshape(-1, 1, 28, 28) / 255
        return (masks if self.side == 28 else F.avg_pool2d(masks, 2))[:, 0]


def some_patches(samples, rows, rng):
    """Of each picture some changed and some kept patches: tokens [n,2304], numbers of pictures, whether changed; means of pictures."""
    chosen, changed = [], []
    for i in rows:
        share = samples.shares([i])[0].reshape(-1).numpy()
        sides = [rng.permutation(np.flatnonzero(which))[:PATCHES] for which in (share >= CHANGED, share <= KEPT)]
        chosen.append(np.concatenate(sides))
        changed.append(np.repeat([True, False], [len(side) for side in sides]))
    of = np.repeat(np.arange(len(rows)), [len(c) for c in chosen])
    # One large array: small ones between the buffers of whole pictures would keep the memory of these.
    tokens, means, at = torch.empty(len(of), TOKEN, dtype=torch.half), torch.empty(len(rows), TOKEN, dtype=torch.half), 0
    for number, i in enumerate(rows):
        seen, mean = samples.of(i)
        tokens[at : at + len(chosen[number])] = seen[chosen[number]]
        means[number] = mean[0]
        at += len(chosen[number])
    return tokens, of, np.concatenate(changed), means


def first(samples, rows, epochs, rng):
    """What is to be seen in a patch, learned from patches one by one."""
    tokens, of, changed, means = some_patches(samples, rows, rng)
    # Both classes alike, and so is what either has of each picture.
    weights = np.zeros(len(of))
    for which in (changed, ~changed):
        count = np.bincount(of[which], minlength=len(rows))
        weights[which] = 1 / count[of[which]]
        weights[which] /= weights[which].mean()
    seen, head = Seen(), nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))
    optimiser = torch.optim.AdamW([*seen.parameters(), *head.parameters()], RATE / 2, weight_decay=DECAY)
    each = max(1, int(changed.sum()) // HALF)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE / 2, total_steps=epochs * each + 1, pct_start=0.1)
    sides = [np.flatnonzero(changed), np.flatnonzero(~changed)]
    for epoch in range(epochs):
        total, orders = 0.0, [rng.permutation(side) for side in sides]
        for at in range(each):
            rows_now = np.concatenate([np.take(o, range(at * HALF, at * HALF + HALF), mode="wrap") for o in orders])
            x = F.dropout(tokens[rows_now].float(), LEFT_OUT)
            said = head(seen(x[:, None], means[of[rows_now]].float()[:, None]))[:, 0, 0]
            target = torch.from_numpy(changed[rows_now]).float()
            value = F.binary_cross_entropy_with_logits(said, target, weight=torch.from_numpy(weights[rows_now]).float())
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            schedule.step()
            total += value.item()
        print(f"patches, epoch {epoch + 1}: {total / each:.4f}", flush=True)
    return seen.eval()


@torch.no_grad()
def looked(seen, samples, rows):
    """What is seen of each of these pictures, half precision [n,h,w,width]."""
    result = torch.empty(len(rows), samples.side**2, WIDTH, dtype=torch.half)
    for number, i in enumerate(rows):
        result[number] = seen(*(part[None] for part in samples.of(i)))[0]
    return result.reshape(len(rows), samples.side, samples.side, -1)


def loss(network, x, shares, edited):
    patches, pictures = network(x)
    target = (shares >= CHANGED).float()
    known = ((shares >= CHANGED) | (shares <= KEPT)).float()
    changed, kept = target * known, (1 - target) * known
    weights = changed * (0.5 / (changed.sum() + 1)) + kept * (0.5 / (kept.sum() + 1))
    of_patches = (F.binary_cross_entropy_with_logits(patches, target, reduction="none") * weights).sum()
    return of_patches + PICTURE * F.binary_cross_entropy_with_logits(pictures, edited)


def second(seen, samples, rows, epochs, rng):
    """What patches say together."""
    x, edited = looked(seen, samples, rows), torch.from_numpy(samples.edited[rows]).float()
    shares, network = samples.shares(rows), Judged()
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * (len(rows) // BATCH) + 1, pct_start=0.15)
    for epoch in range(epochs):
        total, order = 0.0, rng.permutation(len(rows))
        for at in range(0, len(rows) - BATCH + 1, BATCH):
            now = order[at : at + BATCH]
            part, changed = F.dropout(x[now].float(), LEFT_OUT), shares[now]
            for axis in (1, 2):  # mirroring what was seen is not seeing the mirrored picture, but near enough to learn from
                if rng.random() < 0.5:
                    part, changed = part.flip(axis), changed.flip(axis)
            value = loss(network, part, changed, edited[now])
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += value.item()
        print(f"pictures, epoch {epoch + 1}: {total / max(1, len(rows) // BATCH):.4f}", flush=True)
    return network.eval()


@torch.no_grad()
def scored(seen, network, samples, rows):
    patches, pictures = [], []
    for at in range(0, len(rows), BATCH):
        of_patches, of_pictures = network(looked(seen, samples, rows[at : at + BATCH]).float())
        patches.append(of_patches.numpy().astype(np.float16))
        pictures.append(of_pictures.numpy())
    return np.concatenate(patches), np.concatenate(pictures)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--look", choices=("close", "whole"), default="close")
    parser.add_argument("--folds", nargs="+", default=[*map(str, range(FOLDS)), "all"])
    parser.add_argument("--epochs", type=int, nargs=2, default=[6, 10], help="over patches, over pictures")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    samples = Samples(args.samples, args.look)
    trained_on = np.array([row["condition"] == "carried" for row in samples.rows])
    for name in args.folds:
        if (args.out / (f"{name}.pt" if name == "all" else f"{name}.npz")).exists():
            continue
        left_out = samples.fold == int(name) if name != "all" else np.zeros(len(samples.rows), bool)
        rows, rng = np.flatnonzero(~left_out & trained_on), np.random.default_rng(0)
        torch.manual_seed(0)
        seen = first(samples, rows, args.epochs[0], rng)
        network = second(seen, samples, rows, args.epochs[1], rng)
        torch.save({"seen": seen.state_dict(), "judged": network.state_dict()}, args.out / f"{name}.pt")
        judged = np.flatnonzero(left_out)
        if len(judged):
            patches, pictures = scored(seen, network, samples, judged)
            keys = [json.dumps(samples.rows[i]) for i in judged]
            masks = np.stack([samples.masks[i] for i in judged])
            np.savez(args.out / f"{name}.npz", rows=keys, patches=patches, pictures=pictures, masks=masks)
