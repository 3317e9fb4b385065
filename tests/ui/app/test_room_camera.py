"""The camera beside the step screen: waited for, seen, lost with its reason, and not there."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.station_kit import StationKit
from tests.ui.app.conftest import MakeWindow
from ui.demo.hand import Hand
from ui.steps.view import StepsScreen
from ui.widgets.camera import Picture
from workstation.services.practice import stay_id


def test_the_room_of_the_person_in_hand_is_seen(
    wired: StationKit, make_window: MakeWindow, qapp: QApplication
) -> None:
    window = make_window(wired.clock)
    window.at_work("1001")
    window.work.go("steps", stay_id(1), "rights")
    steps = window.shell.screen_widget("steps")
    assert isinstance(steps, StepsScreen)
    camera = steps.side.camera
    window.until(lambda: camera.awaited)
    assert (camera.data.state, camera.data.detail) == (Picture.LOST, "正在取画面")
    assert not Hand(qapp).has_all()
    window.until(lambda: camera.data.state is Picture.LIVE)
    assert not camera.awaited
    assert wired.world is not None
    wired.world.act("unplug", device="cam-1")
    window.until(lambda: camera.data.state is not Picture.LIVE)
    assert camera.data.detail not in ("", "正在取画面") or camera.data.state is Picture.FROZEN
    window.work.go("steps", stay_id(4), "rights")
    window.until(lambda: camera.data.detail == "此处没有摄像机")
    assert not camera.awaited
