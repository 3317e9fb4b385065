"""The settings file of one workstation: who it is, where its store is, which port a device hangs on.

Everything else (layout, devices, staff) is declared in the record. Unknown keys are refused with a hint, because a
misspelt key that is silently ignored is a device that is silently absent.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from workstation.errors import SettingsError

FILE = "workstation.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_KEYS: Mapping[str, type] = {"workstation": str, "desk": str, "store": str, "language": str, "ports": dict}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`home`: the data folder. `store`: "embedded". `ports`: device id → port path or URL. `desk`: desk id."""

    home: Path
    workstation: str
    desk: str = ""
    store: str = "embedded"
    language: str = "zh"
    ports: dict[str, str] = {}


def load(home: Path) -> Settings:
    """Read `<home>/workstation.toml`; a missing file gives the defaults.

    Raises SettingsError with file, key and advice for anything unknown or of the wrong type.
    """
    path = home / FILE
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(home=home, workstation="desk-1")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError("settings.unreadable", file=str(path), reason=str(error)) from error
    _check(path, content)
    return Settings(
        home=home,
        workstation=content.get("workstation", "desk-1"),
        desk=content.get("desk", ""),
        store=content.get("store", "embedded"),
        language=content.get("language", "zh"),
        ports=dict(content.get("ports", {})),
    )


def _check(path: Path, content: Mapping[str, Any]) -> None:
    for key, value in content.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1) or _KEYS
            raise SettingsError("settings.unknown", file=str(path), key=key, near=" / ".join(near))
        if not isinstance(value, _KEYS[key]):
            wanted = f'{key} = "…"' if _KEYS[key] is str else f"[{key}]"
            raise SettingsError("settings.type", file=str(path), key=key, wanted=wanted)
    if not _NAME.fullmatch(content.get("workstation", "desk-1")):
        raise SettingsError("settings.name", file=str(path), key="workstation")
    if content.get("store", "embedded") != "embedded":
        raise SettingsError("settings.store", file=str(path), value=str(content["store"]))
    if content.get("language", "zh") not in ("zh", "en"):
        raise SettingsError("settings.language", file=str(path), value=str(content["language"]))
    for device, port in content.get("ports", {}).items():
        if not isinstance(port, str) or not port:
            wanted = f'{_quoted(device)} = "/dev/…"'
            raise SettingsError("settings.type", file=str(path), key=f"ports.{device}", wanted=wanted)


def save(settings: Settings) -> None:
    """Write the file anew, whole and at once; the old one stays when the disk refuses."""
    lines = [
        f"workstation = {_quoted(settings.workstation)}",
        f"desk = {_quoted(settings.desk)}",
        f"store = {_quoted(settings.store)}",
        f"language = {_quoted(settings.language)}",
        "",
        "[ports]",
        *(f"{_quoted(device)} = {_quoted(port)}" for device, port in sorted(settings.ports.items())),
        "",
    ]
    path = settings.home / FILE
    fresh = path.with_suffix(".new")
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        fresh.write_text("\n".join(lines), "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise SettingsError("settings.unwritable", file=str(path), reason=str(error)) from error


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
