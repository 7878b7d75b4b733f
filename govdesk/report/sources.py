"""What stands behind a figure: the sum it was typed as, which office and paper it comes from, a note. Never printed;
the first two are listed as 数据来源说明 for whoever asks."""

from __future__ import annotations

from typing import Final

from govdesk.base.numerals import show
from govdesk.form.form import Address, Form
from govdesk.report import typed_sums
from govdesk.report.report import Layer, Report
from govdesk.report.totals import Figures

HEAD: Final = ("表", "行", "列", "数字", "相加的各数", "来源")
IMPORT_DOUBT: Final = "导入时存疑："     # begins the note of a figure that was read from a file and is not sure
WORDS: Final = {Layer.SOURCES: "来源", Layer.NOTES: "备注"}


def has(report: Report, address: Address) -> bool:
    """Whether a cell has a note or a source."""
    return report.entry(Layer.NOTES, address) is not None or report.entry(Layer.SOURCES, address) is not None


def lines(report: Report, address: Address) -> list[str]:
    """What there is, a line each: “相加：12 +3 +5”, “来源：…”, “备注：…”."""
    tape = typed_sums.shown(report, address)
    found = [f"相加：{' '.join(typed_sums.addends(tape))}"] if tape else []
    return found + [f"{word}：{text}" for layer, word in WORDS.items() if (text := written(report, layer, address))]


def written(report: Report, layer: Layer, address: Address) -> str:
    """The note or the source of a cell; “” where it has none."""
    entry = report.entry(layer, address)
    return entry if isinstance(entry, str) else ""


def table(form: Form, report: Report, figures: Figures) -> list[tuple[str, ...]]:
    """The figures of all tables that have a tape or a source, in the order of the form, under `HEAD`. A note is for
    oneself and not in it."""
    rows = []
    for grid in form.grids.values():
        for address in grid.addresses:
            tape = typed_sums.shown(report, address)
            source = written(report, Layer.SOURCES, address)
            if tape or source:
                rows.append((grid.name, grid.rows[address.row].label, grid.columns[address.column].name,
                             show(figures[address]), tape, source))
    return [HEAD, *rows] if rows else []
