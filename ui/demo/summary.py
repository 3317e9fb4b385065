"""The one page that a demonstration shift leaves: what was done, with how many inputs, and what the record says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ui.context import Words
from ui.demo.hand import Counts
from workstation.storage.export import HEADERS

OVERRIDE = "gate-overridden"


@dataclass(frozen=True)
class Part:
    """One part of the shift: code of its name, who did it, seconds, and what was put in during it."""

    code: str
    who: str
    seconds: float
    counts: Counts


@dataclass
class Result:
    """What came of a shift. `verified`: what was checked → whether it is sound and what was said."""

    parts: list[Part] = field(default_factory=list)
    verified: dict[str, tuple[bool, str]] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    stay_kinds: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def overridden(self) -> int:
        """How many gates of the stay were passed by an override."""
        return self.stay_kinds[OVERRIDE]

    def total(self) -> tuple[float, Counts]:
        """Seconds and inputs of all parts."""
        counts = Counts()
        for part in self.parts:
            for name, value in vars(part.counts).items():
                setattr(counts, name, getattr(counts, name) + value)
        return sum(part.seconds for part in self.parts), counts


def count_kinds(log: Path, stay: str) -> tuple[Counter[str], Counter[str]]:
    """How many entries of each kind an exported log has, in all and of one stay."""
    every: Counter[str] = Counter()
    own: Counter[str] = Counter()
    with (log / HEADERS).open(encoding="utf-8") as lines:
        for line in lines:
            header = json.loads(line)["header"]
            kind = str(header["kind"]).partition("/")[0]
            every[kind] += 1
            own[kind] += header["stay"] == stay
    return every, +own


def write_summary(path: Path, result: Result, words: Words, files: list[Path]) -> None:
    """Write the page."""
    pick = words.pick
    seconds, counts = result.total()
    lines = [
        f"# {pick('演示班次', 'The demonstration shift')}",
        "",
        words(
            "demo.total",
            seconds=round(seconds),
            keys=counts.keys,
            clicks=counts.clicks,
            scans=counts.scans,
        ),
        "",
        pick(
            f"其中由输入法组成的字符 {counts.composed} 个，滚轮 {counts.turns} 格。",
            f"Of the keys {counts.composed} are characters composed by an input method; "
            f"the wheel turned {counts.turns} notches.",
        ),
        "",
        pick(
            "| 环节 | 经办 | 秒 | 按键 | 点击 | 扫描 |",
            "| Part | By | s | Keys | Clicks | Scans |",
        ),
        "|---|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {words(f'demo.part.{part.code}')} | {part.who} | {part.seconds:.1f} | {part.counts.keys} "
        f"| {part.counts.clicks} | {part.counts.scans} |"
        for part in result.parts
    ]
    lines += ["", f"## {pick('核验', 'Verification')}", ""]
    lines += [f"- {'✓' if sound else '✗'} {name}: {said}" for name, (sound, said) in result.verified.items()]
    lines += [f"- {pick('越过的闸门', 'Gates overridden')}: {result.overridden}"]
    lines += [f"- {note}" for note in result.notes]
    lines += ["", f"## {pick('本次在区的记录', 'Entries of the stay')}", ""]
    lines.append(
        pick("；", "; ").join(f"{kind} {count}" for kind, count in sorted(result.stay_kinds.items()))
    )
    lines += [
        "",
        pick(
            f"本次 {sum(result.stay_kinds.values())} 条，全部 {sum(result.kinds.values())} 条。",
            f"{sum(result.stay_kinds.values())} of this stay, {sum(result.kinds.values())} in all.",
        ),
        "",
        f"## {pick('文件', 'Files')}",
        "",
    ]
    lines += [f"- `{file.relative_to(path.parent)}`" for file in files]
    path.write_text("\n".join(lines) + "\n", "utf-8")
