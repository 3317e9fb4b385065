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


class Prefs(msgspec.Struct, frozen=True, kw_only=True):
    """`theme`: light or dark; `language`: zh or en; `scale`: percent, 100 to 200; `reduced_motion`: nothing blinks."""

    theme: str = "light"
    language: str = "zh"
    scale: int = 100
    reduced_motion: bool = False


def load(home: Path) -> Prefs:
    """Read the file; a missing one gives the defaults. Raises SettingsError, and changes nothing, when it is odd."""
    path = home / FILE
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Prefs()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError("prefs.unreadable", file=str(path), reason=str(error)) from error
    return _checked(path, content)


def save(home: Path, prefs: Prefs) -> None:
    """Write the file anew, whole and at once; the old one stays when the disk refuses."""
    path = home / FILE
    fresh = path.with_suffix(".new")
    lines = [
        f'theme = "{prefs.theme}"',
        f'language = "{prefs.language}"',
        f"scale = {prefs.scale}",
        f"reduced_motion = {str(prefs.reduced_motion).lower()}",
        "",
    ]
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh.write_text("\n".join(lines), "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise SettingsError("prefs.unwritable", file=str(path), reason=str(error)) from error


def _checked(path: Path, content: dict[str, Any]) -> Prefs:
    for key, value in content.items():
        if key not in Prefs.__struct_fields__:
            near = difflib.get_close_matches(key, Prefs.__struct_fields__, n=1)
            raise SettingsError("prefs.unknown", file=str(path), key=key, near=near[0] if near else "—")
        allowed = {
            "theme": value in THEMES,
            "language": value in LANGUAGES,
            "scale": type(value) is int and SMALLEST <= value <= LARGEST,
            "reduced_motion": type(value) is bool,
        }
        if not allowed[key]:
            raise SettingsError("prefs.value", file=str(path), key=key, value=str(value))
    return Prefs(**content)
