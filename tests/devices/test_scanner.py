"""A scanner on real wires: each code once, nothing of what was damaged, late or scanned for another time."""

import pytest

from devices.codecs.scanline import MOST, Ends, line
from devices.codecs.told import Wiring, explain
from devices.scanner import ScannerLine
from devices.simulators.world import WorldError
from devices.transport import Line
from tests.devices.conftest import Declared
from workstation.errors import BadReply, DeviceError, LineLost
from workstation.readings import Health, Level, ScanRead


@pytest.fixture(params=["pty", "tcp"])
def rig(request, make_rig):
    return make_rig("scanner", request.param)


@pytest.fixture
def scanner(rig, until):
    """The adapter, watched and with its line open."""
    adapter = ScannerLine("scanner", rig.line(), rig.world.clock, rig.told.append)
    rig.watch(adapter)
    until(lambda: adapter.health().level is Level.OK)
    return adapter


def codes(rig):
    return [(told.symbology, told.text) for told in rig.told if isinstance(told, ScanRead)]


def levels(rig):
    return [(told.level, told.reason) for told in rig.told if isinstance(told, Health)]


def explained(adapter):
    return [
        explain("scanner-line", str(row.direction), row.hex, row.text, ok=row.ok, wiring=Wiring())
        for row in adapter.trace.since(0)
    ]


def test_every_code_is_told_once_in_its_order(rig, scanner, until):
    said = ["STAFF-1001", "99000000000000000000B002", "CELL-B07", "CELL-B07", "X" * MOST]
    for code in said:
        rig.world.scan_code("scanner", code)
    rig.world.scan_code("scanner", "0109506000134352\x1d10A", "]d2")
    until(lambda: len(codes(rig)) >= 6)
    assert codes(rig) == [*(("", code) for code in said), ("]d2", "010950600013435210A")]
    assert levels(rig) == [(Level.OK, "")]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"STAFF\xff1001\r", "bytes"),
        (b"\r", "empty"),
        (b"X" * (MOST + 1) + b"\r", "long"),
        (b"STAFF-10", "cut"),
    ],
)
def test_a_line_that_is_no_code_degrades_until_the_next_that_is_one(rig, scanner, until, raw, why):
    rig.wire.push(raw)
    until(lambda: scanner.health().level is Level.DEGRADED)
    assert scanner.health().reason == f"device.scanner.{why}"
    assert codes(rig) == []
    rig.wire.push(b"\r")  # whatever was left of it ends here
    until(lambda: explained(scanner)[-1].hidden == 1)
    rig.world.scan_code("scanner", "STAFF-1002")
    until(lambda: codes(rig))
    assert codes(rig) == [("", "STAFF-1002")]
    until(lambda: scanner.health().level is Level.OK)


def test_a_cable_that_makes_noise_changes_the_health_once(rig, scanner, until):
    for raw in (b"A\xff\r", b"\r", b"X" * (MOST + 1) + b"\r", b"\r", b"\x00\r"):
        rig.wire.push(raw)
    until(lambda: len(explained(scanner)) == 5)
    rig.world.scan_code("scanner", "STAFF-1001")
    until(lambda: codes(rig))
    until(lambda: scanner.health().level is Level.OK)
    assert levels(rig) == [
        (Level.OK, ""),
        (Level.DEGRADED, "device.scanner.bytes"),
        (Level.OK, ""),
    ]


def test_a_plug_pulled_in_the_middle_of_a_line_loses_that_line_only(rig, scanner, until):
    rig.wire.push(b"STAFF-10")
    rig.wire.unplug()
    until(lambda: scanner.health().level is Level.LOST)
    rig.wire.replug()
    until(lambda: scanner.health().level is Level.OK)
    rig.wire.push(b"01\r")
    rig.world.scan_code("scanner", "STAFF-1003")
    until(lambda: ("", "STAFF-1003") in codes(rig))
    assert ("", "STAFF-1001") not in codes(rig)


class OpenedLate(Line):
    """A line that is opened while something is being scanned."""

    def open(self):
        fresh = not self.is_open
        super().open()
        if fresh:
            self.scan()


def test_what_comes_while_the_line_is_opened_is_thrown_away(make_rig, until):
    rig = make_rig("scanner")
    late = OpenedLate(str(rig.wire.where), baud=9600, runtime=rig.folder / "run")
    rig.lines.append(late)

    def scan():
        rig.world.scan_code("scanner", "STAFF-1001")
        until(lambda: len(rig.wire.trace) == 1)

    late.scan = scan
    adapter = ScannerLine("scanner", late, rig.world.clock, rig.told.append)
    rig.watch(adapter)
    until(lambda: adapter.health().level is Level.OK)
    rig.world.scan_code("scanner", "STAFF-1002")
    until(lambda: codes(rig))
    assert codes(rig) == [("", "STAFF-1002")]
    assert [one.code for one in explained(adapter)] == ["scan.old", "scan"]


