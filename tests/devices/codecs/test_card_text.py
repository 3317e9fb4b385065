import pytest

from devices.codecs import idcard

CITIZEN = idcard.CardText(
    type="",
    name="测试𠮷",
    sex="1",
    ethnic="01",
    birth="1990-01-01",
    address="测试省测试市测试区测试路1号",
    number="990000199001010017",
    issuer="测试市公安局",
    valid_from="2016-05-01",
    valid_to="long-term",
)


def changed(**fields):
    return idcard.CardText(**{name: getattr(CITIZEN, name) for name in CITIZEN.__slots__} | fields)


def test_a_citizens_card_comes_back_as_it_was_laid_out():
    assert idcard.parse_text(idcard.build_text(CITIZEN)) == CITIZEN


def test_a_foreign_residents_card_has_its_own_layout():
    card = changed(
        type="I",
        name="测试",
        name_latin="TEST, ONE",
        ethnic="",
        address="",
        number="ZZZ990084020301",
        nationality="ZZZ",
        issuer="9900",
        valid_to="2030-05-01",
    )
    assert idcard.parse_text(idcard.build_text(card)) == card


def test_a_residence_permit_has_no_ethnic_code():
    assert idcard.parse_text(idcard.build_text(changed(type="J"))).ethnic == ""


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"number": "990000199001010018"}, "number"),
        ({"number": "99000019900101001"}, "number"),
        ({"sex": "7"}, "sex"),
        ({"birth": "1990-13-01"}, "birth"),
        ({"ethnic": "AB"}, "ethnic"),
        ({"name": ""}, "name"),
        ({"name": "a\tb"}, "name"),
        ({"type": "Y"}, "type-Y"),
        ({"type": "Q"}, "type"),
    ],
)
def test_what_is_not_described_is_refused_by_field_and_without_its_content(fields, named):
    with pytest.raises(idcard.CardTextError) as caught:
        idcard.parse_text(idcard.build_text(changed(**fields)))
    assert str(caught.value) == named


def test_half_a_surrogate_is_refused():
    text = bytearray(idcard.build_text(CITIZEN))
    text[0:2] = b"\x00\xd8"
    with pytest.raises(idcard.CardTextError):
        idcard.parse_text(bytes(text))


def test_lengths_that_do_not_add_up_are_refused():
    for data in (b"", b"\x01\x00", b"\x01\x00\x04\x00" + bytes(100), b"\xff\xff\xff\xff" + bytes(1280)):
        with pytest.raises(idcard.CardTextError):
            idcard.split_read(data)


def test_a_card_does_not_show_itself():
    assert "测试" not in repr(CITIZEN)
