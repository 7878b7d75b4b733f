"""What is to be looked at before a file is used: doubts first, and each decision is what the report says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.form.form import Address
from govdesk.importing import review
from govdesk.importing.import_report import Imported
from govdesk.importing.importer import import_bytes
from govdesk.importing.review import ItemKind, ItemState
from govdesk.report.report import Layer, Report, edit_of
from govdesk.report.sources import IMPORT_DOUBT
from tests.importing.doubtful_files import DOUBTED, DoubtfulFile, doubtful_word_file
from tests.importing.file_making import docx
from tests.importing.made_reports import laid_out


@pytest.fixture
def file() -> DoubtfulFile:
    return doubtful_word_file()


@pytest.fixture
def found(file: DoubtfulFile) -> Imported:
    return import_bytes(file.data, "去年.docx")


def after(now: Report, wanted: review.Wanted) -> Report:
    return edit_of(now, "", wanted).applied_to(now)


def test_doubts_come_first_and_a_blank_cell_is_named(file: DoubtfulFile, found: Imported) -> None:
    items = review.list_items(file.form, found)
    kinds = [item.kind for item in items]
    doubts = kinds.count(ItemKind.DOUBT)
    assert doubts and kinds[:doubts] == [ItemKind.DOUBT] * doubts
    doubt = next(item for item in items if item.cells == (DOUBTED,))
    assert doubt.kind is ItemKind.DOUBT and "修订" in doubt.words
    blank = next(item for item in items if file.blank in item.cells)
    assert (blank.kind, blank.words) == (ItemKind.MISSING, "原件这里是空的")


def test_every_cell_knows_its_place_in_the_source(file: DoubtfulFile, found: Imported) -> None:
    assert set(found.spots) == {a for grid in file.form.grids.values() for a in grid.addresses}
    assert found.spots[DOUBTED].cell.text == "15" and found.spots[file.blank].cell.text == ""


def test_taken_mended_or_blank(file: DoubtfulFile, found: Imported) -> None:
    form, now = file.form, found.report
    assert review.state_of(form, found, now, DOUBTED) is ItemState.OPEN
    taken = after(now, review.take_cells(form, found, [DOUBTED]))
    mended = after(now, review.mend_cell(form, DOUBTED, Decimal(16)))
    blank = after(now, review.blank_cells(form, [DOUBTED]))
    states = [review.state_of(form, found, one, DOUBTED) for one in (taken, mended, blank)]
    assert states == [ItemState.TAKEN, ItemState.MENDED, ItemState.BLANK]
    assert [one.value(DOUBTED) for one in (taken, mended, blank)] == [15, 16, None]
    assert all(one.entry(Layer.NOTES, DOUBTED) is None for one in (taken, mended, blank))
    again = after(blank, review.take_cells(form, found, [DOUBTED]))
    assert again.value(DOUBTED) == 15


def test_what_nobody_decided_on_stays_in_doubt(file: DoubtfulFile, found: Imported) -> None:
    kept = review.settle_report(file.form, found, found.report)
    assert str(kept.entry(Layer.NOTES, DOUBTED)).startswith(IMPORT_DOUBT)
    typed = after(found.report, [(Layer.VALUES, DOUBTED, Decimal(16))])      # typed over in the table
    assert review.state_of(file.form, found, typed, DOUBTED) is ItemState.MENDED
    assert review.settle_report(file.form, found, typed).entry(Layer.NOTES, DOUBTED) is None


def test_a_total_in_doubt_is_what_the_paper_states(file: DoubtfulFile, found: Imported) -> None:
    total = next(a for a in found.spots if a not in file.form.input_cells)
    assert review.layer_of(file.form, total) is Layer.STATED
    assert review.mend_cell(file.form, total, Decimal(1))[0] == (Layer.STATED, total, Decimal(1))


def test_a_table_that_is_not_there_is_one_line(file: DoubtfulFile) -> None:
    parts = [part for part in laid_out(file.form, file.report) if isinstance(part, str) or part.grid != "requests"]
    found = import_bytes(docx(parts), "去年.docx")
    items = [item for item in review.list_items(file.form, found) if item.kind is ItemKind.MISSING]
    assert [(item.title, item.words) for item in items] == [("表三", "原件里没有找到这张表")]
    assert len(items[0].cells) == len(file.form.grids["requests"].inputs)


def test_in_words(file: DoubtfulFile, found: Imported) -> None:
    words = review.describe_reading(file.form, found, found.report)
    doubts = len(found.doubtful)
    assert words == f"读出 {len(found.cells)} 格，{doubts} 格存疑（还有 {doubts} 格没有看），1 格空着"
    assert "读成 15" in review.describe_cells(found, [DOUBTED])
    assert review.describe_cells(found, [Address("no", "such", "cell")]) == ""


def test_a_row_that_is_doubted_for_its_name_is_decided_on_once(file: DoubtfulFile) -> None:
    """Its name lacks two characters: all of the row is in doubt for that, and is one line."""
    row = next(line for line in file.form.grids["requests"].rows.values() if "其他法律" in line.label)
    parts = [part if isinstance(part, str) else part._replace(places=tuple(
        place._replace(text=place.text.replace("法规禁止公开", "止公开")) for place in part.places))
        for part in laid_out(file.form, file.report)]
    found = import_bytes(docx(parts), "去年.docx")
    items = [item for item in review.list_items(file.form, found) if item.kind is ItemKind.DOUBT]
    assert [(item.title, len(item.cells)) for item in items] == [(f"表三 · {row.name}", 7)]
    assert review.describe_cells(found, items[0].cells).count("、") == 6
    taken = after(found.report, review.take_cells(file.form, found, items[0].cells))
    assert len(review.list_open(file.form, found, found.report)) == 7
    assert review.list_open(file.form, found, taken) == []
