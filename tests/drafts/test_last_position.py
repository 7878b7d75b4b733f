"""The place beside the drafts: whole or none, and no draft that ends the program is opened for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk.drafts.last_position import LAST_PLACE_FILE, LastPlace, PlaceRecord, read_last_place, write_last_place

PLACE = LastPlace(3, "requests", "requests/disclosed/natural_person")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert read_last_place(tmp_path) is None
    write_last_place(tmp_path, PLACE)
    assert read_last_place(tmp_path) == PLACE
    assert [file.name for file in tmp_path.iterdir()] == [LAST_PLACE_FILE]


@pytest.mark.parametrize("kept", ["", "{", "[1]", '["x", "", "", true, 0]', '[true, "", "", true, 0]', "null", "1",
                                  '[1, "", "", 1, 0]', "[[[[", '{"draft": 1}'])
def test_what_makes_no_sense_is_no_place(tmp_path: Path, kept: str) -> None:
    (tmp_path / LAST_PLACE_FILE).write_text(kept, encoding="utf-8")
    assert read_last_place(tmp_path) is None


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    write_last_place(tmp_path / "gone", PLACE)
    assert read_last_place(tmp_path / "gone") is None


def test_only_a_change_is_written() -> None:
    record = PlaceRecord(None)
    assert record.look(None) is None             # nothing was open yet
    assert record.look((3, "problems", "")) == LastPlace(3, "problems")
    assert record.look((3, "problems", "")) is None
    assert record.look(None) == LastPlace(3, "problems", is_open=False)
    assert record.look(None) is None


def test_a_draft_that_was_opened_by_itself_counts_until_it_has_been_open_for_a_while() -> None:
    record = PlaceRecord(None)
    assert record.reopen(PLACE) == PLACE._replace(again=1)
    assert record.look((3, "requests", PLACE.at)) is None
    for _ in range(PlaceRecord.SOUND - 2):
        assert record.look((3, "requests", PLACE.at)) is None
    assert record.look((3, "requests", PLACE.at)) == PLACE


def test_another_draft_is_no_danger() -> None:
    record = PlaceRecord(None)
    record.reopen(PLACE)
    assert record.look((4, "problems", "")) == LastPlace(4, "problems")


def test_an_orderly_end_leaves_nothing_open() -> None:
    record = PlaceRecord(None)
    assert record.close() is None
    record.reopen(PLACE)
    assert record.close() == PLACE._replace(is_open=False, again=0)
