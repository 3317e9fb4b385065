"""Pictures on their way out of the devices: fitted, with what is private left out of the pixels, as JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workstation.errors import DeviceError
from workstation.readings import Zone

JPEG_QUALITY = 82
GREY = 86


def size_within(width: int, height: int, most: int) -> tuple[int, int]:
    """Even width and height of a picture that is at most `most` wide."""
    fitted = min(width, max(16, most)) // 2 * 2
    return fitted, max(2, round(height * fitted / width) // 2 * 2)


def hide(pixels: Any, zones: Sequence[Zone]) -> Any:
    """The picture (height, width, 3) without its zones: nothing of them is in what is returned."""
    if not zones:
        return pixels
    pixels = pixels.copy()
    height, width = pixels.shape[:2]
    for x, y, w, h in zones:
        left, top = int(x * width), int(y * height)
        right, bottom = -int(-(x + w) * width // 1), -int(-(y + h) * height // 1)
        pixels[max(0, top) : bottom, max(0, left) : right] = GREY
    return pixels


def jpeg_of(pixels: Any, device: str) -> bytes:
    """The picture as JPEG. Raises DeviceError."""
    import cv2

    good, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not good:
        raise DeviceError("device.camera.encode", device=device)
    return bytes(jpeg.tobytes())
