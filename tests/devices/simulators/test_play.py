"""Plays: their acts at their times, by lot from a seed, on a clock that the test moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from devices.simulators.acts import world_acts
from devices.simulators.centre import Centre, load_scenario
from devices.simulators.play import SPEEDS, Player, Plays, drawn, load_play
from devices.simulators.world import WorldError
from workstation.clock import SteppedClock

SCENARIOS = Path(__file__).parents[3] / "resources" / "scenarios"
SHIPPED = sorted((SCENARIOS / "plays").glob("*.toml"))
TEXT = """
name_zh = "测试"
name_en = "Test"
seed = 3
[[cue]]
at_s = 60
spread_s = 30
act = "force_door"
fields = { device = "lock-a", door = [1, 2, 4, 5, 6, 7] }
zh = "{door} 号门"
en = "Door {door}"
[[cue]]
at_s = 10
act = "set_weight"
fields = { device = "scale-1", grams = 321 }
zh = "秤"
en = "Scale"
[[cue]]
at_s = 120
act = "close_door"
fields = { device = "lock-a", door = 99 }
zh = "没有这扇门"
en = "No such door"
"""


@pytest.fixture
def clock():
    return SteppedClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def centre(tmp_path, clock):
    (tmp_path / "sim").mkdir()
    made = Centre(
        load_scenario(SCENARIOS / "practice-centre.toml"), tmp_path / "sim", SCENARIOS / "../media", clock
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def player(tmp_path, centre, clock):
    folder = tmp_path / "plays"
    folder.mkdir()
    (folder / "test.toml").write_text(TEXT, "utf-8")
    (folder / "bad.toml").write_text("name_zh = 3", "utf-8")
    player = Player(Plays(folder), world_acts(centre), clock, lambda: None)
    player.start()
    yield player
    player.stop()


def done(player):
    return [cue["done"] for cue in player.state()["cues"]]


def test_a_play_runs_as_fast_as_it_is_told(player, centre, clock, until):
    player.load("test")
    assert done(player) == [False] * 3
    assert [cue["at_s"] for cue in player.state()["cues"]] == sorted(
        cue["at_s"] for cue in player.state()["cues"]
    )
    player.run(10)
    clock.advance(timedelta(seconds=1))
    player.run(10)  # whoever changes the speed makes the player look at the clock
    until(lambda: done(player) == [True, False, False])
    assert centre.world.weight("scale-1")[0] == 321
    assert player.state()["played_s"] == 10
    player.pause()
    clock.advance(timedelta(seconds=60))
    assert player.state()["played_s"] == 10
    player.run(60)
    clock.advance(timedelta(seconds=2))
    player.run(60)
    until(lambda: done(player) == [True] * 3)
    assert len(centre.world.state()["open"]) == 1
    until(lambda: not player.state()["running"])
    assert [cue["error"] for cue in player.state()["cues"]] == ["", "", "device.sim.no-door"]


def test_a_step_does_the_next_act_now(player, centre):
    player.load("test")
    player.step()
    assert done(player) == [True, False, False]
    player.step()
    (door,) = centre.world.state()["open"]
    cue = player.state()["cues"][1]
    assert cue["en"] == f"Door {door.rpartition(':')[2]}"
    player.step()
    player.step()
    assert done(player) == [True] * 3


def test_a_seed_repeats_a_play(player):
    def drawn_by(seed):
        player.load("test", seed)
        return [(cue["at_s"], cue["en"]) for cue in player.state()["cues"]]

    assert drawn_by(5) == drawn_by(5)
    assert len({tuple(drawn_by(seed)) for seed in range(9)}) > 3
    player.load("test")
    assert player.state()["seed"] == 3


def test_what_cannot_be_played_is_told(player):
    assert [(play["id"], play["name_en"]) for play in player.state()["plays"]] == [
        ("bad", "bad"),
        ("test", "Test"),
    ]
    for name, code in (("bad", "device.sim.scenario"), ("../x", "device.sim.no-play")):
        with pytest.raises(WorldError) as caught:
            player.load(name)
        assert caught.value.code == code
    with pytest.raises(WorldError):
        player.run(1)
    player.load("test")
    with pytest.raises(ValueError, match="speed"):
        player.run(7)
    assert SPEEDS == (1, 10, 60)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_every_shipped_play_runs_to_its_end_in_the_practice_centre(path, seed, centre, clock):
    player = Player(Plays(path.parent), world_acts(centre), clock, centre.remember)
    player.load(path.stem, seed)
    for _ in player.state()["cues"]:
        player.step()
    assert [cue["error"] for cue in player.state()["cues"] if cue["error"]] == []
    assert all("{" not in cue["zh"] + cue["en"] for cue in player.state()["cues"])
    assert len(drawn(load_play(path), 0)) == len(player.state()["cues"])
