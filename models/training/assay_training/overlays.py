"""What is laid on pictures for all to see, and what cameras and editors do to whole pictures: none of it is an alteration.

Functions of a picture, RGB uint8 [h,w,3], and a generator of random numbers; `others` are further pictures.
"""

import cv2
import numpy as np

FONTS = [
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
]
WORDS = "breaking news today live the market says police photo of city sale now only new how to make 2024 best day when you see this again".split()


def words(rng, low, high):
    text = " ".join(rng.choice(WORDS, int(rng.integers(low, high))))
    return text.upper() if rng.random() < 0.4 else text


def colour(rng):
    return tuple(int(c) for c in ([255] * 3 if rng.random() < 0.5 else rng.integers(0, 256, 3)))


def write(picture, text, x, y, height, colour, rng, edge=True):
    """A line of text, its foot at (x, y)."""
    font, scale = int(rng.choice(FONTS)), height / 22
    if edge:
        cv2.putText(picture, text, (x, y), font, scale, (0, 0, 0), max(2, round(scale * 4)), cv2.LINE_AA)
    cv2.putText(picture, text, (x, y), font, scale, colour, max(1, round(scale * 1.6)), cv2.LINE_AA)


def caption(picture, _others, rng):
    result, height = picture.copy(), picture.shape[0]
    size = max(10, int(height * rng.uniform(0.03, 0.09)))
    for y in [size + 8, height - 10] if rng.random() < 0.5 else [height - 10 - int(rng.integers(0, size))]:
        write(result, words(rng, 3, 7), int(rng.integers(4, 60)), y, size, colour(rng), rng, rng.random() < 0.7)
    return result


