"""One ordinary stay, from the card on the reader to the door, as several colleagues do it at one window.

Everything goes in by the hand; the world (who lays which card, where the bag is, which door is pushed shut) is moved
by its own acts, as people move it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from devices.practice import PracticeWorld
from ui.demo.forms import Forms
from ui.demo.hand import Hand
from ui.workplace import Workplace
from workstation.services.practice import PRACTICE_SECRET

INTAKE, SEARCHER, CUSTODIAN, GUARD = "1001", "1002", "1003", "1004"
OFFICER, SECOND_OFFICER, LEADER, LEGAL = "1010", "1002", "1007", "1008"  # the others sit in an interview
CASH_FEN = 41250
PHONE_GRAMS = 186


def card_of(number: str) -> str:
    """What the card of a practice colleague carries."""
    return f"STAFF-{number}"


def sign_in(hand: Hand, work: Workplace, number: str) -> None:
    """Sign in at the sign-in screen by number and secret; returns when a screen is shown."""
    hand.wait(lambda: work.sign_in is not None and work.sign_in.welcome, "the station's greeting")
    hand.go("login.number")
    hand.type(number)
    hand.press("Return")
    hand.wait(lambda: hand.see("login.secret").hasFocus(), "login.secret")
    hand.type(PRACTICE_SECRET)
    hand.press("Return")
    hand.wait(lambda: work.cover is None and work.shell.current(), f"the first screen of {number}")


@dataclass(frozen=True)
class Things:
    """What this person brings: identity card, band, bag by its tag, seal and weight, and the interview room."""

    card: str = "card-01"
    name: str = "测试甲"
    band: str = "99000000000000000000BB01"
    tag: str = "990000000000000000000004"
    seal: str = "FZ-0004"
    grams: int = 240
    room: str = "interview-2"


class WholeStay:
    """The parts of a stay in their order; `prints`: the folder that papers are put in; `shown(name)` is called where a picture is worth taking."""

    def __init__(
        self,
        hand: Hand,
        work: Workplace,
        world: PracticeWorld,
        prints: Path,
        things: Things | None = None,
        *,
        shown: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.hand, self.work, self.world = hand, work, world
        self.things = things or Things()
        self.forms = Forms(hand, work)
        self._prints = prints
        self._shown = shown
        self.stay = ""

    # ------------------------------------------------------------ who is at the window

    def sign_in(self, number: str) -> None:
        """Somebody signs in by number and secret; whoever was there is locked out first."""
        hand, work = self.hand, self.work
        if work.cover is None:
            hand.press("Ctrl+L")
            hand.see("lock.other")
            hand.press("Ctrl+O")
        sign_in(hand, work, number)
        self._wait_for_board()

    def _wait_for_board(self) -> None:
        if self.work.shell.current() == "board":
            self.hand.wait(lambda: self._card_numbers(), "the board")

    def _card_numbers(self) -> list[str]:
        board = self.work.shell.screen_widget("board")
        cards = getattr(board, "cards", None)
        return [one.key for one in cards.cards()] if cards is not None else []

    def open_stay(self) -> None:
        """The person in hand by a scan of their band, on whatever screen."""
        self.hand.press("F1")
        self.hand.scan(self.things.band)
        self.hand.press("F2")

    # ------------------------------------------------------------ admission

    def arrive(self) -> None:
        """Card on the reader, the stay begins."""
        hand, forms, things = self.hand, self.forms, self.things
        self.world.act("present_card", device="card-1", card=things.card)
        hand.wait(lambda: self.work.shell.current() == "steps", "the arrival on the step screen")
        hand.wait(lambda: forms.value("name") == things.name, "the name from the card")
        context = self.work.context
        assert context is not None, "somebody is signed in"
        arrived = context.local(context.clock.now() - timedelta(minutes=6))
        forms.fill(
            capacity="suspect",
            arrival_mode="oral-summons",
            arrived_at=arrived,
            unit_kind="station",
            brought_by=f"{OFFICER} {SECOND_OFFICER}",
        )
        self._shown("arrival")
        forms.send()
        self.stay = forms.presenter.stay
        self.world.act("remove_card", device="card-1")

    def establish(self) -> None:
        """Photograph, case and measure."""
        forms = self.forms
        forms.take("photo")
        forms.read("photo")
        self._shown("photo")
        forms.send()
        forms.take("case")
        forms.fill(case_number="演-2026-0901", case_kind="public-order", cause="殴打他人", accepted="yes")
        forms.send()
        forms.take("measure")
        forms.fill(measure="summons", oral="yes", ground="现场发现，口头传唤")
        self._shown("measure")
        forms.send()

    def inform(self) -> None:
        """Rights, family, band, health."""
        forms, things = self.forms, self.things
        forms.take("rights")
        forms.fill(language="zh", read_aloud="yes", signatures=())
        self._shown("rights")
        forms.send()
        forms.take("notice")
        forms.fill(
            notice="family",
            outcome="made",
            recipient="测试亲属",
            relation="配偶",
            phone="10000000002",
            method="phone",
        )
        forms.send()
        forms.take("band")
        self.hand.scan(things.band)
        forms.came("band", things.band)
        forms.send()
        forms.take("health")
        forms.fill(questions="no", seen="神志清楚，行走正常", by_physician="no")
        self._shown("health")
        forms.send()

    def search(self) -> None:
        """By two: begin, findings, injuries, end."""
        forms = self.forms
        forms.take("search")
        self.hand.scan(card_of(SEARCHER))
        self.hand.wait(lambda: len(forms.value("officers") or ()) == 2, "two officers")
        forms.fill(place="search", witness="测试见证人")
        forms.send()
        forms.take("search", "record-finding")
        forms.fill(finding="none")
        forms.send()
        forms.take("search", "record-injury")
        forms.fill(injury="no", statement="本人称无伤")
        forms.send()
        forms.take("search", "end-search")
        self._shown("search")
        forms.fill(signatures=())
        forms.send()

    # ------------------------------------------------------------ effects

    def list_items(self) -> None:
        """Phone with its weight, cash counted by two, belt; then the signatures."""
        forms, hand = self.forms, self.hand
        forms.take("property-list", "list-item")
        self.world.act("set_weight", device="scale-1", grams=PHONE_GRAMS)
        forms.fill(name="sj", features="黑色直板")
        forms.read("grams")
        self._shown("items")
        self.world.act("set_weight", device="scale-1", grams=0)
        forms.send()
        self._another("xj", quantity="13")
        self._another("yd", features="黑色 金属扣")
        forms.take("property-list", "count-cash")
        forms.fill(fen=f"{CASH_FEN / 100:.2f}", denominations="100×4 10×1 1×2 0.5×1")
        hand.scan(card_of(CUSTODIAN))
        hand.wait(lambda: len(forms.value("counters") or ()) == 2, "two counters")
        forms.send(card_of(CUSTODIAN))
        forms.take("property-list", "sign-property-list")
        forms.fill(signatures=())
        self._shown("list")
        forms.send()

    def _another(self, name: str, **more: str) -> None:
        forms = self.forms
        forms.take("property-list", "list-item")
        self.hand.wait(lambda: not forms.value("name"), "an empty line for the next item")
        forms.fill(name=name, **more)
        forms.send()

    def store(self) -> None:
        """Bag, seal, weight; the door by two; the bag into it; read back; stored."""
        forms, hand, things, world = self.forms, self.hand, self.things, self.world
        forms.take("bag", "fill-bag")
        world.act("put_bag", epc=things.tag, place="desk-1", grams=things.grams)
        forms.came("tag", things.tag)
        hand.scan(things.seal)
        forms.came("seal", things.seal)
        forms.read("grams")
        self._shown("bag")
        forms.send()
        forms.take("bag", "open-cell")
        hand.wait(lambda: forms.value("cell"), "a free door")
        cell = str(forms.value("cell"))
        shut = set(world.act("state")["open"])
        forms.send(card_of(CUSTODIAN))
        lock, door = _door_of(
            hand.wait(lambda: set(world.act("state")["open"]) - shut, f"the door {cell}").pop()
        )
        world.act("put_bag", epc=things.tag, place=f"cell:{lock}:{door}")
        world.act("close_door", device=lock, door=door)
        forms.take("bag", "store-bag")
        hand.wait(lambda: forms.value("cell") == cell, "the same door")
        forms.read("read_back")
        self._shown("store")
        forms.send(card_of(CUSTODIAN))

    # ------------------------------------------------------------ handling

    def hold(self, room: str = "holding-1") -> None:
        """Observation, holding room, a check with the band, water."""
        forms, things = self.forms, self.things
        forms.take("observation")
        forms.fill(level="general", interval_min="30", reason="常规")
        forms.send()
        forms.take("room", "place-in-room")
        forms.fill(room=room)
        if not forms.value("guard"):
            forms.fill(guard=GUARD)
        forms.send()
        forms.take("checks")
        forms.fill(method="at-door", response="3", anomaly="no")
        self.hand.scan(things.band)
        forms.came("band", things.band)
        forms.fill(seen="坐着，应答正常")
        self._shown("check")
        forms.send()
        forms.take("care")
        forms.fill(care="water", outcome="accepted")
        forms.send()

    def preflight(self) -> None:
        """The interview room is looked at before."""
        forms = self.forms
        forms.take("interview", "preflight")
        forms.fill(room=self.things.room, recording="yes", detail="画面、声音、存储正常")
        forms.send()

    def interview(self) -> None:
        """Open, mark, sign, end."""
        forms = self.forms
        forms.take("interview", "open-interview")
        forms.fill(type="questioning", room=self.things.room)
        self.hand.scan(card_of(SECOND_OFFICER))
        self.hand.wait(lambda: len(forms.value("officers") or ()) == 2, "two officers")
        self._shown("interview")
        forms.send()
        forms.take("interview", "mark-interview")
        forms.fill(mark="承认推搡")
        forms.send()
        forms.take("interview", "sign-interview-record")
        forms.fill(pages="2", signatures=())
        self._shown("record")
        forms.send()
        forms.take("interview", "end-interview")
        forms.fill(pages="2")
        forms.send()

    # ------------------------------------------------------------ departure

    def propose(self) -> None:
        """The case officer proposes the outcome."""
        forms = self.forms
        forms.take("outcome", "propose-outcome")
        forms.fill(outcome="questioning-ended", paper="演-结-0901", basis="询问查证结束")
        self._shown("outcome")
        forms.send()

    def approve(self) -> None:
        """The duty leader approves it."""
        self.forms.take("outcome", "approve-outcome")
        self._shown("approve")
        self.forms.send()

    def reidentify(self) -> None:
        """Band, photograph and question agree."""
        forms = self.forms
        forms.take("reidentify")
        forms.fill(band="matches", photo="matches", question="matches")
        forms.send()

    def take_out(self) -> None:
        """The door by two, the bag out and onto the desk."""
        forms, hand, things, world = self.forms, self.hand, self.things, self.world
        forms.take("bag-out", "open-cell-return")
        hand.wait(lambda: forms.value("bag"), "the bag")
        if not forms.value("second"):
            forms.fill(second=INTAKE)
        forms.send(card_of(INTAKE))
        place = str(world.act("state")["bags"][things.tag])
        _, lock, door = place.split(":")
        hand.wait(lambda: f"{lock}:{door}" in world.act("state")["open"], f"the door {lock} {door}")
        world.act("put_bag", epc=things.tag, place="desk-1")
        world.act("close_door", device=lock, door=int(door))
        forms.take("bag-out", "take-bag")
        if not forms.value("second"):
            forms.fill(second=INTAKE)
        forms.send(card_of(INTAKE))

    def recount(self) -> None:
        """Counted and weighed before the list is seen."""
        forms = self.forms
        forms.take("recount", "count-property-blind")
        forms.read("grams")
        forms.fill(
            lines=(("手机", 1), ("现金", 13), ("腰带", 1)),
            fen=f"{CASH_FEN / 100:.2f}",
        )
        self._shown("recount")
        forms.send()

    def give_back(self) -> None:
        """Each thing by itself."""
        forms = self.forms
        forms.take("return-items", "settle-item")
        while forms.presenter.facts().stay.effects.unsettled:
            left = len(forms.presenter.facts().stay.effects.unsettled)
            forms.take("return-items", "settle-item")
            self.hand.wait(lambda: forms.value("item"), "the next item")
            forms.fill(disposition="returned")
            if left == 1:
                self._shown("return")
            forms.send()
            self.hand.wait(partial(self._fewer_than, left), "the item")

    def _fewer_than(self, left: int) -> bool:
        return len(self.forms.presenter.facts().stay.effects.unsettled) < left

    def receipt(self) -> None:
        """The person signs for what came back."""
        forms = self.forms
        forms.take("receipt")
        forms.fill(signatures=())
        self._shown("receipt")
        forms.send()

    def compare(self) -> None:
        """No new injuries."""
        self.forms.take("compare-injuries")
        self.forms.fill(new="no")
        self.forms.send()

    def depart(self) -> None:
        """Out of the door."""
        forms = self.forms
        forms.take("depart", "depart")
        forms.fill(destination="自行离开", receiver="本人")
        self._shown("depart")
        forms.send()

    def print(self, task: str, form: str = "") -> None:
        """Print what belongs to a form."""
        self.forms.take(task, form)
        self.print_here(task)

    def print_here(self, what: str) -> None:
        """Print what belongs to what is shown."""
        before = self.printed()
        self.hand.press("Ctrl+P")
        self.hand.wait(self._readable, f"the preview of {what}")
        self.hand.press("Ctrl+S")
        self.hand.wait(lambda: self.printed() > before, f"the paper of {what}")
        self.hand.press("Esc")

    def _readable(self) -> bool:
        save = self.hand.find("preview.save")
        return save is not None and save.isEnabled()

    def printed(self) -> int:
        """How many papers were printed."""
        return len(list(self._prints.glob("*.pdf")))


def _door_of(opened: str) -> tuple[str, int]:
    """Lock device and door of what the world says stands open: `lock-a:4`."""
    lock, _, number = opened.rpartition(":")
    return lock, int(number)
