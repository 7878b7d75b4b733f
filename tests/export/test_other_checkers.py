"""Two checkers of PDF/UA-1 that others wrote, pdfua and outloud: what they find is mended or argued in
docs/pdf-conformance.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk.cli import sample_report
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose
from govdesk.session.session import take_snapshot
from tests.export.export_measuring import styled
from tests.export.styles import EXTREMES, STYLES
from tests.export.test_pdfa import DOCUMENTS

# Argued: they count the heads of the statutory tables, and leave out a span that ends in the row that is counted
ARGUED = {"TBL-004", "TBL-010"}
# Of documents that are none: a title without end, letters that only their maker knows, 46 pages without a heading
OF_ODD_DOCUMENTS = {"DOC-040", "TXT-004", "NAV-001"}
ODD = ("a name without end", "private use", "long")
# A table that goes on overleaf has no one box, and is looked for on its first page alone
PARTED = ("report", "landscape", "long labels")


def files() -> dict[str, bytes]:
    read = sample_report()
    now = take_snapshot(form_reader.load_form(read.form_id), read)
    made = {f"sample, {name}": styled(compose(now, style), style) for name, style in STYLES.items()}
    return made | {name: styled(document) for name, document in DOCUMENTS.items()} | {
        name: styled(EXTREMES[name]) for name in ("12 digits", "long labels", "marks", "organ of 60")}


def test_pdfua_finds_nothing(tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua", reason="pdfua is not installed (docs/pdf-conformance.md)")
    for name, data in files().items():
        file = tmp_path / "file.pdf"
        file.write_bytes(data)
        found = [f"{one.rule_id}: {one.message}" for one in pdfua.validate(str(file)).findings]
        assert found == [], name


def test_outloud_finds_only_what_is_argued(tmp_path: Path) -> None:
    outloud = pytest.importorskip("outloud", reason="outloud is not installed (docs/pdf-conformance.md)")
    for name, data in files().items():
        file = tmp_path / "file.pdf"
        file.write_bytes(data)
        result = outloud.check(str(file))
        assert result.error is None, name
        found = [one for one in result.findings if one.severity != "info"]
        allowed = ARGUED | (OF_ODD_DOCUMENTS if name in ODD else set())
        allowed |= {"TBL-014"} if name in PARTED else set()
        assert [f"{one.rule}: {one.message}" for one in found if one.rule not in allowed] == [], name
