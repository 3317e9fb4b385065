"""The words of refusals, warnings, papers, commands and errors, in every language, without Qt.

Entries of the record hold codes and values only; the sentence is made when it is shown. The catalogue is the
TOML files of one folder: `"code" = { zh = "…", en = "…" }`, merged; a code stands in one file only.
`{name}` in a sentence is filled with the value of that name, literally.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from workstation.errors import SettingsError

LANGUAGES = ("zh", "en")
_PLACE = re.compile(r"\{([a-z_]+)\}")


def code_of(value: StrEnum) -> str:
    """The code of a closed list's value: `ArrivalMode.ORAL_SUMMONS` → `arrival-mode.oral-summons`."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(value).__name__).lower()
    return f"{name}.{value.value}"


class Catalogue:
    """Sentences by code and language."""

    def __init__(self, sentences: Mapping[str, Mapping[str, str]]) -> None:
        self._sentences = {code: dict(texts) for code, texts in sentences.items()}
        digest = hashlib.sha256()
        for code in sorted(self._sentences):
            for language in LANGUAGES:
                digest.update(f"{code}\0{language}\0{self._sentences[code][language]}\0".encode())
        self.hash = digest.hexdigest()

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Read every `*.toml` below `folder`; raises SettingsError with file and code for what is wrong."""
        sentences: dict[str, Mapping[str, str]] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                content = tomllib.loads(path.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise SettingsError("catalogue.unreadable", file=path.name, reason=str(error)) from error
            for code, texts in content.items():
                if code in sentences:
                    raise SettingsError("catalogue.twice", file=path.name, code=code)
                if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
                    raise SettingsError("catalogue.languages", file=path.name, code=code)
                sentences[code] = texts
        return cls(sentences)

    def __contains__(self, code: str) -> bool:
        return code in self._sentences

    def codes(self) -> Iterable[str]:
        """Every code, sorted."""
        return sorted(self._sentences)

    def text(self, code: str, language: str, values: Mapping[str, object] | None = None) -> str:
        """The sentence of `code`; an unknown code is shown as itself, so that nothing is ever hidden."""
        texts = self._sentences.get(code)
        if texts is None:
            return f"⟨{code}⟩"
        given = values or {}
        return _PLACE.sub(
            lambda place: str(given[place[1]]) if place[1] in given else place[0], texts[language]
        )

    def advice(self, code: str, language: str, values: Mapping[str, object] | None = None) -> str:
        """What to do about `code`, or an empty string when there is nothing to add."""
        return self.text(f"{code}.advice", language, values) if f"{code}.advice" in self else ""
