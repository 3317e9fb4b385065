"""How the window looks on this workstation: theme, language, scale, motion. Kept in `<home>/window.toml`."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from workstation.catalogue import LANGUAGES
from workstation.errors import SettingsError

FILE = "window.toml"
THEMES = ("light", "dark")
SMALLEST, LARGEST = 100, 200
LONGEST_PREFIX = 4
MARKS = frozenset("!#$%&'()*+,-./:;<=>?@[]^_`{|}~")
"""What a prefix is made of: marks that no code and hardly a typed word begins with, and that TOML takes as they are."""


class Prefs(msgspec.Struct, frozen=True, kw_only=True):
    """`theme`: light or dark; `language`: zh or en; `scale`: percent, 100 to 200; `reduced_motion`: nothing blinks;
    `scan_prefix`: the marks that the scanner of this desk is set to send first, at most four; empty when none.
    """

    theme: str = "light"
    language: str = "zh"
    scale: int = 100
    reduced_motion: bool = False
    scan_prefix: str = ""


def load(home: Path) -> tuple[Prefs, SettingsError | None]:
    """What is kept, and what is odd about it; every odd value has its default. A missing file gives the defaults."""
    path = home / FILE
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Prefs(), None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return Prefs(), SettingsError("prefs.unreadable", file=str(path), reason=str(error))
    troubles = {key: trouble for key, value in content.items() if (trouble := _trouble(path, key, value))}
    kept = {key: value for key, value in content.items() if key not in troubles}
    return Prefs(**kept), next(iter(troubles.values()), None)


def save(home: Path, prefs: Prefs) -> None:
    """Write the file anew, whole and at once; the old one stays when the disk refuses."""
    path = home / FILE
    fresh = path.with_suffix(".new")
    lines = [
        f'theme = "{prefs.theme}"',
        f'language = "{prefs.language}"',
        f"scale = {prefs.scale}",
        f"reduced_motion = {str(prefs.reduced_motion).lower()}",
        f'scan_prefix = "{prefs.scan_prefix}"',
        "",
    ]
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh.write_text("\n".join(lines), "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise SettingsError("prefs.unwritable", file=str(path), reason=str(error)) from error


def _trouble(path: Path, key: str, value: Any) -> SettingsError | None:
    if key not in Prefs.__struct_fields__:
        near = difflib.get_close_matches(key, Prefs.__struct_fields__, n=1) or Prefs.__struct_fields__
        return SettingsError("prefs.unknown", file=str(path), key=key, near=" / ".join(near))
    allowed = {
        "theme": value in THEMES,
        "language": value in LANGUAGES,
        "scale": type(value) is int and SMALLEST <= value <= LARGEST,
        "reduced_motion": type(value) is bool,
        "scan_prefix": isinstance(value, str) and len(value) <= LONGEST_PREFIX and set(value) <= MARKS,
    }
    return None if allowed[key] else SettingsError("prefs.value", file=str(path), key=key, value=str(value))
