from devices.codecs import bb7e
from devices.simulators.faults import FaultStage
from devices.simulators.wires import PtyWire
from devices.simulators.world import SimBag
from devices.tags import TagReaderBB7E, strongest
from devices.transport import Line
from workstation.clock import BootClock
from workstation.readings import TagSeen

BAG = "99000000000000000000AA01"
OTHER = "99000000000000000000AA02"


def test_the_strongest_tag_comes_first(make_rig):
    rig = make_rig("tag")
    rig.world.bags[OTHER] = SimBag(epc=OTHER, grams=1, place="desk", rssi=-30)
    seen = rig.adapter().present()
    assert [(tag.epc, tag.rssi_dbm) for tag in seen] == [(OTHER, -30), (BAG, -48)]
    assert strongest(seen) is seen[0]


def test_no_tag_is_an_empty_answer_and_no_error(make_rig):
    rig = make_rig("tag")
    rig.world.take_bag(BAG)
    assert rig.adapter().present() == []


def test_a_tag_seen_once_in_three_rounds_is_not_present(make_rig):
    rig = make_rig("tag")
    reader = rig.adapter()
    assert reader.present(rounds=1)
    rig.wire.faults.clear()
    rig.fault("stale", match=bytes.fromhex("BB 01 FF"), count=1)
    rig.world.take_bag(BAG)
    assert reader.present(rounds=3) == []


def test_the_watch_tells_a_tag_once_and_again_after_it_was_away(make_rig, until):
    rig = make_rig("tag")
    reader = rig.adapter()
    rig.watch(reader)

    def tags():
        return [told.epc for told in rig.told if isinstance(told, TagSeen)]

    until(lambda: tags() == [BAG])
    assert reader.field() == {BAG}
    rig.world.take_bag(BAG)
    until(lambda: reader.field() == frozenset())
    rig.world.put_bag(BAG, "desk")
    until(lambda: tags() == [BAG, BAG])
    rig.wire.unplug()
    until(lambda: reader.field() == frozenset())


def test_a_tag_with_a_wrong_crc_is_not_told(tmp_path):
    class Liar:
        """A module whose tag was misread over the air: its frame is right, the tag's own CRC is not."""

        def feed(self, data):
            parser = bb7e.Parser()
            out = []
            for frame in parser.feed(data):
                if frame.cmd == bb7e.CMD_INFO:
                    out.append(bb7e.encode(bb7e.ANSWER, bb7e.CMD_INFO, b"\x00M100"))
                else:
                    good = bb7e.Parser().feed(bb7e.tag_notice(bytes(12), -40))[0].params
                    out.append(bb7e.encode(bb7e.NOTICE, bb7e.CMD_POLL, good[:-1] + bytes((good[-1] ^ 1,))))
                    out.append(bb7e.encode(bb7e.ANSWER, bb7e.CMD_ERROR, b"\x15"))
            return out

    wire = PtyWire(Liar(), tmp_path / "wire", FaultStage())
    wire.start()
    line = Line(str(wire.where), baud=115200, runtime=tmp_path)
    reader = TagReaderBB7E("tag", line, BootClock(), lambda told: None)
    assert reader.present() == []
    reader.close()
    wire.stop()


def test_power_is_set_when_the_line_opens(make_rig):
    rig = make_rig("tag")
    rig.adapter(power_cdbm=1500).present()
    assert (
        "in",
        bb7e.command(bb7e.CMD_SET_POWER, (1500).to_bytes(2, "big")).hex(" ").upper(),
    ) in rig.wire.trace
