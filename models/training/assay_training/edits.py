"""Local edits of pictures: what is pasted in, copied within, taken out or made anew, each with the mask of what was changed.

Pictures are RGB uint8 [h,w,3], masks float32 [h,w] of 0 to 1. Every edit is a function of a base, of a filling where it takes one, and of
a generator of random numbers; what it changes comes back with the picture.
"""

import cv2
import numpy as np

SMALLEST, LARGEST = 0.02, 0.4  # share of the picture that an edit changes
REMOVED = 0.1  # most that is painted over by a method that fills small holes
HOLE = 420  # longer side, in pixels, at which such a method fills


def grown(rng, low, high):
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def ellipse(shape, rng):
    mask = np.zeros(shape, np.float32)
    ratio = grown(rng, 0.45, 2.2)
    cv2.ellipse(mask, (shape[1] // 2, shape[0] // 2), (int(100 * ratio**0.5), int(100 / ratio**0.5)), rng.uniform(0, 180), 0, 360, 1, -1)
    return mask


def polygon(shape, rng):
    mask = np.zeros(shape, np.float32)
    angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(4, 11))))
    radii = 100 * rng.uniform(0.45, 1.1, len(angles))
    points = np.stack([shape[1] / 2 + radii * np.cos(angles), shape[0] / 2 + radii * np.sin(angles)], 1)
    cv2.fillPoly(mask, [points.astype(np.int32)], 1)
    return mask


def rectangle(shape, rng):
    mask = np.zeros(shape, np.float32)
    ratio = grown(rng, 0.4, 2.5)
    box = cv2.boxPoints(
        ((shape[1] / 2, shape[0] / 2), (170 * ratio**0.5, 170 / ratio**0.5), float(rng.choice([0, 0, 90, rng.uniform(0, 90)])))
    )
    cv2.fillPoly(mask, [box.astype(np.int32)], 1)
    return mask


def blob(shape, rng):
    noise = cv2.GaussianBlur(rng.standard_normal(shape).astype(np.float32), (0, 0), float(rng.uniform(14, 40)))
    y, x = np.mgrid[: shape[0], : shape[1]]
    noise = noise / noise.std() - 2.2 * np.hypot(x / shape[1] - 0.5, y / shape[0] - 0.5) * 2
    mask = (noise > np.quantile(noise, 0.85)).astype(np.uint8)
    n, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    return (labels == 1 + np.argmax(stats[1:, cv2.CC_STAT_AREA])).astype(np.float32) if n > 1 else ellipse(shape, rng)


def strokes(shape, rng):
    mask = np.zeros(shape, np.float32)
    points = rng.uniform(0.25, 0.75, (int(rng.integers(2, 6)), 2)) * shape[::-1]
    cv2.polylines(mask, [points.astype(np.int32)], False, 1, int(rng.integers(20, 50)), cv2.LINE_AA)
    return (mask > 0.5).astype(np.float32)


SHAPES = [ellipse, polygon, rectangle, blob, strokes, blob]


def outline(rng, shapes=None):
    """A shape cut to its own size, [h,w]."""
    mask = (shapes or SHAPES)[int(rng.integers(len(shapes or SHAPES)))]((320, 320), rng)
    return cropped(mask)


def cropped(mask):
    ys, xs = np.flatnonzero(mask.max(1) > 0.5), np.flatnonzero(mask.max(0) > 0.5)
    return mask[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]


def placed(shape, outline, share, rng):
    """The outline somewhere in a picture, so large that it covers this share; its box x, y, width, height beside."""
    height, width = shape
    scale = np.sqrt(share * height * width / max(1.0, outline.sum()))
    w, h = (int(np.clip(round(n * scale), 16, most - 2)) for n, most in zip(outline.shape[::-1], (width, height)))
    x, y = int(rng.integers(0, width - w)), int(rng.integers(0, height - h))
    mask = np.zeros(shape, np.float32)
    mask[y : y + h, x : x + w] = cv2.resize(outline, (w, h), interpolation=cv2.INTER_LINEAR)
    return (mask > 0.5).astype(np.float32), (x, y, w, h)


def feathered(mask, rng):
    """Its edge softened by up to 6 px, by nothing in a third."""
    return mask if rng.random() < 0.33 else np.clip(cv2.GaussianBlur(mask, (0, 0), grown(rng, 0.6, 6)), 0, 1)


def blended(base, filling, mask):
    m = mask[..., None]
    return np.clip(base * (1 - m) + filling * m + 0.5, 0, 255).astype(np.uint8)


