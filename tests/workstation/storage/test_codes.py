"""Every code that the two rooms can raise has its sentence in both languages, and no sentence is left over."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from workstation.storage.place import FILE

ROOT = Path(__file__).parents[3]
CODE = re.compile(r'"((?:store|ledger|verify)\.[a-z-]+)"')
# Said by the command that verifies and by the window, not by these rooms.
ELSEWHERE = re.compile(r"^(verify\.(sound|faults)|.*\.advice)$")


def test_codes_and_sentences_agree() -> None:
    sources = [*(ROOT / "workstation/storage").rglob("*.py"), *(ROOT / "workstation/ledger").rglob("*.py")]
    used = {code for path in sources for code in CODE.findall(path.read_text("utf-8"))} - {FILE}
    sentences = tomllib.loads((ROOT / "resources/i18n/catalogue/store.toml").read_text("utf-8"))
    written = {code for code in sentences if not ELSEWHERE.match(code)}
    assert used == written
    advised = {code.removesuffix(".advice") for code in sentences if code.endswith(".advice")}
    assert advised <= written
    for texts in sentences.values():
        assert set(texts) == {"zh", "en"}
        places = [sorted(re.findall(r"\{[a-z]+\}", text)) for text in texts.values()]
        assert places[0] == places[1], texts
