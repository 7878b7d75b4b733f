"""A store in a folder of its own, and reports to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.report.report import Layer, Report, build_report
from govdesk.store.drafts import Drafts, open_store
from tests.store.store_helpers import FEES, FORM, NEW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Drafts]:
    with open_store(tmp_path / "drafts", patience=0.2) as drafts:
        yield drafts


@pytest.fixture
def report() -> Report:
    return build_report(FORM, {
        Layer.COVER: {"organ.name": "青山县文化和旅游局", "year": "2023", "issued_on": "2024-01-18"},
        Layer.TEXTS: {"problems": "一是人员不足。\n二是更新不及时。"},
        Layer.VALUES: {FEES: Decimal("12.50"), NEW: Decimal(15), Address("requests", "new_requests", "other"): NA},
        Layer.STATED: {Address("requests", "new_requests", "total"): Decimal(16)},
        Layer.PREVIOUS: {Address("requests", "carried_forward_out", "total"): Decimal(-1)},
        Layer.TAPES: {NEW: "7＋8"}, Layer.NOTES: {FEES: "12.5"}, Layer.SOURCES: {FEES: "财务科，3 月 2 日报表"},
        Layer.ANSWERS: {"N12/rules": '{"reason": "设区的市"}'}, Layer.PREVIOUS_TEXTS: {"problems": "一是人员少。"},
        Layer.PREVIOUS_ANSWERS: {"N12/rules": "设区的市"}, Layer.DESK: {"deadline": "2024-01-20"},
    })
