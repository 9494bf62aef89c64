"""What happens to pictures on their way to a reader. Both classes pass the same chains, so that neither format nor size tells them apart."""

import cv2
import numpy as np

SUBSAMPLINGS = [cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
KERNELS = [cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4]
LARGEST = 2048  # longer side, before anything else


def recode(picture, extension, *options):
    _done, data = cv2.imencode(extension, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), list(options))
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def jpeg(picture, quality, subsampling=cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420):
    return recode(picture, ".jpg", cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, subsampling)


def webp(picture, quality):
    return recode(picture, ".webp", cv2.IMWRITE_WEBP_QUALITY, quality)


def resize(picture, scale, kernel=cv2.INTER_AREA):
    height, width = (max(32, round(n * scale)) for n in picture.shape[:2])
    return cv2.resize(picture, (width, height), interpolation=kernel)


def bounded(picture, longest=LARGEST):
    side = max(picture.shape[:2])
    return picture if side <= longest else resize(picture, longest / side)


def screenshot(picture):
    """Shown at another size, captured losslessly, passed on as JPEG."""
    return jpeg(resize(picture, 0.77, cv2.INTER_LINEAR), 85)


def mild(picture, rng):
    """Resized to 0.5-1, then JPEG 60-98: most of what the web does."""
    longest = float(np.exp(rng.uniform(np.log(448), np.log(1600))))
    side = max(picture.shape[:2])
    if side > longest and rng.random() < 0.8:
        picture = resize(picture, max(longest / side, 0.25), int(rng.choice(KERNELS)))
    return jpeg(picture, int(rng.integers(60, 99)), int(rng.choice(SUBSAMPLINGS)))


def strong(picture, rng):
    """Resized to 0.3-1.2, cropped, blurred now and then, WebP or JPEG 45-98, now and then twice."""
    height, width = picture.shape[:2]
    if rng.random() < 0.5:
        top, left = int(height * rng.uniform(0, 0.2)), int(width * rng.uniform(0, 0.2))
        picture = picture[top : height - int(height * rng.uniform(0, 0.2)), left : width - int(width * rng.uniform(0, 0.2))]
    picture = resize(
        picture,
        float(np.exp(rng.uniform(np.log(max(0.3, 200 / min(picture.shape[:2]))), np.log(1.2)))) if min(picture.shape[:2]) > 240 else 1.0,
        int(rng.choice(KERNELS)),
    )
    if rng.random() < 0.2:
        picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.3, 1.0)))
    if rng.random() < 0.3:
        picture = np.ascontiguousarray(picture[:, ::-1])
    if rng.random() < 0.3:
        picture = webp(picture, int(rng.integers(50, 96)))
    if rng.random() < 0.8:
        picture = jpeg(picture, int(rng.integers(45, 99)), int(rng.choice(SUBSAMPLINGS)))
    return picture


TRAINING = {"mild": mild, "strong": strong}
EVALUATION = {
    "jpeg95": lambda picture: jpeg(picture, 95),
    "jpeg75": lambda picture: jpeg(picture, 75),
    "jpeg50": lambda picture: jpeg(picture, 50),
    "half": lambda picture: jpeg(resize(picture, 0.5), 90),
    "webp80": lambda picture: webp(picture, 80),
    "screenshot": screenshot,
}


def launder(name, picture, rng):
    picture = bounded(picture)
    return TRAINING[name](picture, rng) if name in TRAINING else EVALUATION[name](picture)
