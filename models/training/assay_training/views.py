"""What is looked at: views of a picture, the same in Java (dev.assay.internal.model.PictureViews) and here.

A picture loses its flat margins first. Whole views show what is left with its shorter side at 224 px; native views are crops of
224 px at the picture's own resolution (at 2048 px for pictures whose longer side is longer than that): the centre, then the busiest
cells of a grid. A view that has no texture is left out.
"""

from dataclasses import dataclass

import cv2
import numpy as np

SIZE = 224
LONGEST = 2048  # longer side, in pixels, of the copy that margins and native views are taken from
FLAT = 2.5  # mean absolute deviation, in grey levels, up to which a row or column is a margin
COLOUR = 12  # grey levels by which a margin may differ from the outermost row
SPARSE = 0.6  # share of a row of that colour from which it may be lettering on the margin
EDGE = 0.2  # share of the next row up to which lettering ends at a straight edge
SMALLEST = 64  # no margin is taken off where less than this would be left, in pixels
ASPECT = 8  # of a longer picture, the middle is looked at
STEEPEST = 48  # gradients count up to this, so that lettering does not outweigh everything
TEXTURE = 0.5  # mean gradient of a view, in grey levels a pixel, below which it has no texture
CELLS = 16  # of the grid, along an axis, at most


@dataclass(frozen=True)
class View:
    kind: str  # whole, native
    region: tuple  # x, y, width, height of what it shows, in pixels of the picture
    pixels: np.ndarray  # RGB uint8 [224,224,3]

    @property
    def textured(self):
        return gradient(grey(self.pixels)).mean() >= TEXTURE


def grey(picture):
    """RGB uint8 to grey levels, int32."""
    r, g, b = (picture[..., i].astype(np.int32) for i in range(3))
    return (77 * r + 150 * g + 29 * b) >> 8


def gradient(grey):
    """Absolute differences to the right and lower neighbours, together, up to STEEPEST."""
    result = np.zeros(grey.shape, np.int32)
    result[:, :-1] += np.abs(np.diff(grey, axis=1))
    result[:-1] += np.abs(np.diff(grey, axis=0))
    return np.minimum(result, STEEPEST)


