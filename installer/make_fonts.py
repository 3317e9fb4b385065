"""Cut the program's fonts out of the full Noto Sans CJK faces; run by hand when a character is missing.

    for face in sc hk jp: npm pack @expo-google-fonts/noto-sans-$face, unpacked into SOURCE/$face
    python3 -m pip install fonttools
    python3 installer/make_fonts.py SOURCE resources/fonts

NotoSansSC-Regular, -Bold: every ideograph of Unicode's first block (all of GBK and GB 2312) with its later
additions, Latin, punctuation, forms and drawn symbols. NotoSansSC-Rare (family "Noto Sans SC Rare", one
weight): extension A and the second plane, for names such as 𠮷 and 䶮. Dropped: hints, vertical metrics and
features that neither Qt nor the PDF writer uses here.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RARE = "Noto Sans SC Rare"
WEIGHTS = {"400Regular/NotoSansSC_400Regular.ttf": "Regular", "700Bold/NotoSansSC_700Bold.ttf": "Bold"}
COMMON = [
    *range(0x20, 0x180),  # Latin
    *range(0x2B0, 0x300),  # spacing marks
    *range(0x391, 0x3CA),  # Greek
    *range(0x2000, 0x2070),  # punctuation
    *range(0x20A0, 0x20C0),  # currency
    *range(0x2100, 0x2300),  # letter-like, numbers, arrows, mathematics
    *range(0x2300, 0x27C0),  # drawn symbols
    *range(0x2900, 0x2C00),
    *range(0x2E80, 0x2FE0),  # radicals
    *range(0x3000, 0x3400),  # CJK marks, bopomofo, enclosed and squared
    *range(0x4E00, 0xA000),
    *range(0xF900, 0xFB00),
    *range(0xFE30, 0xFE50),
    *range(0xFF00, 0xFFF0),  # full width
]


def main(source: Path, target: Path) -> None:
    """Write the three files and their licence into `target`."""
    for name, weight in WEIGHTS.items():
        cut(source / "sc" / name, set(COMMON)).save(target / f"NotoSansSC-{weight}.ttf")
    wanted = {*range(0x3400, 0x4DC0), *range(0x20000, 0x40000)}
    with TemporaryDirectory() as folder:
        parts = []
        for face in ("SC", "HK", "JP"):
            font = cut(
                source / face.lower() / f"400Regular/NotoSans{face}_400Regular.ttf", wanted, features=[]
            )
            wanted -= set(font.getBestCmap())
            font.save(Path(folder) / face)
            parts.append(str(Path(folder) / face))
        rare = Merger().merge(parts)
    for record in rare["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = RARE.replace(" ", "") if record.nameID == 6 else RARE
    rare.save(target / "NotoSansSC-Rare.ttf")
    shutil.copy(source / "sc/LICENSE_FONT", target / "OFL.txt")


def cut(file: Path, letters: set[int], features: list[str] | None = None) -> TTFont:
    """The font at `file` with the glyphs of `letters` only."""
    options = Options(
        hinting=False,
        layout_features=["kern", "locl"] if features is None else features,
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=[*Options().drop_tables, "vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG"],
        glyph_names=False,
    )
    font = TTFont(file)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
