"""Photographs of the persons on the board: asked for once each, kept while they are shown."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from ui.context import Context
from workstation.errors import AppError
from workstation.station import messages as m

KEPT = 200
TOGETHER_MS = 100


class Photos(QObject):
    """`came` when one or more have arrived, at most ten times a second."""

    came = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._photos: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self.came)

    def of(self, media: str) -> QPixmap | None:
        """The photograph, or None while it is on its way and for who has none."""
        if not media:
            return None
        if media not in self._photos:
            self._photos[media] = None
            while len(self._photos) > KEPT:
                self._photos.popitem(last=False)
            self._context.link.ask(
                m.GetMedia(media=media, purpose="board"),
                lambda reply: self._arrived(media, reply.content),
                lambda error: self._failed(media, error),
            )
        return self._photos[media]

    def _failed(self, media: str, error: AppError) -> None:
        self._photos.pop(media, None)  # asked again with the next board

    def _arrived(self, media: str, content: bytes) -> None:
        picture = QPixmap()
        if picture.loadFromData(content):
            self._photos[media] = picture
            if not self._soon.isActive():
                self._soon.start()