def test_a_code_that_was_asked_for_is_not_told_as_well(rig, scanner, until):
    adapter = rig.adapter()
    with pytest.raises(LineLost):
        adapter.scan(timeout_s=0.1)  # the line has its owner
    rig.world.scan_code("scanner", "STAFF-1001")
    until(lambda: codes(rig))
    scanner.close()
    assert adapter.scan().text == "STAFF-1001"
    assert codes(rig) == [("", "STAFF-1001")]


def test_asking_says_why_there_is_no_code(make_rig):
    rig = make_rig("scanner")
    adapter = rig.adapter()
    adapter.scan()
    rig.fault("corrupt", match=b"STAFF")
    seen = [attempt(adapter) for _ in range(12)]
    assert any(isinstance(one, BadReply) for one in seen)
    assert adapter.health().level in (Level.OK, Level.DEGRADED)


def attempt(adapter):
    try:
        return adapter.scan(timeout_s=1.0)
    except DeviceError as error:
        return error


def test_what_is_scanned_is_in_no_trace(rig, scanner, until):
    rig.world.scan_code("scanner", "990000199001010017", "]C1")
    rig.wire.push(b"990000199001010017\xff\r")
    until(lambda: len(scanner.trace.since(0)) == 2)
    until(lambda: scanner.health().level is Level.DEGRADED)
    rows = scanner.trace.since(0)
    assert [row.hex for row in rows] == ["5D 43 31 [18 bytes masked]", "[20 bytes masked]"]
    assert "990000" not in "".join(row.text for row in rows)
    assert [(one.code, one.hidden) for one in explained(scanner)] == [("scan.named", 18), ("scan.bytes", 20)]
    assert explained(scanner)[0].values == {"symbology": "]C1"}


def test_bytes_from_the_bench_go_over_the_line_and_the_scanner_does_not_heed_them(rig, scanner, until):
    scanner.send_once(b"\x16T\r", "raw")
    until(lambda: ("in", "16 54 0D") in rig.wire.trace)
    scanner.reopen()
    until(lambda: rig.lines[0].opened == 2)
    assert scanner.scan(timeout_s=0.0) is None
    rig.world.scan_code("scanner", "STAFF-1001")
    until(lambda: codes(rig))
    assert codes(rig) == [("", "STAFF-1001")]
    assert scanner.commands == ()


@pytest.fixture
def make_rack(make_rack, make_rig):
    def make(parameters, **options):
        rig = make_rig("scanner", **options)
        declared = [Declared("scanner", "scanner-line", parameters=parameters)]
        ports = {"scanner": str(rig.wire.where)}
        return make_rack(declared, ports, told=rig.told, clock=rig.world.clock), rig

    return make


def test_a_declaration_says_how_the_scanner_is_set(make_rack, until):
    rack, rig = make_rack({"ends": "crlf", "baud": "115200"}, ends=Ends.CRLF)
    assert rack.baud("scanner") == 115200
    rack.start()
    until(lambda: rack.health()[0].level is Level.OK)
    rig.world.scan_code("scanner", "STAFF-1001")
    until(lambda: codes(rig))
    assert codes(rig) == [("", "STAFF-1001")]
    rig.wire.push(line("STAFF-1001"))
    until(lambda: rack.health()[0].reason == "device.scanner.cut")


@pytest.mark.parametrize("parameters", [{"ends": "lf"}, {"baud": "12345"}, {"baud": "fast"}])
def test_a_declaration_that_no_scanner_has_is_refused(make_rack, parameters):
    rack, _ = make_rack(parameters)
    with pytest.raises(DeviceError) as caught:
        rack.scanner("scanner")
    assert caught.value.code == "device.parameter"


def test_a_rack_gives_its_scanner(make_rack):
    rack, _ = make_rack({})
    assert rack.scanner("scanner").scan(timeout_s=0.0) is None
    assert rack.commands("scanner") == ()
    assert rack.baud("scanner") == 9600


@pytest.mark.parametrize("code", ["", "测试", "X" * 1001])
def test_only_a_code_can_be_held_before_a_scanner(make_rig, code):
    rig = make_rig("scanner")
    with pytest.raises(WorldError) as caught:
        rig.world.scan_code("scanner", code)
    assert caught.value.code == "device.sim.no-code"
    with pytest.raises(WorldError):
        rig.world.scan_code("moon", "A")
