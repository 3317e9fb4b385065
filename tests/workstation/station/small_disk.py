"""Starts a station on a small disk of its own that takes nothing; run in a mount namespace (unshare(1)).

python -m tests.workstation.station.small_disk HOME PLACE full|read-only     for each language: status, sentence, advice; a change of
                                                             any file of the store ends it with an error
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ui.cli import main as onestop

SIZE = 8 << 20


def main(home: str, place: str, state: str) -> None:
    """Copy HOME onto the disk at PLACE, leave no room or make it read-only, and start a station there."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "disk", place], check=True)
    there = Path(shutil.copytree(home, Path(place) / "home"))
    (there / "run").mkdir(exist_ok=True)
    if state == "full":
        with (Path(place) / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(4096))
    else:
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    before = {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    for locale in ("zh_CN.UTF-8", "en_GB.UTF-8"):
        os.environ["LC_ALL"] = locale
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            print(onestop(["station", "--practice", "--home", str(there)]))
        print(said.getvalue(), end="")
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    if changed:
        sys.exit(f"changed: {changed}")


if __name__ == "__main__":
    main(*sys.argv[1:])
