"""Every colour of the program, light and dark. The first window imports this: nothing heavy comes in."""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):
    """Every colour of one theme, as `#rrggbb`."""

    canvas: str
    surface: str
    surface2: str
    sunken: str
    line: str
    edge: str
    ink: str
    ink2: str
    fill: str
    onfill: str
    select: str
    focus: str
    red: str
    onred: str
    redtext: str
    redtint: str
    yellow: str
    onyellow: str
    yellowedge: str
    yellowtext: str
    yellowtint: str
    blue: str
    onblue: str
    bluetext: str
    bluetint: str
    ok: str
    oktext: str
    oktint: str
    unk: str
    unktint: str
    rec: str
    sim: str
    sim2: str
    onsim: str
    frame: str = "#14222C"
    frameline: str = "#3B4E5A"
    frametext: str = "#EEF3F6"
    frametext2: str = "#B7C5CE"
    framered: str = "#D9363A"
    frameyellow: str = "#FFCB2E"
    frameblue: str = "#2A76CC"
    frameok: str = "#2E9E5E"
    camera: str = "#10181D"
    cameratext: str = "#E9EFF3"
    camerahatch: str = "#1B262D"


LIGHT = Tokens(
    canvas="#E4E9EC", surface="#FFFFFF", surface2="#F1F4F6", sunken="#D8E0E5", line="#C2CCD3",
    edge="#6A7A85", ink="#13202A", ink2="#43535E", fill="#1B3342", onfill="#FFFFFF", select="#D2E3EC",
    focus="#6B2BD9", red="#C2151B", onred="#FFFFFF", redtext="#A30D13", redtint="#FBE5E4",
    yellow="#FFC61A", onyellow="#13202A", yellowedge="#8A5F00", yellowtext="#664500", yellowtint="#FFF1C4",
    blue="#0C5EB5", onblue="#FFFFFF", bluetext="#0A4C94", bluetint="#E1EDF9",
    ok="#17743F", oktext="#0F5E31", oktint="#DFF2E6", unk="#56646F", unktint="#E6EAED",
    rec="#0B6E75", sim="#A8006B", sim2="#7E0051", onsim="#FFFFFF",
)  # fmt: skip

DARK = Tokens(
    canvas="#0D1419", surface="#18232B", surface2="#212E37", sunken="#0A1014", line="#3A4953",
    edge="#8495A1", ink="#E9EFF3", ink2="#B4C2CB", fill="#D3E0E8", onfill="#0F1B23", select="#23465A",
    focus="#C4A1FF", red="#D9363A", onred="#FFFFFF", redtext="#FFA19C", redtint="#47191C",
    yellow="#FFCB2E", onyellow="#13202A", yellowedge="#FFCB2E", yellowtext="#FFD866", yellowtint="#3F3410",
    blue="#2A76CC", onblue="#FFFFFF", bluetext="#8CC2FF", bluetint="#16304B",
    ok="#2E9E5E", oktext="#7FDBA4", oktint="#143524", unk="#94A3AE", unktint="#2A363F",
    rec="#3FB6BE", sim="#E65CB5", sim2="#B83A8E", onsim="#13202A",
)  # fmt: skip
