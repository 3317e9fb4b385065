from __future__ import annotations

from collections.abc import Iterable

from workstation.documents.fonts import Fonts
from workstation.documents.layout import (
    BODY_FOOT,
    BODY_TOP,
    LEFT,
    RIGHT,
    Box,
    Cell,
    Figure,
    Flow,
    Line,
    Op,
    Row,
    label,
    value,
)
from workstation.documents.parts import number_cell


def lines(flow: Flow) -> list[str]:
    return [op.text for page in flow.pages for op in page.ops if isinstance(op, Line)]


def inside(flow: Flow) -> bool:
    """Whether every box of every page lies between head and foot."""
    return all(
        op.x >= LEFT - 0.01
        and op.x + op.width <= RIGHT + 0.01
        and op.y >= BODY_FOOT - 0.01
        and op.y + op.height <= BODY_TOP + 0.01
        for page in flow.pages
        for op in page.ops
        if isinstance(op, Box)
    )


def rows(count: int) -> list[Row]:
    return [Row((label("名称"), value(f"第{number}行"))) for number in range(count)]


def test_rows_go_on_over_the_page_under_title_and_head(fonts: Fonts) -> None:
    flow = Flow(fonts, "（续）")
    flow.block("清单", (1, 3), rows(100), Row((label("甲栏"), label("乙栏"))))
    assert len(flow.pages) == 3
    assert inside(flow)
    printed = lines(flow)
    assert printed.count("清单（续）") == 2
    assert printed.count("甲栏") == 3
    assert [text for text in printed if text.startswith("第")] == [f"第{number}行" for number in range(100)]


def test_a_title_never_stands_alone_at_the_foot(fonts: Fonts) -> None:
    flow = Flow(fonts, "（续）")
    flow.block("甲", (1, 3), rows(39))
    assert flow.room < 40
    flow.block("乙", (1, 3), rows(2))
    assert "乙" in [op.text for op in flow.pages[1].ops if isinstance(op, Line)]
    assert "乙" not in [op.text for op in flow.pages[0].ops if isinstance(op, Line)]


def test_a_block_without_a_title_repeats_the_one_before(fonts: Fonts) -> None:
    flow = Flow(fonts, "（续）")
    flow.block("甲", (1, 3), rows(39))
    flow.block("", (1, 3), rows(2))
    assert next(op.text for op in flow.pages[1].ops if isinstance(op, Line)) == "甲（续）"


def test_a_row_higher_than_a_page_is_cut_between_lines(fonts: Fonts) -> None:
    flow = Flow(fonts, "（续）")
    flow.block("甲", (1, 3), rows(41))
    text = "\n".join(f"第{number}句" for number in range(150))
    flow.block("", (1, 1, 3), [Row((label("经过"), number_cell(7), value(text)))])
    assert inside(flow)
    assert lines(flow).count("7") == 3
    assert [line for line in lines(flow) if line.endswith("句")] == text.split("\n")
    assert lines(flow).count("经过") == 3


def test_a_figure_is_drawn_once_and_whole(fonts: Fonts) -> None:
    seen: list[float] = []

    def draw(x: float, y: float, width: float, height: float) -> Iterable[Op]:
        seen.append(y)
        return [Box(x, y, width, height)]

    flow = Flow(fonts, "（续）")
    flow.block("甲", (1, 3), rows(36))
    text = "\n".join("句" for _ in range(80))
    flow.block("", (1, 1), [Row((Cell(figure=Figure(200.0, draw)), value(text)))])
    assert len(seen) == 1
    assert inside(flow)
    assert lines(flow).count("句") == 80


def test_running_text_goes_on_over_the_page(fonts: Fonts) -> None:
    flow = Flow(fonts, "（续）")
    for number in range(100):
        flow.paragraph(f"第{number}条")
    assert len(flow.pages) == 3
    assert lines(flow) == [f"第{number}条" for number in range(100)]


def test_a_label_is_set_smaller_before_its_word_is_cut(fonts: Fonts) -> None:
    flow = Flow(fonts, "（续）")
    flow.block("", (1, 10), [Row((label("Wristband"), value("W-1")))])
    assert "Wristband" in lines(flow)
