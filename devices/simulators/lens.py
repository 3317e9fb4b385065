"""A simulated camera: a clip played over and over, which can be unplugged and whose lens can be covered.

What reads a file keeps it open, so a clip is taken away by cutting the old file to nothing: the reader meets the end
of its stream, as when a camera is switched over, and opens what stands under the name then.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path


class Lens:
    """`where`: the path that stands for the camera. `clip`: what it sees; `cover`: what it sees when covered."""

    def __init__(self, where: Path, clip: Path, cover: Path) -> None:
        self.where = where
        self._clip = clip
        self._cover = cover
        self._plugged = False
        self._covered = False

    @property
    def plugged(self) -> bool:
        return self._plugged

    @property
    def covered(self) -> bool:
        return self._covered

    def plug(self) -> None:
        """Show what the lens sees under the camera's name."""
        self._plugged = True
        self._show(self._cover if self._covered else self._clip)

    def unplug(self) -> None:
        """End every stream and leave nothing under the name."""
        self._plugged = False
        self._show(None)

    def set_covered(self, covered: bool) -> None:
        """Hang something over the lens, or take it away."""
        if covered != self._covered:
            self._covered = covered
            if self._plugged:
                self.plug()

    def _show(self, clip: Path | None) -> None:
        old = -1
        with contextlib.suppress(FileNotFoundError):
            old = os.open(self.where, os.O_WRONLY | os.O_NOFOLLOW)
        if clip is not None and clip.is_file():
            fresh = self.where.with_name(f".{self.where.name}.new")
            shutil.copyfile(clip, fresh)
            fresh.replace(self.where)
        else:
            self.where.unlink(missing_ok=True)
        if old >= 0:
            os.ftruncate(old, 0)
            os.close(old)
