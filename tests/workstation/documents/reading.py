"""Reading a printed paper back with another library."""

from __future__ import annotations

import re
from io import BytesIO

import cv2
import numpy as np
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from workstation.documents.layout import HEIGHT, RIGHT
from workstation.documents.press import QR_SIDE

SCALE = 8


def opened(paper: bytes) -> PdfReader:
    return PdfReader(BytesIO(paper), strict=True)


def pages(paper: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in opened(paper).pages]


def text(paper: bytes) -> str:
    """All text without any white space, so that a broken line does not hide a value."""
    return re.sub(r"\s", "", "".join(pages(paper)))


def squeezed(value: str) -> str:
    return re.sub(r"\s", "", value)


def fonts(paper: bytes) -> list[DictionaryObject]:
    """Every font of every page."""
    found = {}
    for page in opened(paper).pages:
        for name, font in page["/Resources"]["/Font"].items():  # type: ignore[index]  # untyped tree
            found[name] = font.get_object() if isinstance(font, IndirectObject) else font
    return list(found.values())


def qr(paper: bytes, page: int = 0) -> str:
    """What a reader sees in the symbol at the upper right: the page's filled boxes, painted, then decoded."""
    reader = opened(paper)
    border = 16.0
    side = int((QR_SIDE + 2 * border) * SCALE)
    picture = np.full((side, side), 255, np.uint8)
    left, top = RIGHT - QR_SIDE - border, HEIGHT - 34 + border
    stream = ContentStream(reader.pages[page].get_contents(), reader)
    grey = 0.0
    box = (0.0, 0.0, 0.0, 0.0)
    for operands, operator in stream.operations:
        if operator == b"g":
            grey = float(operands[0])
        elif operator == b"rg":
            grey = max(float(part) for part in operands)
        elif operator == b"re":
            box = tuple(float(part) for part in operands)  # type: ignore[assignment]  # four numbers
        elif operator in (b"f", b"f*") and grey == 0.0:
            x, y, width, height = box
            corners = (x - left, top - y - height, x + width - left, top - y)
            x0, y0, x1, y1 = (round(each * SCALE) for each in corners)
            if min(x0, y0) >= 0 and max(x1, y1) <= side:
                picture[y0:y1, x0:x1] = 0
    return cv2.QRCodeDetector().detectAndDecode(picture)[0]
