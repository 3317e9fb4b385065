"""The documents point at what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda page: str(page.relative_to(ROOT))
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    gone = [
        link
        for link in LINK.findall(text)
        if "://" not in link and link[0] != "#" and not (page.parent / link.partition("#")[0]).exists()
    ]
    assert not gone
