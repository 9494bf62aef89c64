"""What is looked at: views of a picture, the same in Java (dev.assay.model.Views) and here.

A picture loses its flat margins first. Whole views show it with its shorter side at 224 px; native views are crops of 224 px at the
picture's own resolution: the centre, then the busiest cells of a grid.
"""

import cv2
import numpy as np

SIZE = 224
FLAT = 2.5  # mean absolute deviation, in grey levels, up to which a row or column is a margin
COLOUR = 12  # grey levels by which a margin may differ from the outermost row
SMALLEST = 64
NATIVE = 4


def margins(picture):
    """Flat margins of RGB uint8 [h,w,3]: top, bottom, left, right in pixels; none where too little would be left."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)

    def flat(lines):
        middle = np.median(lines, 1)
        deviation = np.abs(lines - middle[:, None]).mean(1)

        def run(order):
            n = 0
            for i in order:
                if deviation[i] > FLAT or abs(middle[i] - middle[order[0]]) > COLOUR:
                    break
                n += 1
            return n

        order = list(range(len(lines)))
        return run(order), run(order[::-1])

    top, bottom = flat(grey)
    if grey.shape[0] - top - bottom < SMALLEST:
        return 0, 0, 0, 0
    left, right = flat(grey[top : grey.shape[0] - bottom].T)
    if grey.shape[1] - left - right < SMALLEST:
        return 0, 0, 0, 0
    return top, bottom, left, right


def trimmed(picture):
    top, bottom, left, right = margins(picture)
    return picture[top : picture.shape[0] - bottom, left : picture.shape[1] - right]


def starts(length, size, n):
    """Where n windows begin along one axis, the first at its start and the last at its end; one lies in the middle."""
    if n == 1 or length <= size:
        return [(length - size) // 2]
    return [i * (length - size) // (n - 1) for i in range(n)]


def whole(picture):
    """Squares of 224 px from the picture with its shorter side at 224: one, or up to three along the longer side."""
    height, width = picture.shape[:2]
    scale = SIZE / min(height, width)
    tall, wide = max(SIZE, round(height * scale)), max(SIZE, round(width * scale))
    small = cv2.resize(picture, (wide, tall), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    n = min(3, 1 + int(max(tall, wide) / SIZE / 1.4))
    if height > width:
        return [small[y : y + SIZE] for y in starts(tall, SIZE, n)]
    return [small[:, x : x + SIZE] for x in starts(wide, SIZE, n)]


def native(picture, most=NATIVE):
    """(x, y) of crops: the centre, then cells of a grid by mean absolute gradient, each at most half covered by those before."""
    height, width = picture.shape[:2]
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.int32)
    busy = np.zeros((height + 1, width + 1), np.int64)
    gradient = np.zeros((height, width), np.int32)
    gradient[:, :-1] += np.abs(np.diff(grey, axis=1))
    gradient[:-1] += np.abs(np.diff(grey, axis=0))
    busy[1:, 1:] = np.minimum(gradient, 48).cumsum(0, dtype=np.int64).cumsum(1)
    rows, columns = (min(16, max(1, -(-2 * n // SIZE) - 1)) for n in (height, width))
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


def padded(picture):
    """At least 224 x 224, mirrored without repeating the edge."""
    high, wide = (max(SIZE - n, 0) for n in picture.shape[:2])
    if high == 0 and wide == 0:
        return picture
    return cv2.copyMakeBorder(picture, high // 2, high - high // 2, wide // 2, wide - wide // 2, cv2.BORDER_REFLECT_101)


def views(picture, most=NATIVE):
    """RGB uint8 [h,w,3] to (kind, RGB uint8 [224,224,3]) pairs, kind `whole` or `native`."""
    picture = np.ascontiguousarray(trimmed(picture))
    result = [("whole", v) for v in whole(picture)]
    picture = padded(picture)
    return result + [("native", picture[y : y + SIZE, x : x + SIZE]) for x, y in native(picture, most)]