def margins(grey):
    """Flat margins: top, bottom, left, right in pixels; none along an axis where too little would be left.

    Rows of lettering on the colour of the margin, as around a picture in a screenshot, belong to it if they end at a straight edge.
    """

    def run(lines):
        n, first = 0, None
        for line in lines:
            middle = np.sort(line)[len(line) // 2]
            first = middle if first is None else first
            if np.abs(line - middle).sum() > FLAT * len(line) or abs(middle - first) > COLOUR:
                break
            n += 1
        return n

    def lettered(lines):
        ground = np.sort(lines[0])[len(lines[0]) // 2]
        share = (np.abs(lines - ground) <= COLOUR).mean(1)
        n = int(np.argmax(share < SPARSE)) if (share < SPARSE).any() else 0
        return n if share[n] <= EDGE else 0

    def kept(lines, before, after):
        return (before, after) if len(lines) - before - after >= SMALLEST else (0, 0)

    def both(lines, measure):
        before = measure(lines)
        return kept(lines, before, measure(lines[::-1]) if before < len(lines) else 0)

    flat = both(grey, run)
    top, bottom = (max(pair) for pair in zip(flat, both(grey, lettered)))
    top, bottom = (top, bottom) if grey.shape[0] - top - bottom >= SMALLEST else flat
    left, right = both(grey[top : grey.shape[0] - bottom].T, run)
    return top, bottom, left, right


def starts(length, size, n):
    """Where n windows begin along one axis, the first at its start and the last at its end; one lies in the middle."""
    if n == 1 or length <= size:
        return [(length - size) // 2]
    return [i * (length - size) // (n - 1) for i in range(n)]


def resized(picture, width, height):
    if picture.shape[:2] == (height, width):
        return picture
    smaller = width < picture.shape[1] or height < picture.shape[0]
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)


def whole(picture, x, y, width, height, most=3):
    """Squares that cover a part of a picture, its shorter side at 224: one, or up to three along the longer side."""
    if width > ASPECT * height:
        x, width = x + (width - ASPECT * height) // 2, ASPECT * height
    if height > ASPECT * width:
        y, height = y + (height - ASPECT * width) // 2, ASPECT * width
    side = min(width, height)
    wide, tall = max(SIZE, width * SIZE // side), max(SIZE, height * SIZE // side)
    small = resized(np.ascontiguousarray(picture[y : y + height, x : x + width]), wide, tall)
    n = min(most, 1 + 5 * max(tall, wide) // (7 * SIZE))
    if height > width:
        return [View("whole", (x, y + s * side // SIZE, side, side), small[s : s + SIZE]) for s in starts(tall, SIZE, n)]
    return [View("whole", (x + s * side // SIZE, y, side, side), small[:, s : s + SIZE]) for s in starts(wide, SIZE, n)]


def native(grey, most=4):
    """(x, y) of crops: the centre, then cells of a grid by mean gradient, each at most half covered by one before."""
    height, width = grey.shape
    busy = np.zeros((height + 1, width + 1), np.int64)
    busy[1:, 1:] = gradient(grey).cumsum(0, dtype=np.int64).cumsum(1)
    rows, columns = (min(CELLS, max(1, -(-2 * n // SIZE) - 1)) for n in (height, width))
    cells = []
    for y in starts(height, SIZE, rows):
        for x in starts(width, SIZE, columns):
            cells.append((int(busy[y + SIZE, x + SIZE] - busy[y, x + SIZE] - busy[y + SIZE, x] + busy[y, x]), y, x))
    chosen = [((width - SIZE) // 2, (height - SIZE) // 2)]
    for _, y, x in sorted(cells, key=lambda c: (-c[0], c[1], c[2])):
        if len(chosen) == most:
            break
        shared = max(max(0, SIZE - abs(x - a)) * max(0, SIZE - abs(y - b)) for a, b in chosen)
        if 2 * shared <= SIZE * SIZE:
            chosen.append((x, y))
    return chosen


def mirrored(picture):
    """At least 224 x 224, mirrored without repeating the edge."""
    high, wide = (max(SIZE - n, 0) for n in picture.shape[:2])
    if high == 0 and wide == 0:
        return picture
    return cv2.copyMakeBorder(picture, high // 2, high - high // 2, wide // 2, wide - wide // 2, cv2.BORDER_REFLECT_101)


def trimmed(picture):
    """A copy that is no larger than LONGEST, its margins, and the rest as x, y, width, height in pixels of the picture."""
    height, width = picture.shape[:2]
    longer = max(height, width)
    copy = picture if longer <= LONGEST else resized(picture, max(1, width * LONGEST // longer), max(1, height * LONGEST // longer))
    high, wide = copy.shape[:2]
    top, bottom, left, right = margins(grey(copy))
    x, y = left * width // wide, top * height // high
    return copy, (top, bottom, left, right), (x, y, (wide - right) * width // wide - x, (high - bottom) * height // high - y)


def tiles(picture):
    """The picture without its margins as squares side by side, two along its shorter side where that is long enough: columns, rows, pixels by rows."""
    _copy, _margins, (x, y, width, height) = trimmed(picture)
    few = 2 if 2 * min(width, height) >= 3 * SIZE else 1
    many = min(3 * few, int(few * max(width, height) / min(width, height) + 0.5))
    columns, rows = (few, many) if height > width else (many, few)
    seen = resized(np.ascontiguousarray(picture[y : y + height, x : x + width]), columns * SIZE, rows * SIZE)
    return columns, rows, [seen[n // columns * SIZE :][:SIZE, n % columns * SIZE :][:, :SIZE] for n in range(columns * rows)]


def views(picture, most=4):
    """The views of RGB uint8 [h,w,3]: whole ones first, then native ones, in the order in which they were chosen."""
    height, width = picture.shape[:2]
    copy, (top, bottom, left, right), part_of = trimmed(picture)
    high, wide = copy.shape[:2]
    result = whole(picture, *part_of)
    part = np.ascontiguousarray(copy[top : high - bottom, left : wide - right])
    padded = mirrored(part)
    for a, b in native(grey(padded), most):
        x0, y0 = left + (a if part.shape[1] >= SIZE else 0), top + (b if part.shape[0] >= SIZE else 0)
        x1, y1 = x0 + min(SIZE, part.shape[1]), y0 + min(SIZE, part.shape[0])
        x, y = x0 * width // wide, y0 * height // high
        region = (x, y, max(1, x1 * width // wide - x), max(1, y1 * height // high - y))
        result.append(View("native", region, padded[b : b + SIZE, a : a + SIZE]))
    return [view for view in result if view.textured]
