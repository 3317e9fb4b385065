"""Pictures of the window as it is seen, as small PNG files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QWidget

from workstation.errors import AppError

COLOURS = 256
DOTS = 96  # an inch, of a paper's picture
Pixels = np.ndarray[Any, Any]


def picture_of(window: QWidget) -> QImage:
    """The window with the dialogs and lists that stand over it."""
    image = window.grab().toImage()
    painter = QPainter(image)
    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible() and top.isWindow() and not top.size().isEmpty():
            painter.drawPixmap(top.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), top.grab())
    painter.end()
    return image


def save_picture(image: QImage, path: Path) -> None:
    """Save as PNG of at most 256 colours: those that are seen most, the others as the nearest of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(100)
    if not writer.write(reduced(image)):
        raise AppError("demo.odd", what=f"{path.name}: {writer.errorString()}")


def reduced(image: QImage) -> QImage:
    """The picture in a palette."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = plain.width(), plain.height()
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(height, plain.bytesPerLine() // 4)
    pixels: Pixels = rows[:, :width] & 0xFFFFFF
    coarse = (pixels >> 3) & 0x1F1F1F  # five bits of each channel
    bins = (coarse >> 16) << 10 | ((coarse >> 8) & 0x1F) << 5 | (coarse & 0x1F)
    count = np.bincount(bins.ravel(), minlength=1 << 15)
    present = np.flatnonzero(count)
    kept = present[np.argsort(count[present])[::-1][:COLOURS]]
    palette = _commonest(pixels.ravel(), bins.ravel(), kept)
    place = np.zeros(1 << 15, np.uint8)
    place[present] = _nearest(_channels_of_bin(present), _channels(palette))
    place[kept] = np.arange(len(kept), dtype=np.uint8)
    small = QImage(width, height, QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) | 0xFF000000 for colour in palette])
    small.setDevicePixelRatio(image.devicePixelRatio())
    target = np.frombuffer(small.bits(), np.uint8).reshape(height, small.bytesPerLine())
    target[:, :width] = place[bins]
    return small


def _commonest(pixels: Pixels, bins: Pixels, kept: Pixels) -> Pixels:
    """Of each kept bin the colour that is seen most in it."""
    colours, counts = np.unique(pixels, return_counts=True)
    coarse = (colours >> 3) & 0x1F1F1F
    of_colour = (coarse >> 16) << 10 | ((coarse >> 8) & 0x1F) << 5 | (coarse & 0x1F)
    order = np.argsort(counts, kind="stable")
    best: Pixels = np.zeros(1 << 15, np.uint32)
    best[of_colour[order]] = colours[order]  # the last written of a bin is its commonest
    chosen: Pixels = best[kept]
    return chosen


def _channels(colours: Pixels) -> Pixels:
    return np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)


def _channels_of_bin(bins: Pixels) -> Pixels:
    return np.stack([(bins >> shift & 0x1F) * 8 + 4 for shift in (10, 5, 0)], axis=1).astype(np.int32)


def _nearest(wanted: Pixels, palette: Pixels) -> Pixels:
    """Index of the nearest palette colour, in slices so that no large table is made."""
    found = np.empty(len(wanted), np.uint8)
    for start in range(0, len(wanted), 1024):
        part = wanted[start : start + 1024, None, :] - palette[None, :, :]
        found[start : start + 1024] = (part * part).sum(axis=2).argmin(axis=1)
    return found


def papers_as_pictures(papers: Path, out: Path) -> list[Path]:
    """The pages of printed papers as PNG, named by paper and page."""
    drawn = []
    for paper in sorted(papers.glob("*.pdf")):
        kind = "-".join(paper.stem.split("-")[2:-2])  # no number of a stay, size of the record, digest
        document = QPdfDocument()
        if document.load(str(paper)) is not QPdfDocument.Error.None_:
            raise AppError("demo.odd", what=f"{paper.name}: {document.error()}")
        for page in range(document.pageCount()):
            size = (document.pagePointSize(page) * DOTS / 72).toSize()
            image = QImage(size, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            painter.drawImage(0, 0, document.render(page, size))
            painter.end()
            path = out / f"paper-{kind}-{page + 1}.png"
            save_picture(image, path)
            drawn.append(path)
    return drawn
