"""What the tests ask of an imported file."""

from __future__ import annotations

from govdesk.base.numerals import dump_value
from govdesk.form.form import Address
from govdesk.importing.import_report import Imported
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Report
from tests.importing.made_reports import all_figures


def state(found: Imported, address: str) -> tuple[str, bool] | None:
    """A cell's value and whether it is sure; None where it has none."""
    cell = found.cells.get(Address.parse(address))
    return (dump_value(cell.value), cell.is_sure) if cell else None


def reason(found: Imported, address: str) -> str:
    return found.cells[Address.parse(address)].reason


def silent_errors(found: Imported, report: Report) -> list[str]:
    """The cells whose figure is another than the report's without being in doubt: there must never be one."""
    wanted = all_figures(report)
    return [f"{address}: {cell.value} for {wanted.get(address)}" for address, cell in found.cells.items()
            if cell.is_sure and wanted.get(address) != cell.value]


def check_whole(data: bytes, report: Report, *, sure: bool = True) -> Imported:
    """Reads a file and holds every figure, text and fact of the cover against the report that it was made of."""
    found = import_bytes(data, "file")
    wanted = all_figures(report)
    assert {a: cell.value for a, cell in found.cells.items()} == wanted
    assert not silent_errors(found, report)
    if sure:
        assert found.doubtful == []
    assert found.left_over == () and found.missing == ()
    assert _texts(found.report) == _texts(report)
    assert [found.report.cover(key) for key in ("organ.name", "year", "issued_on")] == [
        report.cover(key) for key in ("organ.name", "year", "issued_on")]
    return found


def _texts(report: Report) -> dict[str, str]:
    from govdesk.report.report import Layer

    return {str(key): str(text) for key, text in report.entries(Layer.TEXTS).items()}
