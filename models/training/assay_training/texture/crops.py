"""Decoding and the `native-grid` view of model cards: the one inference path, the same in Java and here."""

import cv2
import numpy as np


def decode(data):
    """Bytes of a picture to RGB uint8 [h,w,3] with the EXIF orientation applied, or None where OpenCV cannot read them."""
    try:
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if bgr is None else cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def places(length, size, n):
    """Where crops begin along one axis."""
    if length <= size:
        return [0]
    if n == 1:
        return [(length - size) // 2]
    return sorted({(2 * i * (length - size) + n - 1) // (2 * (n - 1)) for i in range(n)})


def pad(picture, size):
    """Extends a picture to at least size x size by mirror reflection without repeating the edge."""
    high, wide = (max(size - n, 0) for n in picture.shape[:2])
    if high == 0 and wide == 0:
        return picture
    return cv2.copyMakeBorder(picture, high // 2, high - high // 2, wide // 2, wide - wide // 2, cv2.BORDER_REFLECT_101)


def grid_of(picture, size, columns, rows):
    """Crops at native resolution, row by row, as ((x, y, width, height), RGB uint8 [size,size,3]); columns and rows swap in portrait."""
    height, width = picture.shape[:2]
    if height > width:
        columns, rows = rows, columns
    padded = pad(picture, size)
    return [
        ((x, y, min(size, width), min(size, height)), padded[y : y + size, x : x + size])
        for y in places(height, size, rows)
        for x in places(width, size, columns)
    ]


def native_grid(picture, size, columns=3, rows=2):
    """RGB uint8 [h,w,3] to crops uint8 [n,size,size,3] at native resolution."""
    return np.stack([crop for _, crop in grid_of(picture, size, columns, rows)])


def normalise(crops, mean, std):
    """Crops uint8 [n,h,w,3] to the network's input float32 [n,3,h,w]."""
    x = (crops.astype(np.float32) * np.float32(1 / 255) - np.float32(mean)) / np.float32(std)
    return np.ascontiguousarray(x.transpose(0, 3, 1, 2))
