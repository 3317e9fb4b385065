"""Prints one paper in a process of its own: a job comes in on standard input, the PDF goes out on standard output.

Printing takes more than 50 ms of Python, which no thread of the station can spare. The job is MessagePack of `Job`;
on an expected error the exit status is 3 and standard error holds code and values as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from workstation.catalogue import Catalogue
from workstation.documents.board_sheet import BoardSheet, print_board_sheet
from workstation.documents.context import Language, LedgerHead, PaperContext
from workstation.documents.custody_record import CustodyRecord, print_custody_record
from workstation.documents.departure_sheet import DepartureSheet, print_departure_sheet
from workstation.documents.exit_register import ExitRegister, print_exit_register
from workstation.documents.fonts import Fonts
from workstation.documents.property_receipt import PropertyReceipt, print_property_receipt
from workstation.documents.rights_notice import RightsPaper, print_rights_paper
from workstation.documents.search_record import SearchRecord, print_search_record
from workstation.errors import AppError

Form = (
    BoardSheet | CustodyRecord | DepartureSheet | ExitRegister | PropertyReceipt | RightsPaper | SearchRecord
)

_FORMS: Mapping[str, tuple[type[Any], Callable[[Any, PaperContext, Fonts], bytes]]] = {
    "board-sheet": (BoardSheet, print_board_sheet),
    "custody-record": (CustodyRecord, print_custody_record),
    "departure-sheet": (DepartureSheet, print_departure_sheet),
    "exit-register": (ExitRegister, print_exit_register),
    "property-receipt": (PropertyReceipt, print_property_receipt),
    "rights-notice": (RightsPaper, print_rights_paper),
    "search-record": (SearchRecord, print_search_record),
}
_EXPECTED = 3
LONGEST_S = 60.0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One paper to print: `values` is MessagePack of the form named by `form`."""

    form: str
    values: bytes
    centre: str
    number: str
    language: Language
    time_zone: str
    practice: bool
    head: LedgerHead | None
    printed_at: datetime
    fonts: str
    catalogue: str


def run_in_child(job: Job) -> bytes:
    """Print in a child of lower priority; raises the AppError that the child met."""
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-m", "workstation.documents.job"],
        input=msgspec.msgpack.encode(job),
        capture_output=True,
        timeout=LONGEST_S,
        check=False,
        env={**os.environ, "PYTHONPATH": root},
    )
    if done.returncode == _EXPECTED:
        told = json.loads(done.stderr.decode())
        raise AppError(told["code"], **told["values"])
    if done.returncode != 0:
        raise AppError("paper.failed", form=job.form, status=done.returncode)
    return done.stdout


def run(job: Job) -> bytes:
    """Print here and now."""
    kind, print_form = _FORMS[job.form]
    folder = Path(job.fonts)
    fonts = Fonts(
        folder / "NotoSansSC-Regular.ttf", folder / "NotoSansSC-Bold.ttf", (folder / "NotoSansSC-Rare.ttf",)
    )
    context = PaperContext(
        centre=job.centre,
        number=job.number,
        language=job.language,
        time_zone=job.time_zone,
        practice=job.practice,
        head=job.head,
        printed_at=job.printed_at,
        catalogue=Catalogue.load(Path(job.catalogue)),
    )
    return print_form(msgspec.msgpack.decode(job.values, type=kind), context, fonts)


def main() -> int:
    """Read a job, print it, write the PDF."""
    os.nice(5)
    try:
        pdf = run(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job))
    except AppError as error:
        sys.stderr.write(json.dumps({"code": error.code, "values": error.values}))
        return _EXPECTED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