def matched(filling, base, rng):
    """Its colours brought near those of the base: mean and deviation of each channel in Lab."""
    a, b = (cv2.cvtColor(p, cv2.COLOR_RGB2LAB).astype(np.float32) for p in (filling, base))
    share = float(rng.uniform(0.4, 1))
    mean, std = ((1 - share) * f(a) + share * f(b) for f in (lambda p: p.mean((0, 1)), lambda p: p.std((0, 1)) + 1))
    lab = (a - a.mean((0, 1))) / (a.std((0, 1)) + 1) * std + mean
    return cv2.cvtColor(np.clip(lab, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB)


def history(part, rng):
    """What the filling went through before: coded, smoothed, sharpened, noised, or nothing."""
    if rng.random() < 0.5:
        _done, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(55, 98))])
        part = cv2.imdecode(data, cv2.IMREAD_COLOR)
    kind = rng.random()
    if kind < 0.12:
        return cv2.GaussianBlur(part, (0, 0), float(rng.uniform(0.4, 1.2)))
    if kind < 0.24:
        return np.clip(part + rng.normal(0, rng.uniform(1, 5), part.shape), 0, 255).astype(np.uint8)
    if kind < 0.32:
        return cv2.addWeighted(part, 1.6, cv2.GaussianBlur(part, (0, 0), 1.2), -0.6, 0)
    return part


