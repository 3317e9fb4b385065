"""Guided deposit and return at real doors with a real reader: a step is done only when the world has said so."""

from __future__ import annotations

from tests.ui.lockers.kit import LEAVING, LEAVING_TAG, opened, said, state
from tests.ui.screen_kit import Shop, Shops
from ui.lockers.guide import Guide, Stand, Step
from ui.lockers.view import LockersScreen
from ui.scan import ScanKind
from ui.widgets.doors import DoorState
from workstation.custody import commands as c
from workstation.custody.values import Destination
from workstation.readings import Door
from workstation.services.practice import READER, SCALE, SCANNED, TYPED, stay_id

HELD = stay_id(2)
FRESH = "990000000000000000000004"


def stands(guide: Guide) -> dict[Step, Stand]:
    return {one.step: one.stand for one in guide.steps()}


def fill(shop: Shop, *, weighed: bool = True) -> None:
    """A second bag of the person who is held: filled, and sealed and weighed."""
    lane = shop.kit.lane("1003")
    commands: list[c.Command] = [
        c.ListItem(
            stay=HELD, item="more-1", name="手表", features="银色", quantity=1, unit="块",
            destination=Destination.PERSONAL_BAG, grams=None, photo="", source=TYPED,
        ),
        c.FillBag(stay=HELD, bag="bag-04", tag=FRESH, items=("more-1",), source=READER),
    ]  # fmt: skip
    if weighed:
        commands += [
            c.SealBag(stay=HELD, bag="bag-04", seal="FZ-0004", source=SCANNED),
            c.WeighBag(stay=HELD, bag="bag-04", grams=240, source=SCALE),
        ]
    for command in commands:
        shop.kit.submit(lane, command)


def begin(screen: LockersScreen, shop: Shop) -> Guide:
    guide = screen.presenter.guide
    assert screen.guide.begin.reasons() == ()
    screen.guide.begin.click()
    assert guide.active
    assert stands(guide)[Step.PEOPLE] is Stand.NOW
    screen.guide.act.click()
    assert screen.guide.act.reasons() == (shop.words("lockers.inspect.two"),)
    assert screen.scanned(ScanKind.STAFF, "STAFF-1001")
    assert screen.guide.second.key() == "P1001"
    return guide


