"""The ordinary stay at the real window, as careful officers do it: every datum of the twelve forms, nothing in bulk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.benchmark.operator_time.acts import Acts
from tests.benchmark.operator_time.centre import CUSTODIAN, GUARD, LEADER, OFFICER, SECOND, card_of

BAND = "99000000000000000000BB01"
TAG = "990000000000000000000004"
SEAL = "FZ-0004"
BAG_GRAMS = 640
WITNESS = "测试壬"
ITEMS = (
    ("sj", "hs zb,pyhh", 186),
    ("qb", "zs pz", 0),
    ("xj", "rmb", 0),
    ("sfz", "br", 0),
    ("ys", "sb,yhs", 0),
    ("pd", "hs pz", 0),
)
"""What the person carries: initials of the name and of the features."""
COUNTED = "sj1 qb1 xj1 sfz1 ys1 pd1"
"""What the custodian counts, before the list is shown."""
CASH_YUAN = "320"


class OrdinaryStay(Acts):
    """Plays the stay, part by part."""

    band = BAND

    def parts(self) -> tuple[Callable[[], None], ...]:
        """The parts of the stay in their order, after the arrival."""
        return (
            self.register, self.inform, self.examine, self.search, self.list_effects, self.store,
            self.approve_entry, self.capture, self.hold, self.first_checks, self.interview, self.wait_again,
            self.go_out, self.come_back, self.propose, self.approve, self.give_back, self.leave,
        )  # fmt: skip

    # ------------------------------------------------------------ admission

    def arrive(self) -> None:
        seat = self.sit(OFFICER)
        forms, hand = seat.forms, self.hand
        self.world.act("present_card", device="card-1", card="card-01")
        hand.wait(lambda: seat.work.shell.current() == "steps", "the arrival on the step screen")
        hand.wait(lambda: forms.value("name") == "测试甲", "the name from the card")
        context = seat.work.context
        assert context is not None
        arrived = context.local(context.clock.now() - timedelta(minutes=10), "%H%M")
        forms.fill(capacity="suspect", arrival_mode="oral-summons")
        self.text("arrived_at", arrived)
        hand.scan(card_of(SECOND))
        hand.wait(lambda: len(forms.value("brought_by") or ()) == 2, "two officers")
        forms.fill(line_purpose="questioning")
        self.text("line_found-at", "示例市高新区测试路5号")
        self.text("line_present-address", "示例省示例市高新区测试路2号3栋401室")
        forms.fill(line_local="yes")
        self.text("phone", "10000000001")
        self.send()
        self.stay = forms.presenter.stay
        self.world.act("remove_card", device="card-1")

    def register(self) -> None:
        self.sit(OFFICER)
        forms = self.seat.forms
        self.at("photo")
        forms.read("photo")
        self.send()
        self.at("case")
        forms.fill(case_kind="public-order")
        self.text("cause", "odtr")
        forms.fill(accepted="yes", line_result="clear")
        self.sign("sign_entry-register", 0, 1)
        self.sign("sign_register-lookup", 0)
        self.sign("sign_arrival-account", 0, 1)
        self.sign("sign_capture-approval", 0)
        self.send()
        self.at("measure")
        self.send()

    def inform(self) -> None:
        forms = self.seat.forms
        self.at("rights")
        forms.fill(read_aloud="yes")
        self.sign("signatures", 0, 1)
        self.send()
        self.at("notice")
        forms.fill(outcome="made")
        self.text("recipient", "测试癸")
        self.text("relation", "fq")
        self.text("phone", "10000000002")
        forms.fill(method="phone")
        self.text("line_content", "gz")
        self.sign("sign_family-notice", 0)
        self.send()
        self.at("band")
        self.hand.scan(BAND)
        forms.came("band", BAND)
        self.send()

    def examine(self) -> None:
        forms = self.seat.forms
        self.at("health", "screen-health")
        forms.fill(questions="no")
        self.text("seen", "zc")
        for line, value in (
            ("temperature", "36.5"),
            ("pressure", "120/80"),
            ("pulse", "72"),
            ("breath", "0"),
        ):
            self.text(f"line_{line}", value)
        forms.fill(line_result="fit")
        self.sign("sign_examination", 0, 1, 2)
        self.send()

    def search(self) -> None:
        forms = self.seat.forms
        self.at("search", "begin-search")
        self.text("witness", WITNESS)
        self.send()
        self.at("search", "record-finding")
        forms.fill(
            finding="none", injury="no", line_condition="good", line_alcohol="no", line_surface="normal"
        )
        self.send()
        self.at("search", "end-search")
        self.sign("signatures", 0, 1, 2, 3, 4)
        self.send()

    def list_effects(self) -> None:
        forms = self.seat.forms
        for name, features, _ in ITEMS:
            self.at("property-list", "list-item")
            self.hand.wait(lambda: not forms.value("name"), "an empty line for the next item")
            self.text("name", name)
            self.text("features", features)
            if name == "xj":
                forms.fill(quantity="1")
            self.send()
        self.at("property-list", "count-cash")
        self.text("fen", CASH_YUAN)
        self.send(card_of(CUSTODIAN))
        self.at("property-list", "sign-property-list")
        forms.fill(**{"line_case-property": "none"})
        self.sign("signatures", 0, 1, 2, 3)
        self.send()

    def store(self) -> None:
        forms, hand, world = self.seat.forms, self.hand, self.world
        self.at("bag", "fill-bag")
        world.act("put_bag", epc=TAG, place="desk-1", grams=BAG_GRAMS)
        forms.came("tag", TAG)
        hand.scan(SEAL)
        forms.came("seal", SEAL)
        forms.came("grams")
        self.send()
        self.at("bag", "open-cell")
        hand.wait(lambda: forms.value("cell"), "a free door")
        shut = set(world.act("state")["open"])
        self.send(card_of(CUSTODIAN))
        door = hand.wait(lambda: set(world.act("state")["open"]) - shut, "the door").pop()
        lock, _, number = door.rpartition(":")
        self.seats.handle("walk")
        world.act("put_bag", epc=TAG, place=f"cell:{lock}:{number}")
        world.act("close_door", device=lock, door=int(number))
        self.at("bag", "store-bag")
        forms.read("read_back")
        self.send(card_of(CUSTODIAN))

    def approve_entry(self) -> None:
        """The leader signs what waits: entry and capture."""
        self.open_at(LEADER)
        self.at("approvals")
        self.sign("sign_entry-register", 0)
        self.sign("sign_capture-approval", 0)
        self.send()

    def capture(self) -> None:
        self.sit(OFFICER)
        forms = self.seat.forms
        self.at("capture", "capture-room")
        self.send()
        self.at("capture", "capture-information")
        self.text("basis", "qr")
        forms.fill(line_stored="yes", line_match="none", line_alias="none")
        self.text("line_job", "示例公司职员")
        forms.fill(line_education="senior", line_marital="single", line_political="masses", line_deputy="no")
        for line, value in (("height", "175"), ("weight", "70"), ("shoe", "42")):
            self.text(f"line_{line}", value)
        forms.fill(line_blood="a", line_accent="local", line_build="medium", line_face="round")
        self.text("line_feature", "df,wmxtz")
        self.sign("sign_capture-sheet", 0, 1)
        self.send()

    # ------------------------------------------------------------ handling

    def hold(self) -> None:
        forms = self.seat.forms
        self.at("observation")
        forms.fill(level="general", room="holding-1")
        self.send()

    def first_checks(self) -> None:
        for _ in range(2):
            self.later(15)
            self.check()

    def check(self) -> None:
        self.open_at(GUARD)
        forms = self.seat.forms
        self.at("checks")
        forms.fill(method="in-room", response="3", anomaly="no")
        self.send()

    def interview(self) -> None:
        self.later(10)
        self.sit(OFFICER)
        forms = self.seat.forms
        self.at("interview", "preflight")
        forms.fill(room="interview-2", recording="yes")
        self.send()
        self.at("interview", "open-interview")
        self.send()
        self.at("interview", "first-questions")
        forms.fill(
            **{
                "line_answer-identity": "听清楚了",
                "line_answer-rights": "收到并看过,没有异议",
                "line_answer-recusal": "不申请",
                "line_answer-past": "没有受过处罚",
                "line_answer-health": "身体正常,可以接受询问",
                "line_answer-rest": "已安排饮水休息",
            }
        )
        self.send()
        self.later(4)  # the interview itself: whoever writes it down touches the window all the while
        self.hand.press("Ctrl+E")
        self.hand.wait(lambda: forms.at()[1] == "end-interview", "the end of the interview")
        self.text("pages", "3")
        self.sign("signatures", *range(8))
        self.send()

    def wait_again(self) -> None:
        self.at("room", "place-in-room")
        if not self.seat.forms.value("room"):
            self.seat.forms.fill(room="holding-1")
        self.send()
        self.later(5)
        self.open_at(GUARD)
        forms = self.seat.forms
        self.at("care")
        forms.fill(care="meal", outcome="accepted")
        self.text("line_kind", "hf")
        forms.fill(water="yes")
        self.sign("sign_meal-record", 0)
        self.send()
        self.later(15)
        self.check()

    def go_out(self) -> None:
        self.later(10)
        self.sit(OFFICER)
        forms = self.seat.forms
        self.at("return", "begin-temporary-exit")
        forms.fill(reason="identification")
        self.seats.handle("carry")  # who approves comes to the desk and goes back
        self.send(card_of(LEADER))

    def come_back(self) -> None:
        self.later(30)
        self.sit(OFFICER)
        forms = self.seat.forms
        self.at("return", "end-temporary-exit")
        self.text("seen", "wyc")
        self.send()
        self.at("search", "begin-search")
        self.send()
        self.at("search", "record-finding")
        forms.fill(finding="none", injury="no")
        self.send()
        self.at("search", "end-search")
        self.sign("signatures", 0, 1, 2, 3)
        self.send()
        self.at("room", "place-in-room")
        if not forms.value("room"):
            forms.fill(room="holding-1")
        self.send()

    # ------------------------------------------------------------ departure

    def propose(self) -> None:
        self.later(20)
        forms = self.seat.forms
        self.at("outcome", "propose-outcome")
        forms.fill(outcome="questioning-ended")
        self.text("basis", "czjs")
        self.sign("sign_outcome-approval", 0, 1, 2)
        self.send()

    def approve(self) -> None:
        self.open_at(LEADER)
        self.at("outcome", "approve-outcome")
        self.sign("sign_outcome-approval", 0)
        self.send()

    def give_back(self) -> None:
        self.open_at(CUSTODIAN)
        forms, hand, world = self.seat.forms, self.hand, self.world
        self.at("bag-out", "open-cell-return")
        hand.wait(lambda: forms.value("bag"), "the bag")
        assert forms.value("second"), "who stored it with the custodian"
        self.send(card_of(OFFICER))
        _, lock, door = str(world.act("state")["bags"][TAG]).split(":")
        hand.wait(lambda: f"{lock}:{door}" in world.act("state")["open"], "the door")
        self.seats.handle("walk")
        world.act("put_bag", epc=TAG, place="desk-1")
        world.act("close_door", device=lock, door=int(door))
        self.at("bag-out", "take-bag")
        assert forms.value("second"), "who stored it with the custodian"
        self.send(card_of(OFFICER))
        self.at("recount", "count-property-blind")
        self.text_in("lines", ".0.name", COUNTED)
        self.text("fen", CASH_YUAN)
        if not (forms.value("grams") or {}).get("value"):
            forms.read("grams")
        self.send()
        for _ in ITEMS:
            left = len(forms.presenter.facts().stay.effects.unsettled)
            self.at("return-items", "settle-item")
            hand.wait(lambda: forms.value("item"), "the next item")
            forms.fill(disposition="returned")
            self.send()
            hand.wait(
                lambda left=left: len(forms.presenter.facts().stay.effects.unsettled) < left, "the item"
            )
        self.at("receipt")
        forms.fill(**{"line_not-returned": "none"})
        self.sign("signatures", 0, 1)
        self.send()

    def leave(self) -> None:
        self.sit(OFFICER)
        forms = self.seat.forms
        self.at("reidentify")
        forms.fill(band="matches", photo="matches", question="matches")
        self.send()
        self.at("compare-injuries")
        forms.fill(new="no", line_condition="good")
        self.sign("sign_departure-sheet", 0, 1)
        self.send()
        self.at("depart", "depart")
        self.send()
