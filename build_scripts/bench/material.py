"""Makes the reports that are exported: the sample with other figures and texts each round, and reports
of 5, 50 and 500 pages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from sources import html_source, typst_source

from govdesk import cli
from govdesk.document.document import Document
from govdesk.exchange import report_file
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import Snapshot


def varied_report(number: int) -> Report:
    """The sample, every figure and every text another; round 0 is the sample itself."""
    report = cli.sample_report()
    if not number:
        return report
    form = form_reader.load_form(report.form_id)
    figures = [(Layer.VALUES, a, Decimal((number * 37 + k * 11) % 113)) for k, a in enumerate(sorted(form.input_cells))]
    texts = [(Layer.TEXTS, t, f"第{number}份。{report.text(t)}") for t in form.texts if report.text(t)]
    return edit_of(report, "", [*figures, *texts]).applied_to(report)


def report_of_pages(pages: int) -> Report:
    """About so many pages: one section's text is repeated, each paragraph with its own number."""
    report = cli.sample_report()
    longest = max(form_reader.load_form(report.form_id).texts, key=lambda text: len(report.text(text)))
    paragraph = report.text(longest).replace("\n", "")[:290]
    text = "\n".join(f"{i}.{paragraph}" for i in range((pages - 4) * 11 // 4))
    return edit_of(report, "", [(Layer.TEXTS, longest, text)]).applied_to(report)


def document_of(report: Report) -> Document:
    return compose(Snapshot(form_reader.load_form(report.form_id), report))


def write_ours(report: Report, folder: Path) -> Path:
    file = folder / "ours.govdesk"
    file.write_bytes(report_file.dump_report(report))
    return file


def write_typst(report: Report, folder: Path) -> Path:
    file = folder / "peer.typ"
    file.write_text(typst_source(document_of(report)), encoding="utf-8")
    return file


def write_html(report: Report, folder: Path, fonts: Path) -> Path:
    file = folder / "peer.html"
    file.write_text(html_source(document_of(report), fonts.as_uri()), encoding="utf-8")
    return file
