"""The player: which play, from which seed, how fast, and what has happened of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from devices.practice import Playing
from ui.bench.faults_view import MOST_SEED
from ui.bench.marks import Number, edged
from ui.bench.simulated import Simulated
from ui.context import Context
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.flow import Flow
from ui.widgets.frame import Choice, Panel, StatePages
from ui.widgets.keyed import Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.states import State

SPEEDS = (1, 10, 60)


class PlayPanel(Panel):
    """Fed by `Simulated`."""

    def __init__(self, context: Context, look: Look, world: Simulated, parent: QWidget | None = None) -> None:
        super().__init__(look, "scenario", parent=parent)
        self.setObjectName("bench.play")
        self._context, self._world = context, world
        edged(look, self)
        px = look.theme.px
        content = QWidget()
        self.pages = StatePages(look, content, "bench.play", self, framed=False)
        self.body.addWidget(self.pages, 1)
        keys = QWidget(content)
        self.which = Choice("bench.play.which", content)
        self.seed = Number(look, content)
        self.seed.setObjectName("bench.play.seed")
        self.seed.setRange(0, MOST_SEED)
        self.seed_label = PlainLabel(role="secondary")
        self.load = ActionButton(look, "", small=True, parent=content)
        self.load.setObjectName("bench.play.load")
        self.bar = QProgressBar(content)
        self.speeds = Segments(look, "", [(str(speed), f"×{speed}") for speed in SPEEDS], keys)
        self.speeds.choose("1")
        self.run = ActionButton(look, "", icon="play", small=True, parent=keys)
        self.run.setObjectName("bench.play.run")
        self.step = ActionButton(look, "", icon="step-forward", small=True, parent=keys)
        self.step.setObjectName("bench.play.step")
        self.time = PlainLabel(role="bold")
        self.cues = KeyedTable(look, 2, 1, content, dense=True)
        self.cues.setObjectName("bench.play.cues")
        self.cues.horizontalHeader().hide()
        self.cues.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.cues.setMinimumHeight(px(110))
        top = QHBoxLayout()
        top.setSpacing(px(6))
        top.addWidget(self.seed_label)
        top.addWidget(self.seed, 1)
        top.addWidget(self.load)
        flow = Flow(keys)
        for widget in (self.speeds, self.run, self.step, self.time):
            flow.addWidget(widget)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.which)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(keys)
        column.addWidget(self.cues, 1)
        self.load.acted.connect(self._load)
        self.run.acted.connect(self._run)
        self.step.acted.connect(lambda: world.act("play_step"))
        self.speeds.chosen.connect(self._faster)
        world.changed.connect(self.show_now)

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        speeds = self.speeds.buttons.values()
        return [self.which, self.seed, self.load, *speeds, self.run, self.step, self.cues]

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.which.setAccessibleName(w("bench.play"))
        self.seed.setAccessibleName(f"{w('bench.play')} {w('bench.seed')}")
        self.seed.setSpecialValueText(w("bench.play.own-seed"))
        self.seed_label.setText(w("bench.seed"))
        self.load.set_words(w("bench.play.load"))
        self.step.set_words(w("bench.play.step"))
        self.speeds.setAccessibleName(w("bench.play.speed"))
        self.cues.setAccessibleName(w("bench.play.cues"))
        self.bar.setAccessibleName(w("bench.play.progress"))
        self.show_now()

    def show_now(self) -> None:
        """The play as it stands, or why there is none."""
        w, world = self._context.words, self._world
        self.set_title(w("bench.play"), "")
        if not world.there():
            self.pages.say(State.EMPTY, w("bench.world.real.detail"), title=w("bench.world.real"))
        elif not world.may():
            self.pages.say(State.NO_PERMISSION, w("bench.send.no-role"))
        elif world.standing is None:
            self.pages.say(State.UNKNOWN, w("device.sim.absent"))
        elif not world.standing.playing.plays:
            self.pages.say(State.EMPTY, w("bench.play.none.detail"), title=w("bench.play.none"))
        else:
            self._show(world.standing.playing)
            self.pages.show_content()

    def _show(self, playing: Playing) -> None:
        w = self._context.words
        options = [(play.id, w.pick(play.name_zh, play.name_en)) for play in playing.plays]
        if [self.which.itemText(number) for number in range(1, self.which.count())] != [
            words for _, words in options
        ]:
            self.which.offer(options)
            if not self.which.key():
                self.which.choose(playing.play or playing.plays[0].id)
        loaded = bool(playing.play)
        if loaded:
            title = w("bench.play.named", name=w.pick(playing.name_zh, playing.name_en))
            self.set_title(title, w("bench.play.seeded", seed=playing.seed))
        whole = max((cue.at_s for cue in playing.cues), default=0)
        played = min(playing.played_s, whole)
        self.bar.setRange(0, max(1, round(whole)))
        self.bar.setValue(round(played))
        self.bar.setFormat(f"{_clock(played)} / {_clock(whole)}")
        self.bar.setVisible(loaded)
        over = loaded and all(cue.done for cue in playing.cues)
        self.run.set_words(
            w("bench.play.pause" if playing.running else "bench.play.run"),
            "pause" if playing.running else "play",
        )
        against = [w("bench.play.first-load")] if not loaded else [w("bench.play.over")] if over else []
        self.run.set_refused(against)
        self.step.set_refused(against)
        self.time.setText(against[0] if against else "")
        self.time.setVisible(bool(against))
        if playing.running:
            self.speeds.choose(str(playing.speed))
        self.cues.setVisible(loaded)
        self.cues.rows.show(self._rows(playing))

    def _rows(self, playing: Playing) -> list[Row]:
        w, rows, coming = self._context.words, [], True
        for number, cue in enumerate(playing.cues):
            words = w.pick(cue.zh, cue.en)
            shape = Shape.DONE
            if cue.error:
                shape, words = Shape.FAULT, f"{words} — {w(cue.error)}"
            elif not cue.done:
                shape, coming = (Shape.INCOMPLETE if coming else Shape.NOT_STARTED), False
            rows.append(
                Row(str(number), (Cell(_clock(cue.at_s), shape=shape, bold=not cue.done), Cell(words)))
            )
        return rows

    def _load(self) -> None:
        if self.which.key():
            seed = {"seed": self.seed.value()} if self.seed.value() else {}
            self._world.act("play_load", play=self.which.key(), **seed)

    def _run(self) -> None:
        seen = self._world.standing
        if seen is not None and seen.playing.running:
            self._world.act("play_pause")
        else:
            self._world.act("play_run", speed=int(self.speeds.choice() or "1"))

    def _faster(self, speed: str) -> None:
        seen = self._world.standing
        if seen is not None and seen.playing.running:
            self._world.act("play_run", speed=int(speed))


def _clock(seconds: float) -> str:
    """`9:30` for minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
