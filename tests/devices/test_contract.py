"""One contract for every adapter, over a pty and over TCP: the truth or an error, never something else."""

import threading

import pytest

from devices.simulators.faults import FaultKind
from workstation.errors import DeviceError, LineLost, NoReply
from workstation.readings import Door, Level

BAG = "99000000000000000000AA01"

SHORT = 0.1  # where errors are expected, waiting for them only takes time


def read(adapter):
    """A reading of any adapter, reduced to what has to be true."""
    match type(adapter).__name__:
        case "LockBank8A":
            return adapter.read_all()
        case "TagReaderBB7E":
            return [tag.epc for tag in adapter.present(rounds=2)]
        case "ScaleSics":
            weight = adapter.weigh(timeout_s=0.15)
            return weight.grams if weight.stable else "unstable"
        case "HandScanner":
            seen = adapter.scan(timeout_s=2.0)
            return seen and seen.text
        case _:
            card = adapter.read()
            return card and card.number


TRUTH = {
    "lock": dict.fromkeys(range(1, 25), Door.CLOSED),
    "tag": [BAG],
    "scale": 1234,
    "card": "990000199001010017",
    "scanner": "STAFF-1001",
}
NOTHING = {"lock": None, "tag": [], "scale": "unstable", "card": None, "scanner": None}
CHANGED = (FaultKind.CORRUPT, FaultKind.WRONG_SUM, FaultKind.GARBAGE, FaultKind.BABBLE)


def true(kind, seen, *faults):
    """Whether a reading may stand. The line of a scanner has no checksum: where characters are changed for others it
    still gives printable ones only."""
    if kind == "scanner" and isinstance(seen, str) and set(faults) & set(CHANGED):
        return seen.isascii() and seen.isprintable()
    return seen in (TRUTH[kind], NOTHING[kind])


@pytest.fixture(params=["lock", "tag", "scale", "card", "scanner"])
def kind(request):
    return request.param


@pytest.fixture(params=["pty", "tcp"])
def rig(request, kind, make_rig):
    return make_rig(kind, request.param)


class TestContract:
    def test_it_reads_what_is_there(self, rig, kind):
        adapter = rig.adapter()
        assert read(adapter) == TRUTH[kind]
        assert read(adapter) == TRUTH[kind]

    @pytest.mark.parametrize("fault", [fault for fault in FaultKind if fault is not FaultKind.SILENCE])
    def test_a_fault_gives_the_truth_or_an_error_and_passes(self, rig, kind, fault, until):
        adapter = rig.adapter(patience=SHORT)
        rig.fault(fault, count=2, ms=60)
        for _ in range(3):
            try:
                seen = read(adapter)
            except DeviceError:
                continue
            assert true(kind, seen, fault)
        rig.wire.faults.clear()
        until(lambda: rig.wire.plugged)
        assert any(attempt(adapter) == TRUTH[kind] for _ in range(25))

    def test_random_faults_never_give_a_false_reading(self, rig, kind):
        adapter = rig.adapter(patience=SHORT)
        for fault in ("corrupt", "truncate", "garbage", "duplicate", "drop"):
            rig.fault(fault, probability=0.15)
        for _ in range(5):
            seen = attempt(adapter)
            assert isinstance(seen, DeviceError) or true(kind, seen, *CHANGED)

    def test_silence_is_an_error_of_what_is_asked_and_nothing_of_what_is_not(self, rig, kind):
        adapter = rig.adapter(patience=SHORT)
        rig.fault("silence")
        if kind == "scanner":
            assert read(adapter) is None
            return
        with pytest.raises(NoReply):
            read(adapter)

    def test_a_plug_pulled_in_the_middle_is_an_error_and_a_replug_heals_it(self, rig, kind, until):
        adapter = rig.adapter(patience=6)
        assert read(adapter) == TRUTH[kind]
        rig.fault("silence")
        caught = []
        reader = threading.Thread(target=lambda: caught.append(attempt(adapter)))
        asked = len(rig.wire.trace)
        rig.world.scanned = dict.fromkeys(rig.world.scanned, "")
        reader.start()
        until(lambda: len(rig.wire.trace) > asked or rig.world.scanned.get("scanner"))
        rig.wire.unplug()
        reader.join(5)
        assert isinstance(caught[0], LineLost)
        with pytest.raises(LineLost):
            read(adapter)
        rig.wire.faults.clear()
        rig.wire.replug()
        assert read(adapter) == TRUTH[kind]

    def test_the_watch_tells_loss_and_return(self, rig, kind, until):
        adapter = rig.adapter()
        rig.watch(adapter)
        until(lambda: adapter.health().level is Level.OK)
        rig.wire.unplug()
        until(lambda: adapter.health().level is Level.LOST)
        rig.wire.replug()
        until(lambda: adapter.health().level is Level.OK)
        levels = [told.level for told in rig.told if hasattr(told, "level")]
        assert levels == [Level.OK, Level.LOST, Level.OK]

    def test_the_watch_ends_within_a_second(self, rig, until):
        adapter = rig.adapter(patience=1.0)
        stop = rig.watch(adapter)
        until(lambda: adapter.health().level is Level.OK)
        stop.set()
        adapter.interrupt()
        thread = rig.threads[-1][2]
        thread.join(1.0)
        assert not thread.is_alive()
        adapter.close()
        with pytest.raises(LineLost):
            read(adapter)

    def test_a_line_has_one_owner(self, rig):
        first, second = rig.adapter(), rig.adapter()
        read(first)
        with pytest.raises(LineLost) as caught:
            read(second)
        assert caught.value.code in ("device.line.busy", "device.line.refused")
        first.close()
        read(second)

    def test_callers_are_served_beside_the_watch(self, rig, kind, until):
        adapter = rig.adapter()
        rig.watch(adapter)
        until(lambda: adapter.health().level is Level.OK)
        assert [read(adapter) for _ in range(3)] == [TRUTH[kind]] * 3


def attempt(adapter):
    try:
        return read(adapter)
    except DeviceError as error:
        return error
