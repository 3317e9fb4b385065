"""Laid-out pages → the bytes of a PDF, with title, number, QR symbol of the ledger's head and foot on each.

The file names the program, the paper and when it was printed, never the machine or its user.
"""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.pdfgen.canvas import Canvas

from workstation.documents import layout
from workstation.documents.breaking import wrap
from workstation.documents.context import PaperContext, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import BODY_WIDTH, HEIGHT, LEFT, RIGHT, WIDTH, Box, Flow, Op, Shape

QR_SIDE = 54.0
BAND = 13.0
_HEAD_LINES = 2


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The QR symbol of a text, error correction M, rows from the top, without its quiet zone."""
    widget = QrCodeWidget(text, barLevel="M")
    widget.qr.make()
    return tuple(tuple(bool(module) for module in row) for row in widget.qr.modules)


class Press:
    """Draws one paper."""

    def __init__(self, fonts: Fonts, context: PaperContext, words: Words, title: str) -> None:
        self._fonts = fonts
        self._context = context
        self._words = words
        self._title = title
        self._buffer = BytesIO()
        # Canvas is untyped.
        self._canvas: Any = Canvas(
            self._buffer,
            pagesize=(WIDTH, HEIGHT),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.first,
            lang="zh-CN" if context.language == "zh" else "en",
        )

    def print(self, flow: Flow) -> bytes:
        """The finished file."""
        for page in flow.pages:
            for char in self._context.centre + self._context.number:
                if not self._fonts.shows(char):
                    page.missing[char] = None
        self._explain_missing(flow)
        self._write_out_head(flow)
        canvas = self._canvas
        canvas.setTitle(f"{self._title} {self._context.number}")
        canvas.setAuthor(self._context.centre)
        canvas.setSubject(self._title)
        canvas.setCreator("Onestop")
        canvas.setProducer("Onestop")
        canvas.setKeywords("")
        stamp = self._context.printed_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        canvas.setDateFormatter(lambda *_: stamp)
        for number, page in enumerate(flow.pages, 1):
            if self._context.practice:
                self._practice()
            for op in page.ops:
                self._draw(op)
            self._head()
            self._foot(number, len(flow.pages), tuple(page.missing))
            canvas.showPage()
        canvas.save()
        return self._buffer.getvalue()

    # ------------------------------------------------------------ characters without a glyph

    def _listed(self, missing: tuple[str, ...]) -> str:
        return self._words.say("missing", codes=" ".join(f"U+{ord(char):04X}" for char in missing))

    def _fits_foot(self, missing: tuple[str, ...]) -> bool:
        return self._fonts.width(self._listed(missing), 6.5) <= BODY_WIDTH

    def _explain_missing(self, flow: Flow) -> None:
        """When a foot cannot hold its list, the whole list follows as a last block."""
        if all(self._fits_foot(tuple(page.missing)) for page in flow.pages):
            return
        codes = "  ".join(f"U+{ord(char):04X}" for char in flow.missing())
        flow.block(self._words.say("missing-title"), (1,), (layout.Row((layout.value(codes),)),))

    # ------------------------------------------------------------ each page

    def _write_out_head(self, flow: Flow) -> None:
        """A centre's name or a number too long for the head of the page follows whole in a block."""
        for text, room in self._head_lines():
            if len(self._in_head(text, room)[0]) > _HEAD_LINES:
                flow.block("", (1,), (layout.Row((layout.value(text),)),))

    def _head_lines(self) -> tuple[tuple[str, float], tuple[str, float]]:
        """Who issued the paper, and its number, each with its room on the page in points."""
        words, room = self._words, RIGHT - QR_SIDE - LEFT - 10
        return (
            (words.say("filled-by", centre=words.known(self._context.centre)), room * 0.6 - 8),
            (words.say("number", number=words.known(self._context.number)), room * 0.4),
        )

    def _in_head(self, text: str, room: float) -> tuple[tuple[str, ...], float]:
        """Its lines and size: set smaller, to 6 points, before it takes another line."""
        size = 9.0
        while self._fonts.width(text, size) > room and size > 6:
            size -= 0.5
        return wrap(text, room, lambda part: self._fonts.width(part, size)), size

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        grey: float = 0.0,
        end: str = "l",
    ) -> None:
        width = self._fonts.width(text, size, bold)
        x -= width if end == "r" else width / 2 if end == "c" else 0
        self._canvas.setFillGray(grey)
        for face, part in self._fonts.runs(text, bold):
            self._canvas.setFont(face, size)
            self._canvas.drawString(x, y, part)
            x += self._canvas.stringWidth(part, face, size)

    def _head(self) -> None:
        context = self._context
        qr_left = RIGHT - QR_SIDE
        middle = (LEFT + qr_left) / 2
        room = qr_left - LEFT - 8
        size = 18.0
        while self._fonts.width(self._title, size, True) > room and size > 9:
            size -= 0.5
        self._text(middle, HEIGHT - 54, self._title, size, bold=True, end="c")
        for (text, space), x, end in zip(self._head_lines(), (LEFT, qr_left - 10), ("l", "r"), strict=True):
            lines, small = self._in_head(text, space)
            shown = lines if len(lines) <= _HEAD_LINES else (lines[0], lines[1][:-1] + "…")
            for index, line in enumerate(reversed(shown)):
                self._text(x, HEIGHT - 84 + index * small * 1.2, line, small, end=end)
        if context.head is not None:
            self._qr(context.head.code, qr_left, HEIGHT - 34 - QR_SIDE)

    def _qr(self, text: str, x: float, y: float) -> None:
        symbol = modules(text)
        side = QR_SIDE / len(symbol)
        self._canvas.setFillGray(0)
        for row, line in enumerate(symbol):
            column = 0
            for dark, run in groupby(line):
                count = len(list(run))
                if dark:
                    left, foot = x + column * side, y + QR_SIDE - (row + 1) * side
                    self._canvas.rect(left, foot, count * side, side, stroke=0, fill=1)
                column += count

    def _foot(self, number: int, total: int, missing: tuple[str, ...]) -> None:
        words, context = self._words, self._context
        if missing:
            text = self._listed(missing) if self._fits_foot(missing) else words.say("missing-more")
            self._text(LEFT, 46, text, 6.5)
        head = context.head
        proof = words.say("head", size=head.size, root=head.root) if head else words.say("head-unknown")
        self._text(LEFT, 35, proof, 6.5, grey=0.25)
        printed = words.say(
            "printed",
            at=words.when(context.printed_at, seconds=True),
            zone=words.zone,
            offset=words.offset(context.printed_at),
        )
        self._text(LEFT, 24, printed, 7.5)
        self._text(RIGHT, 24, words.say("page", page=number, pages=total), 7.5, end="r")

    def _practice(self) -> None:
        """A hatched band above and below, and the words across the page, under the text."""
        canvas, text = self._canvas, self._words.say("practice")
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(52)
        self._text(0, -40, text, 92, bold=True, grey=0.93, end="c")
        canvas.restoreState()
        for foot in (HEIGHT - BAND - 6, 6.0):
            canvas.saveState()
            path = canvas.beginPath()
            path.rect(0, foot, WIDTH, BAND)
            canvas.clipPath(path, stroke=0, fill=0)
            canvas.setStrokeGray(0.55)
            canvas.setLineWidth(2.2)
            for step in range(-2, int(WIDTH / 7) + 2):
                canvas.line(step * 7.0, foot, step * 7.0 + BAND, foot + BAND)
            canvas.restoreState()
            for third in (1, 3, 5):
                x = WIDTH * third / 6
                wide = self._fonts.width(text, 9.5, True) + 12
                canvas.setFillGray(1)
                canvas.rect(x - wide / 2, foot, wide, BAND, stroke=0, fill=1)
                self._text(x, foot + 3.2, text, 9.5, bold=True, end="c")

    # ------------------------------------------------------------ marks

    def _draw(self, op: Op) -> None:
        canvas = self._canvas
        if isinstance(op, layout.Line):
            self._text(op.x, op.y, op.text, op.size, bold=op.bold, grey=op.grey)
        elif isinstance(op, Box):
            canvas.setLineWidth(op.line)
            canvas.setStrokeGray(0.15)
            if op.fill is not None:
                canvas.setFillGray(op.fill)
            filled = int(op.fill is not None)
            canvas.rect(op.x, op.y, op.width, op.height, stroke=int(op.line > 0), fill=filled)
        else:
            self._shape(op)

    def _shape(self, op: Shape) -> None:
        canvas = self._canvas
        canvas.setLineWidth(op.line)
        canvas.setStrokeGray(0.35)
        (x, y), (end_x, end_y) = op.points[0], op.points[-1]
        if op.kind == "ellipse":
            canvas.ellipse(x, y, end_x, end_y, stroke=1, fill=0)
        elif op.kind == "disc":
            canvas.setFillGray(0)
            canvas.ellipse(x, y, end_x, end_y, stroke=0, fill=1)
        else:
            path = canvas.beginPath()
            path.moveTo(x, y)
            for point in op.points[1:]:
                path.lineTo(*point)
            if op.kind == "outline":
                path.close()
            canvas.drawPath(path, stroke=1, fill=0)
