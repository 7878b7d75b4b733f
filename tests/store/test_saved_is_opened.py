"""A draft that can be saved can be opened, whatever fields and foreign files put into it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdesk.base.numerals import load_value
from govdesk.formfile import form_reader
from govdesk.report.report import Key, Layer, build_report
from govdesk.session import previous_year
from govdesk.session.session import Session, take_snapshot
from govdesk.store.drafts import open_store

FORM = form_reader.load_form("ogi-annual-report-2021")
FOREIGN = ["9" * 18 + "." + "9" * 12, "-" + "9" * 18, "0.000000000001", "na", "0"]
facts = st.text(max_size=12)


@given(st.dictionaries(st.sampled_from(["organ.name", "year", "issued_on", "organ.level"]), facts),
       st.dictionaries(st.sampled_from(sorted(FORM.input_cells)), st.sampled_from(FOREIGN)), st.sampled_from(FOREIGN))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_saved_is_opened_again(cover: dict[Key, str], some: dict[Key, str], rest: str) -> None:
    """Also the next year's draft, which holds the totals."""
    values = dict.fromkeys(FORM.input_cells, load_value(rest)) | {cell: load_value(text) for cell, text in some.items()}
    report = build_report(FORM.id, {Layer.COVER: cover, Layer.VALUES: values, Layer.DESK: {"deadline": "2024-02-30"}})
    following = previous_year.begin_next_year(take_snapshot(FORM, report), "上年")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        for wanted in (report, following):
            draft = store.create(wanted)
            assert store.load(draft) == wanted
            Session(FORM, store.load(draft))
        assert [d.damaged for d in store.list()] == [False, False]
