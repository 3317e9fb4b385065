"""The two embedded faces of a paper, and which characters they can show.

A TrueType file is registered with the PDF library under a name made of its content, so two installations with
different font files never share a name. Only the used glyphs are embedded.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from workstation.errors import SettingsError

REPLACEMENT = "□"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


_BEYOND = re.compile(r"<([0-9A-F]{5,6})>")  # a code point above U+FFFF in a ToUnicode map


class _Embedded(TTFont):  # type: ignore[misc]  # the library has no types
    """Writes code points above U+FFFF as UTF-16 in the font's ToUnicode map (ISO 32000-1 9.10.3).

    The library writes them bare, and a rare name could then be seen but neither copied nor searched.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # named by the library
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = _BEYOND.sub(_utf16, stream.content)


def _utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


class _Face:
    """One registered TrueType file with the width of each code point in thousandths of the size."""

    def __init__(self, path: Path) -> None:
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            self.name = f"paper-{digest}"
            font = _Embedded(self.name, str(path))
        except (OSError, TTFError) as error:
            raise SettingsError("paper.font", file=path.name, reason=str(error)) from error
        if self.name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(font)
        self.widths: dict[int, float] = dict(font.face.charWidths)


class Fonts:
    """Regular and bold, each with fallbacks for what it lacks."""

    def __init__(self, regular: Path, bold: Path, fallbacks: tuple[Path, ...] = ()) -> None:
        """Load the files; raises SettingsError `paper.font` for one that cannot be used."""
        rest = tuple(_Face(path) for path in fallbacks)
        self._faces = {False: (_Face(regular), *rest), True: (_Face(bold), *rest)}
        for faces in self._faces.values():
            if ord(REPLACEMENT) not in faces[0].widths:
                raise SettingsError("paper.font", file=regular.name, reason=f"no {REPLACEMENT}")
        self._cache: dict[tuple[str, bool], tuple[str, str, float, bool]] = {}

    @property
    def first(self) -> str:
        """Registered name of the regular face."""
        return self._faces[False][0].name

    def _glyph(self, char: str, bold: bool) -> tuple[str, str, float, bool]:
        """Face name, the character drawn, its width in thousandths, and whether it is the one asked for."""
        found = self._cache.get((char, bold))
        if found is None:
            faces = self._faces[bold]
            face = next((f for f in faces if ord(char) in f.widths), None)
            if face is None or unicodedata.category(char) in _HIDDEN:
                found = (faces[0].name, REPLACEMENT, faces[0].widths[ord(REPLACEMENT)], False)
            else:
                found = (face.name, char, face.widths[ord(char)], True)
            self._cache[char, bold] = found
        return found

    def shows(self, char: str) -> bool:
        """Whether the character is drawn as itself in both weights; otherwise □ stands in its place."""
        return self._glyph(char, False)[3] and self._glyph(char, True)[3]

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of one line of text in points."""
        return sum(self._glyph(char, bold)[2] for char in text) * size / 1000

    def runs(self, text: str, bold: bool = False) -> Iterator[tuple[str, str]]:
        """The line as (face name, characters to draw), in order."""
        face, held = "", ""
        for char in text:
            name, drawn, _, _ = self._glyph(char, bold)
            if name != face and held:
                yield face, held
                held = ""
            face, held = name, held + drawn
        if held:
            yield face, held
