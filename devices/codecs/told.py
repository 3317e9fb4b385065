"""A frame of a wire trace explained: what it says as a catalogue code with values, and its checksum.

Works on the hex of a trace, which may be masked, by the kind of device; words are made by whoever shows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from devices.codecs import bb7e, idcard, lock8a, scanline, sics
from devices.codecs.checksums import add, xor

Values = dict[str, str | int]

_PAIR = re.compile(r"[0-9A-F]{2}")
_HIDDEN = re.compile(r"\[(\d+) bytes masked\]|\((\d+)\)|\+(\d+)$")
_SILENT = re.compile(r"no answer in (\d+) ms \((\d+)/(\d+)\)")
_OPENS = re.compile(r"open door (\d+)")


@dataclass(frozen=True, slots=True)
class Sum:
    """The checksum of a frame: at which byte it stands, counted from 0, and what it should be."""

    at: int
    right: bool
    want: int


@dataclass(frozen=True, slots=True)
class Told:
    """A row explained. `shown`: the bytes as pairs, an ellipsis where some are hidden; `hidden`: how many are.

    `sum` is None where the protocol has none or where hidden bytes are part of it.
    """

    code: str
    values: Values = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    hidden: int = 0
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Wiring:
    """What of a declaration the meaning of bytes hangs on: the boards of a lock device and its feedback contacts."""

    boards: tuple[int, ...] = (1,)
    per_board: int = 24
    short_when_open: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Wiring:
        """From the parameters of a declared lock device; what is not declared is as the rack takes it."""
        boards = tuple(
            int(one) for one in parameters.get("boards", "1").split(",") if one.strip().isdecimal()
        )
        per_board = parameters.get("doors_per_board", "24")
        return cls(
            boards=boards or (1,),
            per_board=int(per_board) if per_board.isdecimal() else 24,
            short_when_open=parameters.get("polarity") == "short-when-open",
        )

    def door(self, board: int, lock: int) -> int:
        """The number on the door behind a lock; 0 for one that the bank does not have."""
        if board not in self.boards or not 1 <= lock <= self.per_board:
            return 0
        return self.boards.index(board) * self.per_board + lock


def explain(kind: str, way: str, shown: str, text: str, *, ok: bool, wiring: Wiring) -> Told:
    """Explain a row of the trace of a device of `kind`; `way`, `shown`, `text` and `ok` as in `TraceRow`."""
    if way == "note":
        return _note(text)
    pairs, hidden = _pairs(shown)
    data = bytes.fromhex("".join(pair for pair in pairs if pair != "…"))
    whole = not hidden and "…" not in pairs
    found = check(kind, data, groups=(wiring.per_board + 7) // 8) if whole else None
    if kind == "scanner-line" and way == "in":
        return _scan(pairs, hidden, text, ok=ok)
    if not ok:
        broken = found is not None and not found.right
        code = "wrong-sum" if broken else "hidden-junk" if hidden else "junk"
        return Told(code, {"count": hidden or len(data)}, pairs, hidden, found if broken else None)
    said = _SAID.get(kind)
    code, values = said(way == "out", data, pairs, wiring) if said is not None else ("bytes", {})
    return Told(code, values, pairs, hidden, found)


def check(kind: str, data: bytes, groups: int = 3) -> Sum | None:
    """Where the checksum of a frame stands and whether it is right; None without one or for no whole frame.

    `groups`: how many bytes of eight locks a board's answer to read-all has.
    """
    if kind == "lock-8a":
        return _check_lock(data, groups)
    if kind == "tag-bb7e" and len(data) >= 7 and data[0] == bb7e.HEAD and data[-1] == bb7e.END:
        whole = int.from_bytes(data[3:5], "big") + 7 == len(data)
        return _sum(data, len(data) - 2, add(data[1:-2])) if whole else None
    if kind == "idcard-sam" and data.startswith(idcard.PREAMBLE) and len(data) >= 9:
        whole = int.from_bytes(data[5:7], "big") + 7 == len(data)
        return _sum(data, len(data) - 1, xor(data[5:-1])) if whole else None
    return None


def _check_lock(data: bytes, groups: int) -> Sum | None:
    heads = (
        lock8a.OPEN,
        lock8a.READ,
        lock8a.CHANGED,
        lock8a.CHANGED_ALT,
        lock8a.OPEN_ALL,
        lock8a.OPEN_ALL_DONE,
    )
    if not data or data[0] not in heads or len(data) not in (5, groups + 4):
        return None
    if len(data) != 5 and (data[0] != lock8a.READ or data[-2] != lock8a.FUNC_READ):
        return None
    return _sum(data, len(data) - 1, xor(data[:-1]))


def _sum(data: bytes, at: int, want: int) -> Sum:
    return Sum(at=at, right=data[at] == want, want=want)


def _pairs(shown: str) -> tuple[tuple[str, ...], int]:
    match = _HIDDEN.search(shown)
    hidden = int(next(one for one in match.groups() if one)) if match else 0
    kept = shown[: match.start()] if match else shown
    pairs = tuple(one for one in kept.split() if _PAIR.fullmatch(one) or one == "…")
    return pairs, hidden


def _note(text: str) -> Told:
    if match := _SILENT.fullmatch(text):
        return Told("silent", {"ms": int(match[1]), "number": int(match[2]), "tries": int(match[3])})
    if match := _OPENS.fullmatch(text):
        return Told("opens", {"door": int(match[1])})
    if text.startswith("no valid answer to the open command"):
        return Told("contact-decides")
    return Told("note", {"text": text})


def _lock(out: bool, data: bytes, pairs: tuple[str, ...], wiring: Wiring) -> tuple[str, Values]:
    if len(data) < 5:
        return "bytes", {}
    head, board, lock, state = data[0], data[1], data[2], data[3]
    if out:
        code = {lock8a.OPEN: "open-door", lock8a.READ: "read-door"}.get(head, "bytes")
        if head == lock8a.READ and lock == 0:
            return "read-board", {"board": board}
        return code, {"board": board, "door": wiring.door(board, lock)}
    if len(data) > 5:
        return _doors(data, wiring)
    if head == lock8a.READ and state == lock8a.FUNC_READ:
        return "echo", {}
    what = {lock8a.OPEN: "opened", lock8a.READ: "door"}.get(head, "changed")
    is_open = (state == 0x11) is wiring.short_when_open
    return f"{what}.{'open' if is_open else 'closed'}", {"board": board, "door": wiring.door(board, lock)}


def _doors(data: bytes, wiring: Wiring) -> tuple[str, Values]:
    bits = [bool(group >> bit & 1) for group in reversed(data[2:-2]) for bit in range(8)]
    doors = [
        f"{wiring.door(data[1], lock):02d}"
        for lock, short in enumerate(bits[: wiring.per_board], 1)
        if short is wiring.short_when_open
    ]
    code = "doors.some" if doors else "doors.none"
    return code, {"count": min(len(bits), wiring.per_board), "open": " ".join(doors)}


_TAG_ASKS = {
    bb7e.CMD_INFO: "version", bb7e.CMD_POLL: "poll", bb7e.CMD_MULTI_POLL: "multi-poll", bb7e.CMD_STOP: "stop",
    bb7e.CMD_SET_POWER: "set-power", bb7e.CMD_GET_POWER: "power", bb7e.CMD_SET_REGION: "set-region",
    bb7e.CMD_GET_REGION: "region",
}  # fmt: skip


def _tag(out: bool, data: bytes, pairs: tuple[str, ...], wiring: Wiring) -> tuple[str, Values]:
    if len(data) < 7:
        return "bytes", {}
    frame = bb7e.Frame(data[1], data[2], data[5:-2])
    asked = _TAG_ASKS.get(frame.cmd)
    if out:
        dbm = f"{int.from_bytes(frame.params, 'big') / 100:.2f}"
        return (f"ask.{asked}", {"dbm": dbm}) if asked else ("bytes", {})
    tag = bb7e.tag_of(frame)
    if tag is not None:
        code = "tag" if tag.crc_ok else "tag.doubtful"
        epc = tag.epc.hex().upper()
        return code, {"epc": epc, "end": epc[-8:], "rssi": tag.rssi}
    error = bb7e.error_of(frame)
    if error is not None:
        return ("no-tag", {}) if error == bb7e.NO_TAG else ("tag-error", {"code": f"{error:02X}"})
    if frame.cmd == bb7e.CMD_INFO:
        return "version", {"text": frame.params[1:].decode("ascii", "replace")}
    if frame.cmd == bb7e.CMD_GET_POWER and len(frame.params) == 2:
        return "power", {"dbm": f"{int.from_bytes(frame.params, 'big') / 100:.2f}"}
    if frame.cmd == bb7e.CMD_GET_REGION and len(frame.params) == 1:
        return "region", {"region": frame.params[0]}
    return ("done", {}) if asked else ("bytes", {})


def _scale(out: bool, data: bytes, pairs: tuple[str, ...], wiring: Wiring) -> tuple[str, Values]:
    line = data.decode("ascii", "replace").strip()
    if out:
        asked = {"S": "weigh-stable", "SI": "weigh-now", "I4": "serial"}.get(line)
        return (f"ask.{asked}", {}) if asked else ("line", {"text": line})
    said = sics.parse(line)
    if isinstance(said, sics.Mass):
        return f"weight.{'stable' if said.stable else 'moving'}", {
            "value": str(said.value),
            "unit": said.unit,
        }
    if isinstance(said, sics.Refusal):
        return f"scale.{said.trouble.name.lower()}", {}
    return "line", {"text": line}


_CARD_ASKS = {
    idcard.RESET: "reset", idcard.STATUS: "status", idcard.SAM_NUMBER: "sam-number", idcard.FIND: "find",
    idcard.SELECT: "select", idcard.READ: "read",
}  # fmt: skip
_CARD_SAYS = {
    idcard.DONE: "done", idcard.FOUND: "card-found", idcard.NO_CARD: "no-card",
    idcard.SELECT_FAILED: "select-failed", idcard.READ_FAILED: "read-failed",
}  # fmt: skip


def _card(out: bool, data: bytes, pairs: tuple[str, ...], wiring: Wiring) -> tuple[str, Values]:
    if out:
        asked = _CARD_ASKS.get((data[7], data[8])) if len(data) >= 9 else None
        return (f"ask.{asked}", {}) if asked else ("bytes", {})
    status = int(pairs[-1], 16) if pairs and pairs[-1] != "…" else -1
    said = _CARD_SAYS.get(status)
    return (said, {}) if said else ("status", {"status": f"{status:02X}" if status >= 0 else "?"})


def _scan(pairs: tuple[str, ...], hidden: int, text: str, *, ok: bool) -> Told:
    """A line of a scanner: its symbology, or why it is no code; the code itself is hidden."""
    if not ok:
        known = text == "old" or text in tuple(scanline.Trouble)
        return Told(f"scan.{text}" if known else "hidden-junk", {"count": hidden}, pairs, hidden)
    symbology = bytes.fromhex("".join(pairs)).decode("ascii", "replace")
    return Told("scan.named" if symbology else "scan", {"symbology": symbology}, pairs, hidden)


_SAID: Mapping[str, Callable[[bool, bytes, tuple[str, ...], Wiring], tuple[str, Values]]] = {
    "lock-8a": _lock, "tag-bb7e": _tag, "scale-sics": _scale, "idcard-sam": _card,
}  # fmt: skip
