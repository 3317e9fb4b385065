"""The icons: Lucide drawings by function, in the colour of a token, remembered per size and screen.

An icon never stands without a word, except on the keys of a player (tooltip and accessible name).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workstation.errors import SettingsError

# function of the thing on screen → file of the icon set
FUNCTIONS: dict[str, str] = {
    "board": "layout-dashboard", "steps": "list-checks", "timeline": "chart-gantt", "lockers": "boxes",
    "cameras": "cctv", "warnings": "triangle-alert", "supervision": "clipboard-check", "bench": "cable",
    "settings": "settings", "find": "search", "scan": "scan-line", "undo": "undo-2", "lock": "lock-keyhole",
    "user": "user-round", "two-persons": "users-round", "print": "printer", "export": "download",
    "cut": "scissors", "room": "map-pin", "clock": "clock", "history": "history", "late": "history",
    "card": "id-card", "tag": "nfc", "barcode": "barcode", "scale": "weight", "photo": "camera",
    "keyed": "keyboard", "self": "message-square", "document": "file-text", "sign": "pen-line",
    "approve": "gavel", "decide": "stamp", "depart": "log-out", "refused": "ban", "correct": "square-pen",
    "why": "circle-question-mark", "female": "venus", "minor": "baby", "nursing": "baby",
    "co-suspect": "link-2", "self-harm": "shield-alert", "infectious": "biohazard", "ill": "heart-pulse",
    "mobility": "accessibility", "doctor": "stethoscope", "medicine": "pill", "meal": "utensils",
    "water": "droplets", "toilet": "toilet", "check-round": "footprints", "look": "eye",
    "wait": "hourglass", "bag": "package-open", "count": "package-check", "door-open": "door-open",
    "arriving": "siren", "hospital": "ambulance", "transit": "truck", "interview": "mic",
    "mark": "bookmark", "pause": "pause", "stop": "square", "video-lost": "video-off",
    "frozen": "snowflake", "covered": "eye-off", "hidden": "eye-off", "not-recorded": "circle-off",
    "fingerprint": "fingerprint", "evidence": "image", "on-disk": "hard-drive", "offline": "cloud-off",
    "loading": "loader", "empty": "inbox", "table": "table", "compare": "columns-2",
    "which": "git-compare-arrows", "fault": "zap", "conformance": "flask-conical",
    "scenario": "clapperboard",
}  # fmt: skip


class Icons:
    """Draws the icons of one folder.

    Raises SettingsError `ui.icon-missing` for a function whose drawing is not in the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._drawings: dict[str, str] = {}
        self._made: dict[tuple[str, int, str, float], QPixmap] = {}

    def clear(self) -> None:
        """Forget the finished pictures, after a change of theme."""
        self._made.clear()

    def _drawing(self, function: str) -> str:
        if function not in self._drawings:
            path = self.folder / f"{FUNCTIONS.get(function, function)}.svg"
            try:
                self._drawings[function] = path.read_text("utf-8")
            except OSError as error:
                raise SettingsError("ui.icon-missing", icon=function, file=path.name) from error
        return self._drawings[function]

    def pixmap(self, function: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
        """The icon of `function`, `size` pixels square, in `colour` (`#rrggbb`), for a screen ratio."""
        key = (function, size, colour, ratio)
        made = self._made.get(key)
        if made is None:
            svg = self._drawing(function).replace("currentColor", colour)
            made = QPixmap(round(size * ratio), round(size * ratio))
            made.fill(QColor(Qt.GlobalColor.transparent))
            painter = QPainter(made)
            renderer = QSvgRenderer(QByteArray(svg.encode()))
            renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
            painter.end()
            made.setDevicePixelRatio(ratio)
            self._made[key] = made
        return made

    def paint(self, painter: QPainter, function: str, rect: QRectF, colour: str) -> None:
        """Draw the icon of `function` to fill the square `rect`."""
        size = max(1, round(rect.width()))
        ratio = float(painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.topLeft(), self.pixmap(function, size, colour, ratio))
