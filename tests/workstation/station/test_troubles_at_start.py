"""Every trouble at start: told with advice in both languages, status 1, nothing touched; mended, it opens where it was."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from tests.station_kit import RESOURCES, ROOT, StationKit, copy_of, make_template
from ui.cli import main
from workstation.catalogue import Catalogue
from workstation.services.practice import stay_id
from workstation.station import messages as m
from workstation.storage.database import Database
from workstation.storage.keys import KeyStore
from workstation.storage.place import FILE
from workstation.storage.store import KEYS

DRAFT = m.SaveDraft(stay=stay_id(1), form="serve-rights", content=b'{"language": "zh"}')
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}


@dataclass(frozen=True)
class Trouble:
    """`make(home, other)` brings it about, `other` being the store of another centre; `mode` is what is asked for."""

    code: str
    make: Callable[[Path, Path], object]
    mode: str = "practice"


def flipped(at: int) -> Callable[[Path, Path], None]:
    """One bit of the store turned, `at` bytes from its beginning, or from its end when negative."""

    def make(home: Path, other: Path) -> None:
        path = home / "store" / FILE
        content = bytearray(path.read_bytes())
        content[at] ^= 1
        path.write_bytes(content)

    return make


def newer(home: Path, other: Path) -> None:
    keys = KeyStore.open(home / "store" / KEYS)
    database = Database.open(home / "store" / FILE, keys.store_key())
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '2099-later'")
    database.close()
    keys.close()


def plain(home: Path, other: Path) -> None:
    (home / "store" / FILE).unlink()
    with sqlcipher.connect(str(home / "store" / FILE)) as connection:
        connection.execute("CREATE TABLE entry(seq)")
    connection.close()


def foreign_keys(home: Path, other: Path) -> None:
    shutil.rmtree(home / "store" / KEYS)
    shutil.copytree(other / KEYS, home / "store" / KEYS)


def settings(content: str) -> Callable[[Path, Path], object]:
    return lambda home, other: (home / "workstation.toml").write_text(content, "utf-8")


def unlocking(home: Path) -> Path:
    return home / "store" / KEYS / "unlock.key"


TROUBLES = {
    "damaged salt": Trouble("store.other-keys", flipped(3)),
    "damaged first page": Trouble("store.damaged", flipped(100)),
    "damaged end of the first page": Trouble("store.damaged", flipped(4095)),
    "cut short": Trouble("store.not-a-store", lambda home, _: (home / "store" / FILE).write_bytes(b"x" * 300)),
    "plain database": Trouble("store.not-encrypted", plain),
    "newer store": Trouble("store.newer", newer),
    "no keys": Trouble("store.keys-absent", lambda home, _: shutil.rmtree(home / "store" / KEYS)),
    "no unlocking key": Trouble("store.keys-absent", lambda home, _: unlocking(home).unlink()),
    "keys of another centre": Trouble("store.other-keys", foreign_keys),
    "another unlocking key": Trouble("store.keys-damaged", lambda home, _: unlocking(home).write_text("5a" * 32)),
    "half an unlocking key": Trouble("store.keys-damaged", lambda home, _: unlocking(home).write_text("5a" * 9)),
    "open keys": Trouble("store.keys-open", lambda home, _: unlocking(home).chmod(0o644)),
    "no store beside its keys": Trouble("store.lost", lambda home, _: (home / "store" / FILE).unlink()),
    "other mode": Trouble("store.other-mode", lambda home, _: None, "live"),
    "unknown setting": Trouble("settings.unknown", settings('desk = "desk-1"\n[prots]\n')),
    "setting like no other": Trouble("settings.unknown", settings('zzz = "desk-1"\n')),
    "setting of another kind": Trouble("settings.type", settings("desk = 1\n")),
    "port that is none": Trouble("settings.type", settings('[ports]\n"scale-1" = 7\n')),
    "workstation's name": Trouble("settings.name", settings('workstation = "Desk 1"\n')),
    "language that is none": Trouble("settings.language", settings('language = "fr"\n')),
    "store elsewhere": Trouble("settings.store", settings('store = "postgres"\n')),
    "settings that are no TOML": Trouble("settings.unreadable", settings('desk = "desk-1\n')),
}  # fmt: skip


@pytest.fixture(scope="session")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice folder with a draft in it."""
    home = make_template(tmp_path_factory.mktemp("troubles") / "home")
    kit = StationKit(home)
    kit.lane("1001").ask(DRAFT)
    kit.stop()
    return home