def test_a_bag_is_put_into_a_locker_step_by_step(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    fill(shop)
    screen = opened(shop, wired=True)
    shop.until(lambda: screen.presenter.waiting)
    guide = begin(screen, shop)
    first = guide.cell
    screen.guide.other.click()
    assert guide.cell != first
    screen.guide.act.click()
    shop.until(lambda: stands(guide)[Step.OPEN] is Stand.DONE)
    assert stands(guide)[Step.SHUT] is Stand.NOW
    assert state(screen, guide.cell) is DoorState.TARGET
    screen.guide.other.click()
    assert screen.guide.other.reasons() == (shop.words("lockers.guide.other.open", cell=guide.cell),)
    assert guide.cell in screen.guide.prompt.accessibleName()
    shop.kit.advance(seconds=61)
    screen._second_passed()
    assert state(screen, guide.cell) is DoorState.TOO_LONG
    assert shop.words("lockers.prompt.too-long") in screen.guide.prompt.accessibleName()
    assert shop.world is not None
    cell, number = guide.cell, int(guide.cell[-2:])
    device = "lock-a" if cell.startswith("B") else "lock-b"
    # shut without the bag in it: the reader does not see the tag, and the guide does not go on
    shop.world.act("close_door", device=device, door=number)
    shop.until(lambda: stands(guide)[Step.READ] is Stand.FAILED)
    assert stands(guide)[Step.CONFIRM] is Stand.WAITING
    shop.world.act("force_door", device=device, door=number)
    shop.until(guide.is_open)
    shop.world.act("put_bag", epc=FRESH, place=f"cell:{device}:{number}")
    shop.world.act("close_door", device=device, door=number)
    shop.until(lambda: stands(guide)[Step.CONFIRM] is Stand.NOW)
    screen.guide.act.click()
    shop.until(lambda: not guide.active)
    assert shop.said.infos == [("lockers.guide.stored", {"cell": cell})]
    shop.until(lambda: state(screen, cell) is DoorState.HOLDING)
    kept = screen.presenter.current_bank()
    assert kept is not None
    assert next(one for one in kept.cells if one.cell == cell).tag == FRESH
    assert not screen.presenter.waiting


def test_a_bag_that_is_not_weighed_is_led_to_the_step_first(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    fill(shop, weighed=False)
    screen = opened(shop, wired=True)
    shop.until(lambda: screen.presenter.waiting)
    assert screen.scanned(ScanKind.TAG, FRESH)
    guide = screen.presenter.guide
    guide.choose("P1003", "P1001")
    assert stands(guide)[Step.WEIGHT] is Stand.NOW
    screen.guide.act.click()
    assert shop.went == [("steps", HELD, "bag")]
    screen.guide.stop.click()
    assert not guide.active


def test_a_door_that_does_not_spring_open_is_not_called_open(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    fill(shop)
    screen = opened(shop, wired=True)
    shop.until(lambda: screen.presenter.waiting)
    guide = begin(screen, shop)
    assert shop.world is not None
    device = "lock-a" if guide.cell.startswith("B") else "lock-b"
    shop.world.act("jam_door", device=device, door=int(guide.cell[-2:]))
    screen.guide.act.click()
    shop.until(lambda: stands(guide)[Step.OPEN] in (Stand.FAILED, Stand.UNKNOWN))
    assert screen.guide.act.words() == shop.words("lockers.act.open.again")
    assert state(screen, guide.cell) is not DoorState.OPEN
    assert stands(guide)[Step.SHUT] is Stand.WAITING


def test_a_bag_is_given_back_and_nothing_tells_what_is_in_it(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    screen = opened(shop, wired=True)
    screen.presenter.choose_cell(LEAVING)
    shop.until(lambda: screen.presenter.hands)
    shop.until(lambda: state(screen, LEAVING) is DoorState.HOLDING)
    for secret in ("195", "手机", "腰带"):
        assert secret not in said(screen)
        assert secret not in screen.table.text_of(range(screen.table.rows.rowCount()))
    guide = begin(screen, shop)
    assert guide.cell == LEAVING
    screen.guide.act.click()
    shop.until(guide.is_open)
    assert shop.world is not None
    # shut with the bag still inside: the reader sees it
    shop.world.act("close_door", device="lock-b", door=5)
    shop.until(lambda: stands(guide)[Step.READ] is Stand.FAILED)
    shop.world.act("force_door", device="lock-b", door=5)
    shop.until(guide.is_open)
    shop.world.act("take_bag", epc=LEAVING_TAG)
    shop.world.act("close_door", device="lock-b", door=5)
    shop.until(lambda: stands(guide)[Step.CONFIRM] is Stand.NOW)
    screen.guide.act.click()
    shop.until(lambda: guide.taken)
    assert stands(guide)[Step.COUNT] is Stand.NOW
    shop.until(lambda: state(screen, LEAVING) is DoorState.EMPTY)
    screen.guide.act.click()
    assert shop.went[-1] == ("steps", guide.stay, "recount")


def test_a_silent_reader_leaves_the_tag_unknown(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    screen = opened(shop, wired=True)
    assert shop.world is not None
    screen.presenter.choose_cell(LEAVING)
    guide = begin(screen, shop)
    screen.guide.act.click()
    shop.until(guide.is_open)
    shop.world.act("unplug", device="tags-b")
    shop.world.act("close_door", device="lock-b", door=5)
    shop.until(lambda: stands(guide)[Step.READ] is Stand.UNKNOWN)
    door = guide.door()
    assert door is not None
    assert door.door is Door.CLOSED
    assert stands(guide)[Step.CONFIRM] is Stand.WAITING