def banner(picture, _others, rng):
    """A bar of one colour with text on it, as news channels have."""
    result, (height, width) = picture.copy(), picture.shape[:2]
    tall = int(height * rng.uniform(0.06, 0.18))
    top = int(rng.choice([0, height - tall, height - tall - height // 12]))
    left = int(rng.choice([0, width // 12]))
    bar = result[top : top + tall, left : width - left]
    share = float(rng.choice([1, 1, 0.7]))
    bar[:] = (bar * (1 - share) + share * np.array(rng.integers(0, 256, 3))).astype(np.uint8)
    write(result, words(rng, 3, 7), left + 8, top + tall * 3 // 4, tall * 0.5, colour(rng), rng, False)
    return result


def watermark(picture, _others, rng):
    layer, (height, width) = picture.copy(), picture.shape[:2]
    text, size = words(rng, 1, 3), max(10, int(height * rng.uniform(0.03, 0.1)))
    if rng.random() < 0.5:
        for y in range(size, height, size * 4):
            for x in range(-width // 4, width, width // 3):
                write(layer, text, x + y % 37, y, size, (255, 255, 255), rng, False)
    else:
        write(layer, text, int(width * rng.uniform(0.05, 0.6)), int(height * rng.uniform(0.2, 0.95)), size, (255, 255, 255), rng, False)
    share = float(rng.uniform(0.15, 0.6))
    return cv2.addWeighted(layer, share, picture, 1 - share, 0)


def logo(picture, _others, rng):
    result, (height, width) = picture.copy(), picture.shape[:2]
    side = int(min(height, width) * rng.uniform(0.06, 0.16))
    x, y = int(rng.choice([side, width - side])), int(rng.choice([side, height - side]))
    if rng.random() < 0.5:
        cv2.circle(result, (x, y), side // 2, colour(rng), -1, cv2.LINE_AA)
    else:
        cv2.rectangle(result, (x - side // 2, y - side // 2), (x + side // 2, y + side // 2), colour(rng), -1)
    write(result, words(rng, 1, 2)[:3], x - side // 3, y + side // 6, side * 0.4, colour(rng), rng, False)
    return result


def framed(picture, _others, rng):
    wide = [int(min(picture.shape[:2]) * rng.uniform(0.01, 0.12)) for _ in range(2)]
    return cv2.copyMakeBorder(picture, wide[0], wide[0], wide[1], wide[1], cv2.BORDER_CONSTANT, value=colour(rng))


def collage(picture, others, rng):
    """Two to four pictures beside one another."""
    gap = int(rng.choice([0, 0, 4, 10]))
    pictures = [picture, *others[: int(rng.choice([1, 1, 3])) if len(others) >= 3 else 1]]
    height, width = picture.shape[:2]
    columns, rows = (2, 2) if len(pictures) == 4 else (2, 1) if rng.random() < 0.5 else (1, 2)
    result = np.full((height, width, 3), rng.choice([0, 255]), np.uint8)
    for n, part in enumerate(pictures):
        y, x = n // columns * (height + gap) // rows, n % columns * (width + gap) // columns
        h, w = (height - gap) // rows, (width - gap) // columns
        scale = max(h / part.shape[0], w / part.shape[1])
        part = cv2.resize(part, None, fx=scale * 1.01, fy=scale * 1.01, interpolation=cv2.INTER_AREA)
        room = result[y : y + h, x : x + w]
        room[:] = part[: room.shape[0], : room.shape[1]]
    return result


def inset(picture, others, rng):
    """A small picture in a corner, straight or round, with or without a line around it."""
    result, (height, width) = picture.copy(), picture.shape[:2]
    w, h = int(width * rng.uniform(0.15, 0.35)), int(height * rng.uniform(0.15, 0.35))
    x, y = int(rng.choice([12, width - w - 12])), int(rng.choice([12, height - h - 12]))
    small = cv2.resize(others[0], (w, h), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.3:
        mask = np.zeros((h, w, 1), np.float32)
        cv2.ellipse(mask, (w // 2, h // 2), (w // 2 - 1, h // 2 - 1), 0, 0, 360, 1, -1, cv2.LINE_AA)
        small = (small * mask + result[y : y + h, x : x + w] * (1 - mask)).astype(np.uint8)
    result[y : y + h, x : x + w] = small
    if rng.random() < 0.7:
        cv2.rectangle(result, (x, y), (x + w, y + h), colour(rng), int(rng.integers(1, 5)))
    return result


def captured(picture, _others, rng):
    """In the window of a program: bars with text above, beside or below."""
    height, width = picture.shape[:2]
    ground = int(rng.choice([20, 32, 245, 255]))
    top, left = int(height * rng.uniform(0.05, 0.15)), int(width * rng.choice([0, 0.1, 0.2]))
    result = np.full((height + top, width + left, 3), ground, np.uint8)
    result[top:, left:] = picture
    ink = (30, 30, 30) if ground > 128 else (225, 225, 225)
    for _ in range(int(rng.integers(1, 4))):
        write(result, words(rng, 1, 5), int(rng.integers(5, max(6, width // 2))), int(top * 0.7), max(9, top * 0.3), ink, rng, False)
    return result


def arrow(picture, _others, rng):
    """Circles and arrows that point at something."""
    result, (height, width) = picture.copy(), picture.shape[:2]
    x, y = int(width * rng.uniform(0.2, 0.8)), int(height * rng.uniform(0.2, 0.8))
    thick = max(2, min(height, width) // 120)
    red = (230, int(rng.integers(0, 60)), int(rng.integers(0, 60)))
    if rng.random() < 0.5:
        cv2.circle(result, (x, y), min(height, width) // 8, red, thick, cv2.LINE_AA)
    else:
        cv2.arrowedLine(result, (int(width * rng.random()), int(height * rng.random())), (x, y), red, thick, cv2.LINE_AA)
    return result


def shallow(picture, _others, rng):
    """Sharp in one place, more and more blurred away from it, as a wide aperture or a telephone's portrait mode makes it."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    a, b = rng.uniform(0.3, 0.7, 2)
    far = np.hypot((x / width - a) / rng.uniform(0.5, 1.2), (y / height - b) / rng.uniform(0.5, 1.2))
    share = np.clip((far - rng.uniform(0.1, 0.3)) / rng.uniform(0.05, 0.4), 0, 1)[..., None]
    soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(2, 8)))
    soft = np.clip(soft + rng.normal(0, rng.uniform(0, 2), soft.shape), 0, 255)
    return (picture * (1 - share) + soft * share).astype(np.uint8)


def lit(picture, _others, rng):
    """Flash, vignette, or a second light of another colour from one side."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    far = np.hypot(x / width - rng.uniform(0.2, 0.8), y / height - rng.uniform(0.2, 0.8))
    gain = np.stack([1 + float(rng.uniform(-0.5, 0.5)) * (far - 0.4)] * 3, 2)
    gain *= 1 + (x / width - 0.5)[..., None] * rng.uniform(-0.35, 0.35, 3)
    return np.clip(picture * gain, 0, 255).astype(np.uint8)


def tonemapped(picture, _others, rng):
    """Local contrast raised, as merges of several exposures have it."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    equal = cv2.createCLAHE(float(rng.uniform(1.5, 4)), (8, 8)).apply(np.ascontiguousarray(lab[..., 0]))
    lab[..., 0] = cv2.addWeighted(equal, 0.7, np.ascontiguousarray(lab[..., 0]), 0.3, 0)
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


KINDS = {f.__name__: f for f in (caption, banner, watermark, logo, framed, collage, inset, captured, arrow, shallow, lit, tonemapped)}
