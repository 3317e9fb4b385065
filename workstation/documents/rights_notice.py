"""权利义务告知书: the rights and duties that are read to the person, numbered, with the person's own answer.

行政案件 and 刑事 each have their own list. The articles are a file of `resources/forms`, so that a change
of the law changes no code; the paper prints the file's version.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import msgspec

from workstation.documents.context import PaperContext, Signed, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Flow
from workstation.documents.parts import fields, note, signatures
from workstation.documents.press import Press
from workstation.errors import SettingsError


class RightsTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One list in both languages. `version`: as printed."""

    version: str
    title: dict[str, str]
    opening: dict[str, str]
    rights: dict[str, tuple[str, ...]]
    duties: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, path: Path) -> RightsTexts:
        """Read one TOML file; raises SettingsError `paper.rights-texts`."""
        try:
            texts = msgspec.convert(tomllib.loads(path.read_text("utf-8")), cls)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise SettingsError("paper.rights-texts", file=path.name, reason=str(error)) from error
        for part in (texts.title, texts.opening, texts.rights, texts.duties):
            if set(part) != {"zh", "en"}:
                raise SettingsError("paper.rights-texts", file=path.name, reason="zh, en")
        return texts


class RightsNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the paper. `read_aloud` None: nobody has said how it was made known."""

    name: str
    id_number: str
    stay_number: str
    cause: str
    served_at: datetime | None
    read_aloud: bool | None
    spoken_language: str
    signatures: tuple[Signed, ...]


class RightsPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The values with the list that is read to this person."""

    notice: RightsNotice
    texts: RightsTexts


def print_rights_paper(paper: RightsPaper, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF of the notice; raises SettingsError for an unknown time zone."""
    return print_rights_notice(paper.notice, paper.texts, context, fonts)


def print_rights_notice(
    notice: RightsNotice, texts: RightsTexts, context: PaperContext, fonts: Fonts
) -> bytes:
    """The PDF of the notice; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    person = [
        fields(
            words,
            ("person.name", words.known(notice.name)),
            ("person.id-number", words.known(notice.id_number)),
            ("stay.number", words.known(notice.stay_number)),
        ),
        fields(words, ("case.cause", words.known(notice.cause)), last=5),
    ]
    flow.block("", (0.9, 1.8, 1.0, 2.4, 1.0, 1.8), person)
    flow.gap(8)
    flow.paragraph(texts.opening[context.language])
    for heading, articles in (
        ("rights.rights", texts.rights[context.language]),
        ("rights.duties", texts.duties[context.language]),
    ):
        flow.gap(5)
        flow.paragraph(words.say(heading), bold=True)
        for number, article in enumerate(articles, 1):
            flow.paragraph(words.say("rights.article", number=number, text=article), indent=10)
    flow.gap(10)
    manner = (
        words.unknown if notice.read_aloud is None else words.say(f"rights.aloud-{notice.read_aloud}".lower())
    )
    served = [
        fields(
            words,
            ("rights.served-at", words.when(notice.served_at)),
            ("rights.manner", manner),
            ("rights.language", words.known(notice.spoken_language)),
        ),
        fields(words, ("rights.version", words.known(texts.version)), last=5),
        note(words.say("rights.tail"), 6, bold=True),
    ]
    flow.block(words.say("rights.served"), (1.0, 2.0, 1.0, 1.6, 1.0, 1.6), served)
    signatures(flow, words, notice.signatures)
    return Press(fonts, context, words, texts.title[context.language]).print(flow)
