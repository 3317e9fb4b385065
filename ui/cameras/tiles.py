"""What stands on a tile, in the list and in the table, as values made of how a camera stands."""

from __future__ import annotations

from datetime import timedelta

from ui.cameras.presenter import CamerasPresenter
from ui.cameras.standing import Loud, Standing, Taped, Worth
from ui.context import Context
from ui.theme import Level
from ui.widgets.camera import Picture, TileData
from ui.widgets.keyed import Cell, Row
from ui.widgets.shapes import Shape

PICTURES = {
    Worth.LIVE: Picture.LIVE,
    Worth.FROZEN: Picture.FROZEN,
    Worth.COVERED: Picture.COVERED,
    Worth.MASKED: Picture.LIVE,
    Worth.LOST: Picture.LOST,
}
ICONS = {Worth.FROZEN: "frozen", Worth.COVERED: "covered", Worth.LOST: "video-lost", Worth.MASKED: "hidden"}
LEVELS = {Loud.RED: Level.RED, Loud.YELLOW: Level.YELLOW}
SHAPES = {
    Loud.RED: Shape.TRIANGLE,
    Loud.YELLOW: Shape.DIAMOND,
    Loud.UNKNOWN: Shape.UNKNOWN,
    Loud.NONE: Shape.GOOD,
}


def lasting(past: timedelta) -> str:
    """`0:36`, `3:12`, `1:02:07`."""
    seconds = max(0, int(past.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


class Drawing:
    """Turns how a camera stands into words; `presenter` knows places and people."""

    def __init__(self, context: Context, presenter: CamerasPresenter) -> None:
        self._context, self._presenter = context, presenter

    def tile(self, camera: str) -> TileData:
        """The tile of a camera."""
        w, stands = self._context.words, self._presenter.standing(camera)
        seen = self._presenter.seen[camera]
        message, detail = self._message(stands)
        level = LEVELS.get(stands.loud, Level.NONE)
        masks = seen.hidden if stands.worth in (Worth.LIVE, Worth.MASKED) else ()
        return TileData(
            place=self._presenter.place_of(camera),
            who=" ".join(self._presenter.people_in(camera)),
            state=PICTURES[stands.worth],
            state_word=self.state_word(stands),
            state_icon=self._icon(stands),
            recording=stands.taped is Taped.RUNS,
            level=level,
            level_word=w(f"cameras.level.{stands.loud}") if level is not Level.NONE else "",
            time=self._time(stands),
            health=self.health(stands),
            message=message,
            detail=detail,
            masks=masks,
            mask_word=w("cameras.masked") if masks else "",
        )

    def state_word(self, stands: Standing) -> str:
        """One word for the state: what is wrong with the picture first, then whether it is recorded."""
        w = self._context.words
        if stands.worth in (Worth.LIVE, Worth.MASKED):
            return w(f"cameras.taped.{stands.taped}")
        return w(f"cameras.state.{stands.worth}")

    def _icon(self, stands: Standing) -> str:
        if stands.worth is Worth.LIVE or (stands.worth is Worth.MASKED and stands.taped is not Taped.NONE):
            return "look" if stands.taped is Taped.NONE else "not-recorded"
        return ICONS.get(stands.worth, "look")

    def _time(self, stands: Standing) -> str:
        if stands.taken is None:
            return ""
        time = self._context.local(stands.taken, "%H:%M:%S")
        return time if stands.worth is not Worth.LOST else self._context.words("cameras.last", time=time)

    def health(self, stands: Standing) -> str:
        """Pictures a second, age of the picture, offset of the camera's clock."""
        w = self._context.words
        if stands.worth is Worth.LOST:
            return ""
        lag = f"{stands.lag.total_seconds():.1f}" if stands.lag is not None else "?"
        return w("cameras.health", fps=f"{stands.fps:.0f}", lag=lag)

    def _message(self, stands: Standing) -> tuple[str, str]:
        """The words in the picture that say that it is not live, and what else is known."""
        w, now = self._context.words, self._context.clock.now()
        if stands.worth in (Worth.LIVE, Worth.MASKED):
            return "", ""
        if stands.worth is Worth.FROZEN and stands.taken is not None:
            since = stands.since if stands.reason == "device.camera.frozen" else None
            stopped = since or stands.taken
            time = self._context.local(stopped, "%H:%M:%S")
            return w("cameras.frozen.at", time=time), w("cameras.frozen.for", span=lasting(now - stopped))
        if stands.worth is Worth.COVERED:
            span = lasting(now - stands.since) if stands.since is not None else ""
            code = "cameras.covered.taped" if stands.taped is Taped.RUNS else "cameras.covered.detail"
            return w("cameras.covered", span=span), w(code)
        if not stands.reason and stands.since is None:
            return w("cameras.wait"), ""
        span = lasting(now - stands.since) if stands.since is not None else ""
        reason = w(stands.reason, device=stands.camera) if stands.reason else ""
        return w("cameras.lost", span=span).strip(), f"{reason} {w('cameras.lost.detail')}".strip()

    # ------------------------------------------------------------ list and table

    def line(self, stands: Standing) -> Row:
        """A camera in the list of healths."""
        loud = stands.loud is not Loud.NONE
        wrong = loud and stands.worth in (Worth.LIVE, Worth.MASKED)
        told = self.state_word(stands) if loud or wrong else self._short(stands)
        return Row(
            stands.camera,
            (
                Cell(self._presenter.place_of(stands.camera), bold=loud, shape=SHAPES[stands.loud]),
                Cell(told, bold=loud, quiet=not loud),
            ),
        )

    def _short(self, stands: Standing) -> str:
        if stands.worth is Worth.LOST:
            return self._context.words("cameras.unknown")
        return f"{stands.fps:.0f}"

    def table_row(self, stands: Standing) -> Row:
        """A camera in the table: all that its tile says."""
        w = self._context.words
        lag = f"{stands.lag.total_seconds():.1f} s" if stands.lag is not None else "—"
        moment = self._context.local(stands.taken, "%H:%M:%S") if stands.taken is not None else "—"
        since = self._context.local(stands.since, "%m-%d %H:%M:%S") if stands.since is not None else ""
        lost = stands.worth is Worth.LOST
        return Row(
            stands.camera,
            (
                Cell(self._presenter.place_of(stands.camera), bold=True, shape=SHAPES[stands.loud]),
                Cell(" ".join(self._presenter.people_in(stands.camera))),
                Cell(w(f"cameras.state.{stands.worth}"), bold=stands.loud is not Loud.NONE),
                Cell(w(f"cameras.taping.{stands.taped}")),
                Cell("—" if lost else f"{stands.fps:.0f}"),
                Cell("—" if lost else lag),
                Cell(w("cameras.clock.unknown")),
                Cell(moment),
                Cell(since),
                Cell(w(stands.reason, device=stands.camera) if stands.reason else ""),
            ),
        )


TABLE_COLUMNS = ("place", "who", "picture", "taped", "fps", "lag", "clock", "moment", "since", "reason")
