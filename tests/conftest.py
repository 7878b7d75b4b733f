"""What several tests share: the form, reports made in a line, and the material beside the checkout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.base.numerals import load_value
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Entry, Key, Layer, Report, build_report

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FORM_ID = "ogi-annual-report-2021"
COVER = {"organ.name": "临江区人民政府办公室", "organ.level": "county", "organ.kind": "organ_report", "year": "2023",
         "issued_on": "2024-01-18"}


@pytest.fixture(scope="session")
def form() -> Form:
    return form_reader.load_form(FORM_ID)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material that is no part of the product: tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent")
    return SHARED


@pytest.fixture(scope="session")
def zeros(form: Form) -> dict[Key, Entry]:
    """0 in every input cell."""
    return {address: Decimal(0) for address in form.input_cells}


MakeReport = Callable[..., Report]


@pytest.fixture(scope="session")
def make_report(zeros: dict[Key, Entry]) -> MakeReport:
    """A report of 0 everywhere (`blank`: of nothing) but for what is given, addresses as text."""
    def make(values: Mapping[str, str] | None = None, *, blank: bool = False, texts: Mapping[str, str] | None = None,
             cover: Mapping[str, str] | None = None, stated: Mapping[str, str] | None = None) -> Report:
        def cells(given: Mapping[str, str] | None) -> dict[Key, Entry]:
            return {Address.parse(key): load_value(value) for key, value in (given or {}).items()}

        return build_report(FORM_ID, {
            Layer.COVER: {**COVER, **(cover or {})}, Layer.TEXTS: dict(texts or {}),
            Layer.VALUES: ({} if blank else zeros) | cells(values), Layer.STATED: cells(stated)})

    return make
