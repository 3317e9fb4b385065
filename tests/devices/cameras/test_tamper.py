"""A covered lens and a picture that stands still, told from the shipped films and from pictures made here."""

from pathlib import Path

import av
import numpy as np
import pytest

from devices.cameras.tamper import COVERED, FROZEN, HEIGHT, WIDTH, Tamper

MEDIA = Path(__file__).parents[3] / "resources/media"


def seen(name):
    """What is told over a film, at its own pace."""
    tamper, told = Tamper(), []
    with av.open(str(MEDIA / name)) as container:
        for frame in container.decode(video=0):
            grey = frame.reformat(WIDTH, HEIGHT, "gray").to_ndarray()
            told.append(tamper.see(grey, float(frame.time)))
    return told


@pytest.mark.parametrize("number", range(1, 7))
def test_a_room_is_seen(number):
    assert set(seen(f"cam{number}.mp4")) == {""}


def test_a_covered_lens_is_told_after_a_second():
    told = seen("covered.mp4")
    assert told[0] == ""
    assert told[-1] == COVERED


def test_a_picture_that_never_moves_is_frozen_and_moves_on_again():
    tamper = Tamper()
    rng = np.random.default_rng(7)
    still, other = (rng.integers(0, 255, (HEIGHT, WIDTH), np.uint8) for _ in range(2))
    assert [tamper.see(still, at) for at in (0.0, 1.5, 2.9, 3.0, 9.0)] == ["", "", "", FROZEN, FROZEN]
    assert tamper.see(other, 9.5) == ""
