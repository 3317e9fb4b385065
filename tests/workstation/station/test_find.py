"""Who and what is found, by which words, and what is not told by a search."""

from __future__ import annotations

import pytest

from tests.station_kit import StationKit
from workstation.services.pinyin import initials, matches_initials
from workstation.services.practice import stay_id
from workstation.station import messages as m

HELD, LEAVING = stay_id(2), stay_id(4)


def found(kit: StationKit, text: str, *, exact: bool = False) -> list[tuple[str, str]]:
    """Kind and text of every hit."""
    reply = kit.lane("1007").ask(m.Find(text=text, exact=exact))
    return [(hit.kind, hit.text) for hit in reply.hits]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("张三", "zs"), ("曾国藩", "zgf"), ("曾国藩", "cgf"), ("单于", "cy"), ("欧阳修", "yx"), ("阿里", "al"), ("A座张三", "azzs")],
)  # fmt: skip
def test_initials_find_a_name(name: str, typed: str) -> None:
    assert matches_initials(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"), [("张三", "zz"), ("张三", "s3"), ("张三", "张"), ("John", "jo"), ("张三", "zsx")]
)
def test_other_letters_do_not(name: str, typed: str) -> None:
    assert not matches_initials(name, typed)


def test_a_mark_has_no_initial() -> None:
    assert initials("张·三") == (frozenset("z"), frozenset(), frozenset("s"))


def test_a_person_is_found_by_number_name_and_initials(kit: StationKit) -> None:
    stay = next(one for one in kit.station.desk.house().open_stays if one.identity)
    assert stay.identity is not None
    shown = ("stay", f"{stay.number} {stay.identity.name}")
    typed = "".join(sorted(letters)[0] for letters in initials(stay.identity.name))
    for text in (stay.number, stay.identity.name, typed, typed.upper()):
        assert shown in found(kit, text)


def test_a_scan_is_the_whole_of_a_code_or_nothing(kit: StationKit) -> None:
    stay = next(one for one in kit.station.desk.house().open_stays if one.band)
    assert [kind for kind, _ in found(kit, stay.band, exact=True)] == ["band"]
    assert found(kit, stay.band[:8])
    assert found(kit, stay.band[:8], exact=True) == []


def test_a_case_and_an_item_lead_to_their_person(kit: StationKit) -> None:
    house = kit.station.desk.house()
    held = house.stay(HELD)
    assert held is not None
    assert held.case is not None
    assert ("case", held.case.case_number) in [
        (hit.kind, hit.key) for hit in kit.lane("1007").ask(m.Find(text=held.case.case_number)).hits
    ]
    item = held.effects.items[0]
    assert ("item", f"{item.name} · {held.number}") in found(kit, item.name)


def test_what_the_blind_count_has_to_find_is_not_found_by_a_search(kit: StationKit) -> None:
    leaving = kit.station.desk.house().stay(LEAVING)
    assert leaving is not None
    assert leaving.outcome is not None
    assert leaving.effects.count is None
    for item in leaving.effects.items:
        assert ("item", f"{item.name} · {leaving.number}") not in found(kit, item.name)
