"""Breaking text into lines: Chinese between any two characters, Latin words and numbers whole where they fit.

Closing punctuation never begins a line and opening punctuation never ends one (GB/T 15834 §5.1.2); a word or
a row of marks that is longer than the line is cut, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable

CANNOT_START = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—～·‥﹏％‰℃°" + ",.;:?!)]}%»›")
_MARK = 6  # a short text in 【】 stays whole
CANNOT_END = frozenset("（《〈「『【〔〖［｛“‘" + "([{«‹￥$¥€£")


def _is_word(char: str) -> bool:
    return "!" <= char <= "\u024f" and char not in CANNOT_START and char not in CANNOT_END and char != "/"


def _clusters(text: str) -> list[str]:
    """The pieces between which a line may be broken; a run of spaces is a piece of its own."""
    pieces: list[str] = []
    for char in text:
        last = pieces[-1][-1] if pieces else ""
        if last == " " and char in CANNOT_START and len(pieces) > 1:
            spaces = pieces.pop()
            pieces[-1] += spaces + char
        elif last and (char == last == " " or (char != " " and last != " " and _joins(pieces[-1], char))):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _joins(piece: str, char: str) -> bool:
    """Whether there is no break between `piece` and `char`: `3.5`, `C-12`, `（甲`, `乙）`, `【违规】`."""
    last = piece[-1]
    if char in CANNOT_START or last in CANNOT_END:
        return True
    if piece[0] == "【" and "】" not in piece and len(piece) <= _MARK:
        return True
    return _is_word(char) and (_is_word(last) or (last in ".,:" and len(piece) > 1 and _is_word(piece[-2])))


def _cut(piece: str, width: float, measure: Callable[[str], float]) -> tuple[str, str]:
    """As many characters as fit, at least one, and the rest; a closing mark takes what it closes along."""
    taken, used = 0, 0.0
    for char in piece:
        used += measure(char)
        if used > width and taken:
            break
        taken += 1
    if taken == len(piece):
        return piece, ""
    after = max(piece.rfind(mark, 0, taken) for mark in "-/_") + 1
    if after > taken // 2 and piece[after] not in CANNOT_START:
        return piece[:after], piece[after:]
    for at in range(taken, max(taken - 4, 0), -1):
        if piece[at] not in CANNOT_START and piece[at - 1] not in CANNOT_END:
            return piece[:at], piece[at:]
    return piece[:taken], piece[taken:]


def wrap(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """The lines of `text` in `width` points; at least one line. `measure`: width of a string in points."""
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n"):
        line, used = "", 0.0
        for whole in _clusters(paragraph):
            piece = whole
            size = measure(piece)
            if used + size > width and line:
                lines.append(line.rstrip(" "))
                line, used = "", 0.0
                if piece.isspace():
                    continue
            while size > width + 1e-6 and len(piece) > 1:
                head, piece = _cut(piece, width, measure)
                lines.append(head)
                size -= measure(head)
            line += piece
            used += size
        lines.append(line.rstrip(" "))
    return tuple(lines)