@pytest.fixture
def home(worked_in: Path, tmp_path: Path) -> Path:
    return copy_of(worked_in, tmp_path / "home")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("troubles") / "other") / "store"


@pytest.fixture(scope="session")
def words() -> Catalogue:
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


def pattern(text: str) -> re.Pattern[str]:
    """What a sentence of the catalogue looks like with its values filled in."""
    return re.compile(".+".join(re.escape(part) for part in re.split(r"\{[a-z_]+\}", text)))


def contents(home: Path) -> dict[str, tuple[int, str]]:
    """Mode and digest of every file that is no trace of a running process."""
    return {
        str(path.relative_to(home)): (path.stat().st_mode, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.parent.name != "run"
    }


def put_right(home: Path, worked_in: Path) -> None:
    """Take away what came, bring back what is gone or changed, and touch nothing else."""
    before, now = contents(worked_in), contents(home)
    for name in now.keys() - before.keys():
        (home / name).unlink()
    for name, was in before.items():
        if now.get(name) != was:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(worked_in / name, home / name)


def opens_where_it_was(home: Path) -> None:
    kit = StationKit(home)
    try:
        lane = kit.lane("1001")
        assert lane.ask(m.LoadDraft(stay=DRAFT.stay, form=DRAFT.form)).content == DRAFT.content
        assert len(lane.ask(m.GetBoard()).board.cards) == 5
    finally:
        kit.stop()


@pytest.mark.parametrize("name", TROUBLES)
def test_a_station_in_trouble_says_what_to_do_and_touches_nothing(
    name: str,
    home: Path,
    other: Path,
    worked_in: Path,
    words: Catalogue,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    trouble = TROUBLES[name]
    trouble.make(home, other)
    before = contents(home)
    for language, locale in LOCALES.items():
        monkeypatch.setenv("LC_ALL", locale)
        assert main(["station", f"--{trouble.mode}", "--home", str(home)]) == 1
        sentence, advice = capsys.readouterr().err.splitlines()
        assert pattern(words.text(trouble.code, language)).fullmatch(sentence), sentence
        assert pattern(words.advice(trouble.code, language)).fullmatch(advice), advice
    assert contents(home) == before
    put_right(home, worked_in)
    opens_where_it_was(home)


@pytest.mark.parametrize("part", [1, 3])
def test_a_bit_that_turned_anywhere_is_found(
    part: int, home: Path, words: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    flipped((home / "store" / FILE).stat().st_size * part // 4)(home, home)
    before = contents(home)
    assert main(["verify", "--home", str(home)]) == 1
    told = capsys.readouterr()
    whole = [words.text("store.damaged", language) in told.err for language in LOCALES]
    named = [pattern(words.text("verify.page", language)).search(told.err) for language in LOCALES]
    assert any(whole) or all(named), "a page that opening needs, or one that verification names"
    for language in LOCALES if all(named) else ():
        assert pattern(words.text("verify.faults", language)).search(told.out)
    assert contents(home) == before


def test_a_folder_in_use_is_left_to_who_uses_it(
    home: Path, words: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = StationKit(home)
    try:
        for language, locale in LOCALES.items():
            monkeypatch.setenv("LC_ALL", locale)
            assert main(["station", "--home", str(home)]) == 1
            sentence, advice = capsys.readouterr().err.splitlines()
            assert sentence == words.text("station.other-running", language, {"home": str(home)})
            assert advice == words.advice("station.other-running", language)
        assert kit.lane("1001").ask(m.GetBoard()).board.cards
    finally:
        kit.stop()


@pytest.mark.parametrize(("state", "code"), [("full", "store.no-room"), ("read-only", "station.home")])
def test_a_disk_that_takes_nothing_is_told_as_such(
    state: str, code: str, home: Path, words: Catalogue, tmp_path: Path
) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-m", "tests.workstation.station.small_disk", str(home), str(place), state],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"this system lets nobody mount a disk of their own: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0::3] == ["1", "1"]
    for number, language in enumerate(LOCALES):
        sentence, advice = said[number * 3 + 1 : number * 3 + 3]
        assert pattern(words.text(code, language)).fullmatch(sentence)
        assert advice == words.advice(code, language)
