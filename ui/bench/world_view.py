"""The simulated world to hand: doors, bags, the scale, cards, codes, lenses and plugs. Things are changed, never
readings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from devices.practice import Standing
from ui.bench.marks import Number, edged
from ui.bench.simulated import Simulated
from ui.context import Context
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.frame import Choice, Panel, StatePages
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State

MOST_GRAMS = 20_000
MOST_CODE = 600  # longer than a scanner's line may be, to see what comes of it


class WorldRow(QWidget):
    """One kind of thing: its icon, which one, how it stands, and what can be done to it."""

    def __init__(self, look: Look, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name = look, name
        px = look.theme.px
        head = QWidget(self)
        self.which = Choice(f"bench.world.{name}", head)
        self.which.setMinimumWidth(px(132))
        self.state = PlainLabel(role="bold", parent=self)
        self.state.setMinimumHeight(look.theme.box(34))
        self.state.setObjectName(f"bench.world.{name}.state")
        self.acts: dict[str, ActionButton] = {}
        inner = QHBoxLayout(head)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addWidget(IconLabel(look, icon, 20, head))
        inner.addWidget(self.which)
        self.body = Flow(self, gap=px(6))
        self.body.addWidget(head)
        self.body.addWidget(self.state)

    def add(self, act: str) -> ActionButton:
        """Add a button for an act."""
        button = ActionButton(self._look, "", small=True, parent=self)
        button.setObjectName(f"bench.world.{self._name}.{act}")
        self.acts[act] = button
        self.body.addWidget(button)
        return button

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Which ones there are; one is always in hand where there are any."""
        self.setVisible(bool(options))
        keys = [key for key, _ in options]
        if [self.which.itemData(number) for number in range(1, self.which.count())] != keys:
            self.which.offer(options)
        if self.which.key() not in keys and keys:
            self.which.choose(keys[0])


