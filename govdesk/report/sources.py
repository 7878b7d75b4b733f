"""Lists what stands behind a figure: the sum it was typed as, the office and paper it comes from, a note. None is
printed; the first two are listed as 数据来源说明 on request."""

from __future__ import annotations

from typing import Final

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.report import typed_sums
from govdesk.report.report import Layer, Report
from govdesk.report.totals import Figures

SOURCE_TABLE_HEAD: Final = ("表", "行", "列", "数字", "相加的各数", "来源")
IMPORT_DOUBT: Final = "导入时存疑："     # begins the note of a figure that was read from a file and is not sure
LAYER_NAMES: Final = {Layer.SOURCES: "来源", Layer.NOTES: "备注"}


def has_source(report: Report, address: Address) -> bool:
    """Whether a cell has a note or a source."""
    return report.entry(Layer.NOTES, address) is not None or report.entry(Layer.SOURCES, address) is not None


def describe_sources(report: Report, address: Address) -> list[str]:
    """What there is, a line each: “相加：12 +3 +5”, “来源：…”, “备注：…”."""
    tape = typed_sums.tape_of(report, address)
    found = [f"相加：{' '.join(typed_sums.split_tape(tape))}"] if tape else []
    return found + [f"{word}：{text}" for layer, word in LAYER_NAMES.items()
                    if (text := read_note(report, layer, address))]


def read_note(report: Report, layer: Layer, address: Address) -> str:
    """The note or the source of a cell; “” where it has none."""
    entry = report.entry(layer, address)
    return entry if isinstance(entry, str) else ""


def list_sources(form: Form, report: Report, figures: Figures) -> list[tuple[str, ...]]:
    """The figures of all tables that have a tape or a source, in the order of the form, under `SOURCE_TABLE_HEAD`. A
    note is for oneself and not in it."""
    rows = []
    for grid in form.grids.values():
        for address in grid.addresses:
            tape = typed_sums.tape_of(report, address)
            source = read_note(report, Layer.SOURCES, address)
            if tape or source:
                rows.append((grid.name, grid.rows[address.row].label, grid.columns[address.column].name,
                             format_value(figures[address]), tape, source))
    return [SOURCE_TABLE_HEAD, *rows] if rows else []
