import pytest

from devices.simulators.centre import card_text
from devices.simulators.head_idcard import FAKE_PHOTO
from workstation.errors import BadReply, DeviceError
from workstation.readings import CardKind, CardRead


def present(rig, scenario, number):
    card = scenario.card[number]
    rig.world.present_card("card", card.id, card_text(card), FAKE_PHOTO)
    return card


def test_every_card_of_the_scenario_is_read_as_written(make_rig, scenario):
    rig = make_rig("card")
    reader = rig.adapter()
    assert len(scenario.card) >= 12
    for number, card in enumerate(scenario.card):
        present(rig, scenario, number)
        seen = reader.read()
        assert (seen.kind.value, seen.name, seen.sex, seen.birth, seen.number) == (
            card.kind,
            card.name,
            card.sex,
            card.birth,
            card.number,
        )
        assert (seen.valid_from, seen.valid_to) == (card.valid_from, card.valid_to)
        assert (seen.address, seen.ethnic, seen.nationality) == (card.address, card.ethnic, card.nationality)
        assert len(seen.photo) == 1024


def test_a_foreign_residents_card_is_told_as_such(make_rig, scenario):
    rig = make_rig("card")
    present(rig, scenario, 15)
    assert rig.adapter().read().kind is CardKind.FOREIGN_RESIDENT


def test_no_card_is_none(make_rig):
    rig = make_rig("card")
    rig.world.remove_card("card")
    assert rig.adapter().read() is None


def test_a_card_that_stays_is_told_once_and_again_when_presented_again(make_rig, scenario, until):
    rig = make_rig("card")
    rig.watch(rig.adapter())

    def names():
        return [told.name for told in rig.told if isinstance(told, CardRead)]

    until(lambda: names() == ["测试甲"])
    present(rig, scenario, 1)
    until(lambda: names() == ["测试甲", "测试乙"])
    assert len(names()) == 2


def test_a_card_that_cannot_be_read_is_an_error(make_rig):
    rig = make_rig("card")
    rig.world.pad("card").broken = True
    with pytest.raises(DeviceError) as caught:
        rig.adapter().read()
    assert caught.value.code == "device.card.unreadable"


def test_content_that_is_not_described_names_the_field_only(make_rig):
    rig = make_rig("card")
    pad = rig.world.pad("card")
    pad.text = pad.text[:30] + "8".encode("utf-16-le") + pad.text[32:]
    with pytest.raises(BadReply) as caught:
        rig.adapter().read()
    assert caught.value.values["field"] == "sex"
    assert "测试" not in str(caught.value)


def test_a_persons_data_is_in_no_trace(make_rig, scenario):
    rig = make_rig("card")
    reader = rig.adapter()
    reader.read()
    rig.fault("truncate")
    with pytest.raises(DeviceError):
        reader.read()
    rows = reader.trace.since(0)
    shown = "".join(row.hex.replace(" ", "") + row.text for row in rows)
    assert any("masked" in row.hex for row in rows)
    card = scenario.card[0]
    for secret in (card.name, card.number, card.address):
        assert secret not in shown
        assert secret.encode("utf-16-le").hex().upper() not in shown
