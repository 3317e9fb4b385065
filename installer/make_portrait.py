"""Draws the neutral figure that stands for a photograph of a practice person: resources/media/portrait.png."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

OUT = Path(__file__).resolve().parents[1] / "resources" / "media" / "portrait.png"


def main() -> None:
    """Draw and write the picture: 260 × 300, no real person."""
    picture = np.full((1200, 1040, 3), (232, 226, 220), np.uint8)
    cv2.ellipse(picture, (520, 1250), (430, 520), 0, 180, 360, (140, 120, 104), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (520, 470), (205, 260), 0, 0, 360, (176, 160, 146), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (520, 360), (222, 190), 0, 180, 360, (92, 78, 66), -1, cv2.LINE_AA)
    cv2.imwrite(str(OUT), cv2.resize(picture, (260, 300), interpolation=cv2.INTER_AREA))


if __name__ == "__main__":
    main()
