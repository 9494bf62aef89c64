"""What happens to pictures on their way: resizing, recompression, mild editing. Both classes pass the same random chain."""

import cv2
import numpy as np

from assay_training.texture.crops import pad

SUBSAMPLINGS = [
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
]
SMALLER = [cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4]
LARGER = [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4]
MARGIN = 16  # pixels encoded beyond the crop, so that crops do not start on the codec's block grid


def recode(picture, extension, *options):
    done, data = cv2.imencode(extension, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), list(options))
    if not done:
        raise ValueError("OpenCV could not encode " + extension)
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR_BGR), cv2.COLOR_BGR2RGB)


def jpeg(picture, quality, subsampling=cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420):
    return recode(picture, ".jpg", cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, subsampling)


def webp(picture, quality):
    return recode(picture, ".webp", cv2.IMWRITE_WEBP_QUALITY, quality)


def resize(picture, scale, kernel):
    height, width = (max(1, round(n * scale)) for n in picture.shape[:2])
    return cv2.resize(picture, (width, height), interpolation=kernel)


def random_jpeg(picture, rng, low, high=98):
    return jpeg(picture, int(rng.integers(low, high + 1)), int(rng.choice(SUBSAMPLINGS)))


def random_resize(picture, scale, rng):
    return resize(picture, scale, int(rng.choice(SMALLER if scale < 1 else LARGER)))


def edit(picture, rng):
    """Mild blur, sharpening, noise and colour changes, each now and then."""
    if rng.random() < 0.12:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.0))
    elif rng.random() < 0.12:
        soft = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.6, 1.5))
        picture = cv2.addWeighted(picture, 1 + (a := rng.uniform(0.2, 0.8)), soft, -a, 0)
    x = picture.astype(np.float32)
    if rng.random() < 0.5:
        x = 255 * np.power(x / 255, np.float32(np.exp(rng.uniform(-0.25, 0.25))))
        x = (x - 128) * np.float32(rng.uniform(0.8, 1.2)) + 128 + np.float32(rng.uniform(-15, 15))
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * np.float32(rng.uniform(0.6, 1.3)) + rng.uniform(-8, 8, 3).astype(np.float32)
        if rng.random() < 0.1:
            x = np.repeat(x.mean(2, keepdims=True), 3, 2)
    if rng.random() < 0.15:
        x = x + rng.normal(0, rng.uniform(0.5, 5), x.shape).astype(np.float32)
    return np.clip(np.rint(x), 0, 255).astype(np.uint8)


def crop(picture, size, rng):
    picture = pad(picture, size)
    y, x = (int(rng.integers(0, n - size + 1)) for n in picture.shape[:2])
    return picture[y : y + size, x : x + size]


def encode(picture, rng, size):
    """The last encoder on a picture's way: mostly JPEG, now and then twice; WebP; or none."""
    choice = rng.random()
    if choice < 0.1:
        return picture, "none"
    if choice < 0.22:
        return webp(picture, int(rng.integers(40, 96))), "webp"
    picture = random_jpeg(picture, rng, 40)
    if rng.random() < 0.15:
        picture = random_jpeg(np.ascontiguousarray(crop(picture, size, rng)), rng, 40)
    return picture, "jpeg"


def visible_share(rng):
    """How much of a crop's side a picture fills; the rest is mirrored, as in pictures smaller than a crop."""
    return 1.0 if rng.random() < 0.7 else float(rng.uniform(0.35, 1.0))


def augment(patch, lossless, size, rng, visible=1.0):
    """A patch uint8 [h,w,3] to a training crop uint8 [size,size,3] at half scale, and the facts of what was done to it.

    The network looks at pictures at half their size. In half of the draws the picture is encoded at (nearly) full size and then
    halved, as in use; in the others it is made smaller first and encoded there, for all that is resized on its way.
    Photographs from the web have been through a JPEG encoder and generators' originals have not: files without such a past
    (`lossless`) mostly get one first, so that the number of encodings does not tell the classes apart.
    """
    halve = rng.random() < 0.5
    scale = float(np.exp(rng.uniform(np.log(0.875), np.log(1.3)) if halve else rng.uniform(np.log(0.33), np.log(0.9))))
    side = (2 * size if halve else size) + MARGIN
    window = int(np.ceil(side / scale)) + 2
    y, x = (int(rng.integers(0, max(n - window, 0) + 1)) for n in patch.shape[:2])
    picture = np.ascontiguousarray(patch[y : y + window, x : x + window])
    facts = {"scale": scale, "halved": halve, "encodings": 0 if lossless else 1}
    if rng.random() < (0.9 if lossless else 0.35):
        picture = random_jpeg(picture, rng, 65)
        facts["encodings"] += 1
    if not halve or rng.random() < 0.5:
        picture = random_resize(picture, scale, rng)
    if rng.random() < 0.5:
        picture = np.ascontiguousarray(picture[:, ::-1])
    if rng.random() < 0.1:
        picture = np.ascontiguousarray(picture[::-1])
    picture = edit(picture, rng)
    if visible < 1:
        y, x = (int(rng.integers(0, max(n - int(visible * side), 0) + 1)) for n in picture.shape[:2])
        picture = picture[y : y + int(visible * side), x : x + int(visible * side)]
    facts["padded"] = min(picture.shape[:2]) < side
    picture, facts["codec"] = encode(np.ascontiguousarray(crop(picture, side, rng)), rng, side - MARGIN // 2)
    if halve:
        picture = resize(crop(picture, 2 * size, rng), 0.5, cv2.INTER_AREA)
    return crop(picture, size, rng), facts


CONDITIONS = {
    "jpeg95": lambda picture: jpeg(picture, 95),
    "jpeg75": lambda picture: jpeg(picture, 75),
    "half": lambda picture: jpeg(resize(picture, 0.5, cv2.INTER_AREA), 95),
}
