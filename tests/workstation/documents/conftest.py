"""The shipped fonts and the shipped words."""

from __future__ import annotations

import pytest

from tests.workstation.documents.samples import ROOT
from workstation.catalogue import Catalogue
from workstation.documents.context import Language
from workstation.documents.fonts import Fonts


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    folder = ROOT / "resources" / "fonts"
    rare = (folder / "NotoSansSC-Rare.ttf",)
    return Fonts(folder / "NotoSansSC-Regular.ttf", folder / "NotoSansSC-Bold.ttf", rare)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "resources" / "i18n" / "catalogue")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return request.param