def piece(filling, width, height, rng):
    """A part of the filling of this size, rescaled, mirrored and turned by chance."""
    scale = grown(rng, 0.35, 1.1) if min(filling.shape[:2]) > 1.2 * max(width, height) else 1.0
    scale = max(scale, width / filling.shape[1], height / filling.shape[0])
    w, h = (min(n, max(1, round(m / scale))) for n, m in zip(filling.shape[1::-1], (width, height)))
    x, y = int(rng.integers(0, filling.shape[1] - w + 1)), int(rng.integers(0, filling.shape[0] - h + 1))
    kernel = int(rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4]))
    part = cv2.resize(np.ascontiguousarray(filling[y : y + h, x : x + w]), (width, height), interpolation=kernel)
    if rng.random() < 0.3:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-25, 25)), 1.15)
        part = cv2.warpAffine(part, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.ascontiguousarray(part[:, ::-1]) if rng.random() < 0.5 else part


def laid(base, part, box):
    """The part on its box, whatever the base outside."""
    x, y, w, h = box
    full = base.copy()
    full[y : y + h, x : x + w] = part
    return full


def pasted(base, filling, rng):
    """A part of another picture, of any outline."""
    mask, box = placed(base.shape[:2], outline(rng), grown(rng, SMALLEST, LARGEST), rng)
    return joined(base, history(piece(filling, box[2], box[3], rng), rng), mask, box, rng)


def joined(base, part, mask, box, rng):
    if rng.random() < 0.5:
        part = matched(part, base[box[1] : box[1] + box[3], box[0] : box[0] + box[2]], rng)
    full = laid(base, part, box)
    if rng.random() < 0.2 and (done := cloned(base, full, mask)) is not None:
        return done, mask
    mask = feathered(mask, rng)
    return blended(base, full, mask), mask


def cloned(base, full, mask):
    """Poisson blending (Pérez et al., 2003), or nothing where the mask touches the border."""
    inner = np.zeros_like(mask, np.uint8)
    inner[2:-2, 2:-2] = (mask[2:-2, 2:-2] > 0.5) * 255
    ys, xs = np.flatnonzero(inner.max(1)), np.flatnonzero(inner.max(0))
    if not len(ys):
        return None
    centre = (int(xs[0] + xs[-1] + 1) // 2, int(ys[0] + ys[-1] + 1) // 2)
    try:
        return cv2.seamlessClone(full, base, inner, centre, cv2.NORMAL_CLONE)
    except cv2.error:
        return None


def object_in(picture):
    """What stands before the ground, as GrabCut finds it in the middle: mask [h,w] uint8, or nothing clear."""
    scale = 192 / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    frame = (width // 8, height // 8, width - width // 4, height - height // 4)
    try:
        cv2.grabCut(small, mask, frame, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_RECT)
    except cv2.error:
        return None
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    n, labels, stats, _ = cv2.connectedComponentsWithStats(found)
    if n < 2 or not 0.04 < stats[1:, cv2.CC_STAT_AREA].max() / found.size < 0.5:
        return None
    found = (labels == 1 + np.argmax(stats[1:, cv2.CC_STAT_AREA])).astype(np.float32)
    return (cv2.resize(found, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR) > 0.5).astype(np.uint8)


def matted(base, filling, rng):
    """An object cut out of another picture along its outline."""
    found = object_in(filling)
    if found is None:
        return pasted(base, filling, rng)
    ys, xs = np.flatnonzero(found.max(1)), np.flatnonzero(found.max(0))
    cut = np.s_[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    mask, box = placed(base.shape[:2], found[cut].astype(np.float32), grown(rng, SMALLEST, 0.3), rng)
    part = cv2.resize(np.ascontiguousarray(filling[cut]), box[2:], interpolation=cv2.INTER_AREA)
    return joined(base, history(part, rng), mask, box, rng)


def copied(base, _filling, rng):
    """A part of the picture a second time, elsewhere."""
    mask, box = placed(base.shape[:2], outline(rng), grown(rng, SMALLEST, 0.15), rng)
    x, y, w, h = box
    for _ in range(20):
        a, b = int(rng.integers(0, base.shape[1] - w)), int(rng.integers(0, base.shape[0] - h))
        if abs(a - x) > w // 2 or abs(b - y) > h // 2:
            break
    part = base[b : b + h, a : a + w]
    if rng.random() < 0.4:
        part = piece(np.ascontiguousarray(part), w, h, rng)
    full = laid(base, part, box)
    if rng.random() < 0.3 and (done := cloned(base, full, mask)) is not None:
        return done, mask
    mask = feathered(mask, rng)
    return blended(base, full, mask), mask


def painted_over(base, _filling, rng):
    """Something taken out, the hole filled from around it: Telea 2004, or Navier-Stokes (Bertalmio et al., 2001)."""
    mask, box = placed(base.shape[:2], outline(rng, [ellipse, blob, strokes]), grown(rng, SMALLEST / 2, REMOVED), rng)
    x, y, w, h = box
    room = 24
    top, left = max(0, y - room), max(0, x - room)
    cut = np.s_[top : y + h + room, left : x + w + room]
    part, hole = base[cut], (mask[cut] * 255).astype(np.uint8)
    scale = min(1.0, HOLE / max(part.shape[:2]))
    small, small_hole = (cv2.resize(np.ascontiguousarray(p), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for p in (part, hole))
    method = cv2.INPAINT_TELEA if rng.random() < 0.5 else cv2.INPAINT_NS
    filled = cv2.inpaint(small, (small_hole > 0).astype(np.uint8), float(rng.uniform(2, 6)), method)
    full = base.copy()
    full[cut] = cv2.resize(filled, part.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    mask = feathered(mask, rng)
    return blended(base, full, mask), mask


def anew(base, rng):
    """The same content by other means: what decoders of generators do to texture, without one."""
    kind = rng.random()
    if kind < 0.45:
        scale = float(rng.uniform(0.35, 0.7))
        small = cv2.resize(base, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if rng.random() < 0.4:
            small = cv2.bilateralFilter(small, 5, 18, 4)
        kernel = int(rng.choice([cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_LINEAR]))
        large = cv2.resize(small, base.shape[1::-1], interpolation=kernel)
        amount = float(rng.uniform(0.3, 1.8))
        large = cv2.addWeighted(large, 1 + amount, cv2.GaussianBlur(large, (0, 0), float(rng.uniform(0.8, 2))), -amount, 0)
        return np.clip(large + rng.normal(0, rng.uniform(0, 3), large.shape), 0, 255).astype(np.uint8)
    if kind < 0.7:
        return cv2.bilateralFilter(base, 7, float(rng.uniform(15, 45)), float(rng.uniform(2, 6)))
    if kind < 0.85:
        _done, data = cv2.imencode(".webp", base, [cv2.IMWRITE_WEBP_QUALITY, int(rng.integers(12, 45))])
        return cv2.imdecode(data, cv2.IMREAD_COLOR)
    return cv2.medianBlur(base, int(rng.choice([3, 5])))


def made_anew(base, _filling, rng):
    """A part whose content stays and whose texture is another."""
    mask, _box = placed(base.shape[:2], outline(rng), grown(rng, SMALLEST * 1.5, LARGEST), rng)
    mask = feathered(mask, rng)
    return blended(base, anew(base, rng), mask), mask


def exchanged(base, edited, rng):
    """A part of an edited version of the same picture, aligned with it: what inpainting with a text does."""
    mask, _box = placed(base.shape[:2], outline(rng), grown(rng, SMALLEST * 1.5, LARGEST), rng)
    mask = feathered(mask, rng)
    return blended(base, edited, mask), mask


KINDS = {"pasted": pasted, "matted": matted, "copied": copied, "painted-over": painted_over, "made-anew": made_anew, "exchanged": exchanged}