class WorldPanel(Panel):
    """Fed by `Simulated`; follows the device in hand."""

    def __init__(self, context: Context, look: Look, world: Simulated, parent: QWidget | None = None) -> None:
        super().__init__(look, "correct", parent=parent)
        self.setObjectName("bench.world")
        self._context, self._world = context, world
        self._followed = ""  # a device whose things are to be shown as soon as the world is seen
        edged(look, self)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(4))
        self.pages = StatePages(look, content, "bench.world", self, framed=False)
        self.body.addWidget(self.pages)
        self.body.addStretch(1)
        self.rows = {
            name: WorldRow(look, icon, name, content)
            for name, icon in (
                ("door", "door-open"),
                ("bag", "bag"),
                ("scale", "scale"),
                ("card", "card"),
                ("scanner", "barcode"),
                ("lens", "cameras"),
                ("plug", "plug"),
            )
        }
        for row in self.rows.values():
            if column.count():
                rule = QFrame(content)
                rule.setProperty("role", "rule")
                column.addWidget(rule)
            column.addWidget(row)
            row.which.currentIndexChanged.connect(lambda _: self._show_states())
        self.place = Choice("bench.world.place", self)
        self.grams = Number(look, self)
        self.deck = Choice("bench.world.deck", self)
        self.code = QLineEdit(self)
        self.code.setObjectName("bench.world.code")
        self.code.setMaxLength(MOST_CODE)
        self.code.setFixedWidth(look.theme.px(190))
        for choice, width in ((self.place, 132), (self.deck, 190), (self.rows["bag"].which, 168)):
            choice.setMinimumWidth(look.theme.px(width))
        self._fill()
        world.changed.connect(self.show_now)

    def _fill(self) -> None:
        rows, act = self.rows, self._act
        rows["door"].add("open").acted.connect(lambda: act("door", "force_door"))
        rows["door"].add("close").acted.connect(lambda: act("door", "close_door"))
        rows["door"].add("jam").acted.connect(self._jam)
        rows["bag"].body.addWidget(self.place)
        rows["bag"].add("put").acted.connect(self._put)
        rows["bag"].add("take").acted.connect(
            lambda: self._world.act("take_bag", epc=self.rows["bag"].which.key())
        )
        self.grams.setObjectName("bench.world.grams")
        self.grams.setRange(0, MOST_GRAMS)
        self.grams.setSuffix(" g")
        rows["scale"].add("swing").acted.connect(self._swing)
        rows["scale"].body.addWidget(self.grams)
        rows["scale"].add("weigh").acted.connect(
            lambda: self._world.act(
                "set_weight", device=self.rows["scale"].which.key(), grams=self.grams.value()
            )
        )
        rows["card"].body.addWidget(self.deck)
        rows["card"].add("lay").acted.connect(self._lay_card)
        rows["card"].add("lift").acted.connect(
            lambda: self._world.act("remove_card", device=self.rows["card"].which.key())
        )
        rows["scanner"].body.addWidget(self.code)
        rows["scanner"].add("scan").acted.connect(self._scan)
        self.code.returnPressed.connect(self._scan)
        rows["lens"].add("cover").acted.connect(self._cover)
        rows["plug"].add("pull").acted.connect(self._pull)

    # ------------------------------------------------------------ showing

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.set_title(w("bench.world"), w("bench.world.aside"))
        for name, row in self.rows.items():
            row.which.setAccessibleName(w(f"bench.world.{name}"))
            for act, button in row.acts.items():
                button.set_words(w(f"bench.act.{act}"))
        self.place.setAccessibleName(w("bench.world.place"))
        self.grams.setAccessibleName(w("bench.world.grams"))
        self.deck.setAccessibleName(w("bench.world.deck"))
        self.code.setAccessibleName(w("bench.world.code"))
        self.code.setPlaceholderText(w("bench.world.code"))
        self.show_now()

    def follow(self, device: str) -> None:
        """Show the things of the device in hand first, as soon as the world is seen."""
        self._followed = device
        self.show_now()

    def _follow(self, seen: Standing) -> None:
        device, self._followed = self._followed, ""
        if device in seen.doors and not self.rows["door"].which.key().startswith(f"{device}:"):
            self.rows["door"].which.choose(f"{device}:1")
        for name in ("scale", "card", "scanner", "lens", "plug"):
            which = self.rows[name].which
            if which.findData(device) >= 0:
                which.choose(device)

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        fields: dict[str, QWidget] = {
            "bag": self.place, "scale": self.grams, "card": self.deck, "scanner": self.code,
        }  # fmt: skip
        stops: list[QWidget] = []
        for name, row in self.rows.items():
            stops += [row.which, *([fields[name]] if name in fields else []), *row.acts.values()]
        return stops

    def show_now(self) -> None:
        """The world as it stands, or why it is not to be seen."""
        w, world = self._context.words, self._world
        seen = world.standing
        if not world.there():
            self.pages.say(State.EMPTY, w("bench.world.real.detail"), title=w("bench.world.real"))
        elif not world.may():
            self.pages.say(State.NO_PERMISSION, w("bench.send.no-role"))
        elif seen is not None:
            self._offer(seen)
            if self._followed:
                self._follow(seen)
            self._show_states()
            self.pages.show_content()
        elif world.error is not None:
            code = world.error.code
            self.pages.say(State.OFFLINE, w.advice(code), title=w(code, **world.error.values))
        else:
            self.pages.say(State.LOADING)

    def _offer(self, seen: Standing) -> None:
        rows = self.rows
        rows["door"].offer(
            [
                (f"{device}:{number}", f"{device} {number:02d}")
                for device, count in seen.doors.items()
                for number in range(1, count + 1)
            ]
        )
        rows["bag"].offer([(bag.epc, f"{bag.name} …{bag.epc[-4:]}".strip()) for bag in seen.bags])
        rows["scale"].offer([(device, device) for device in seen.weights])
        rows["card"].offer([(device, device) for device in seen.cards])
        rows["scanner"].offer([(device, device) for device in seen.scanned])
        rows["lens"].offer([(device, device) for device in seen.covered])
        rows["plug"].offer([(device, device) for device in seen.plugged])
        self._offer_places(seen)
        deck = [(card.id, f"{card.name} {card.id}") for card in seen.deck]
        if self.deck.count() != len(deck) + 1:
            self.deck.offer(deck)
            self.deck.choose(deck[0][0] if deck else "")

    def _offer_places(self, seen: Standing) -> None:
        """Desks, and cells whose door stands open: nothing goes through a closed door."""
        options = [(place, self._place_name(place)) for place in seen.places]
        cells = [f"cell:{door}" for door in seen.open]
        options += [(cell, self._place_name(cell)) for cell in cells]
        if [self.place.itemData(number) for number in range(1, self.place.count())] != [
            key for key, _ in options
        ]:
            self.place.offer(options)
            if not self.place.key() and options:
                self.place.choose(options[0][0])

    def _place_name(self, place: str) -> str:
        w = self._context.words
        if not place:
            return w("bench.world.in-hand")
        if place.startswith("cell:"):
            device, _, number = place.removeprefix("cell:").rpartition(":")
            return f"{device} {int(number):02d}"
        return self._context.room_name(place)

    def _show_states(self) -> None:
        seen = self._world.standing
        if seen is None:
            return
        w, rows = self._context.words, self.rows
        door = rows["door"].which.key()
        opened, jammed = door in seen.open, door in seen.jammed
        state = w("bench.world.open" if opened else "bench.world.closed")
        rows["door"].state.setText(w("bench.world.and-jammed", state=state) if jammed else state)
        rows["door"].acts["open"].setVisible(not opened)
        rows["door"].acts["close"].setVisible(opened)
        rows["door"].acts["jam"].set_words(w("bench.act.unjam" if jammed else "bench.act.jam"))
        bag = next((one for one in seen.bags if one.epc == rows["bag"].which.key()), None)
        rows["bag"].state.setText(self._place_name(bag.place) if bag is not None else "")
        rows["bag"].acts["take"].setVisible(bag is not None and bool(bag.place))
        grams, still = seen.weights.get(rows["scale"].which.key(), (0, True))
        swinging = rows["scale"].which.key() in seen.swinging
        rows["scale"].state.setText(w("bench.world.still" if still else "bench.world.moving", grams=grams))
        rows["scale"].acts["swing"].set_words(w("bench.act.settle" if swinging else "bench.act.swing"))
        card = seen.cards.get(rows["card"].which.key(), "")
        named = next((one.name for one in seen.deck if one.id == card), "")
        rows["card"].state.setText(named if card else w("bench.world.no-card"))
        rows["card"].acts["lift"].setVisible(bool(card))
        scanned = seen.scanned.get(rows["scanner"].which.key(), "")
        rows["scanner"].state.setText(shortened(scanned) if scanned else w("bench.world.no-scan"))
        covered = seen.covered.get(rows["lens"].which.key(), False)
        rows["lens"].state.setText(w("bench.world.covered" if covered else "bench.world.clear"))
        rows["lens"].acts["cover"].set_words(w("bench.act.uncover" if covered else "bench.act.cover"))
        plugged = seen.plugged.get(rows["plug"].which.key(), False)
        rows["plug"].state.setText(w("bench.world.plugged" if plugged else "bench.world.unplugged"))
        rows["plug"].acts["pull"].set_words(w("bench.act.pull" if plugged else "bench.act.plug"))

    # ------------------------------------------------------------ acting

    def _act(self, name: str, act: str) -> None:
        device, _, number = self.rows[name].which.key().rpartition(":")
        if device:
            self._world.act(act, device=device, door=int(number))

    def _jam(self) -> None:
        seen, key = self._world.standing, self.rows["door"].which.key()
        device, _, number = key.rpartition(":")
        if seen is not None and device:
            self._world.act("jam_door", device=device, door=int(number), jammed=key not in seen.jammed)

    def _put(self) -> None:
        bag, place = self.rows["bag"].which.key(), self.place.key()
        if bag and place:
            self._world.act("put_bag", epc=bag, place=place)

    def _swing(self) -> None:
        seen, device = self._world.standing, self.rows["scale"].which.key()
        if seen is not None and device:
            self._world.act("swing", device=device, swinging=device not in seen.swinging)

    def _lay_card(self) -> None:
        device, card = self.rows["card"].which.key(), self.deck.key()
        if device and card:
            self._world.act("present_card", device=device, card=card)

    def _scan(self) -> None:
        device, code = self.rows["scanner"].which.key(), self.code.text()
        if device and code:
            self._world.act("scan_code", device=device, code=code)
            self.code.selectAll()

    def _cover(self) -> None:
        seen, device = self._world.standing, self.rows["lens"].which.key()
        if seen is not None and device:
            self._world.act("cover", device=device, covered=not seen.covered.get(device, False))

    def _pull(self) -> None:
        seen, device = self._world.standing, self.rows["plug"].which.key()
        if seen is not None and device:
            self._world.act("unplug" if seen.plugged.get(device) else "replug", device=device)


def shortened(code: str) -> str:
    """A long code by its ends."""
    return code if len(code) <= 16 else f"{code[:8]}…{code[-6:]}"
