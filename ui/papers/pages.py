"""The pages of a PDF on screen: drawn by Qt's own reader off the GUI thread, with page keys and zoom."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.look import Look

STEP = 1.2
SMALLEST, LARGEST = 0.25, 4.0
_POINTS = 72.0
_SPOKEN = 4000  # characters of a page that are told to a screen reader


class Pages(QPdfView):
    """`turned` when another page is in view or the zoom changed."""

    turned = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._document = QPdfDocument()
        self._buffer = QBuffer()
        self.setObjectName("preview.pages")
        self.setDocument(self._document)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pageNavigator().currentPageChanged.connect(self._turned)
        look.changed.connect(self._colour)
        self._colour()

    def keep_with(self, owner: QWidget) -> None:
        """Let the document end with `owner` and after this view, which must have its place below it already.

        Qt's view reads its document once more while it is destroyed; children go in the order in which they came.
        """
        self._document.setParent(owner)
        self._buffer.setParent(owner)

    def load(self, pdf: bytes) -> bool:
        """Show a file from its first page; whether it could be read. The zoom stays."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(pdf)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        sound = self._document.status() is QPdfDocument.Status.Ready and self.count > 0
        if sound:
            self.turn_to(0)
            self._turned()
        return sound

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        return self.pageNavigator().currentPage()

    def turn_to(self, page: int) -> None:
        """Go to the top of a page; beyond the ends nothing happens."""
        if 0 <= page < self.count:
            self.pageNavigator().jump(page, QPointF(), self.pageNavigator().currentZoom())

    @property
    def percent(self) -> int:
        """The zoom in use: 100 is the size of the paper."""
        return round(self._factor() * 100)

    @property
    def whole(self) -> bool:
        """Whether a whole page is fitted into the view."""
        return self.zoomMode() is QPdfView.ZoomMode.FitInView

    def zoom(self, closer: bool) -> None:
        """A step closer or further away."""
        factor = self._factor() * (STEP if closer else 1 / STEP)
        page = self.page
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(min(max(factor, SMALLEST), LARGEST))
        self.turn_to(page)
        self.turned.emit()

    def fit(self) -> None:
        """The width of the page, or where that is in use already, the whole page."""
        wide = self.zoomMode() is QPdfView.ZoomMode.FitToWidth
        page = self.page
        self.setZoomMode(QPdfView.ZoomMode.FitInView if wide else QPdfView.ZoomMode.FitToWidth)
        self.turn_to(page)
        self.turned.emit()

    def _factor(self) -> float:
        if self.zoomMode() is QPdfView.ZoomMode.Custom or not self.count:
            return self.zoomFactor()
        size = self._document.pagePointSize(self.page)
        dots = self.logicalDpiX() / _POINTS
        margins = self.documentMargins()
        wide = self.viewport().width() - margins.left() - margins.right()
        factor = wide / (size.width() * dots)
        if self.whole:
            factor = min(factor, (self.viewport().height() - self.pageSpacing()) / (size.height() * dots))
        return factor

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turned.emit()

    def _turned(self) -> None:
        if self.count:
            words = self._document.getAllText(self.page).text()
            self.setAccessibleDescription(words[:_SPOKEN])
        self.turned.emit()

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Dark, self._look.theme.colour("sunken"))
        self.setPalette(palette)
        self.viewport().update()
