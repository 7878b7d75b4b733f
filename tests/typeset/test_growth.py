"""The work for a report grows with its length and no faster: counted in calls, because a clock would be no witness."""

from __future__ import annotations

import sys
from collections.abc import Callable

from govdesk.document.document import Paragraph
from govdesk.export.pdf import render
from govdesk.fonts.font_set import FontSet
from govdesk.typeset.layout import lay_out
from tests.export.export_reading import FONTS
from tests.export.export_sheets import with_blocks


def calls(act: Callable[[], object]) -> int:
    """How many functions, Python's own included, are called."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def export(paragraphs: int) -> None:
    text = "本机关主动公开政府信息，依申请公开办理规范，平台建设稳步推进，监督保障到位。" * 3
    document = with_blocks(*(Paragraph(f"{i}.{text}") for i in range(paragraphs)))
    render(lay_out(document, FontSet.bundled(FONTS)), document)


def test_a_page_of_a_long_report_takes_no_more_work_than_one_of_a_short_report():
    export(80)                               # faces opened, characters known
    short, long = calls(lambda: export(80)), calls(lambda: export(640))
    assert long < 8.4 * short
