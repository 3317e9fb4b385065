"""The track of the player as values: where its stretches, gaps, markers, clip and cursor stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ui.cameras.player import Marker, Player
from ui.context import Context
from ui.widgets.track import Piece, TrackData


def track_of(context: Context, player: Player, markers: Sequence[Marker]) -> TrackData:
    """The track as it stands now."""
    w, span = context.words, player.span()
    if span is None:
        return TrackData(spoken=w("cameras.track.none"))
    first, last = span
    whole = max((last - first) / timedelta(seconds=1), 1.0)

    def part(at: datetime) -> float:
        return min(1.0, max(0.0, (at - first) / timedelta(seconds=1) / whole))

    stretches, at, bounds = player.stretches, player.at, (player.start, player.end)
    return TrackData(
        pieces=tuple(
            Piece(
                part(one.began), part(one.until), context.room_name(one.row.held.room), shut=not one.row.open
            )
            for one in stretches
        ),
        gaps=tuple(
            (part(max(gap.began, one.began)), part(min(gap.ended or one.until, one.until)))
            for one in stretches
            for gap in one.row.held.gaps
            if gap.began < one.until and (gap.ended or one.until) > one.began
        ),
        marks=tuple(part(one.at) for one in markers),
        cursor=part(at) if at is not None else None,
        clip=(part(bounds[0]) if bounds[0] else None, part(bounds[1]) if bounds[1] else None),
        first=context.local(first, "%m-%d %H:%M:%S"),
        last=context.local(last, "%m-%d %H:%M:%S"),
        spoken=w("cameras.track", time=context.local(at, "%H:%M:%S") if at else "—"),
    )
