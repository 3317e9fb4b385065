"""What ships in resources can be used as it is."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import av
import pytest

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.mark.parametrize("icon", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_an_icon_takes_its_colour_from_the_token(icon: Path) -> None:
    drawing = ET.parse(icon).getroot()
    assert drawing.get("viewBox") == "0 0 24 24"
    assert (drawing.get("stroke"), drawing.get("fill")) == ("currentColor", "none")


@pytest.mark.parametrize("number", range(1, 7))
def test_a_practice_camera_has_a_clip_that_loops(number: int) -> None:
    file = RESOURCES / f"media/cam{number}.mp4"
    assert file.stat().st_size < 400_000
    with av.open(str(file)) as clip:
        stream = clip.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 640, 360)
        packets = [packet for packet in clip.demux(stream) if packet.size]
    # A keyframe every second lets a viewer join, and without B-frames packets come in the order of showing.
    assert [index for index, packet in enumerate(packets) if packet.is_keyframe] == list(range(0, 96, 12))
    assert all(packet.pts == packet.dts for packet in packets)
    assert len(packets) == 96
