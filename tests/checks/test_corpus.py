"""Published reports beside the checkout: no error where the index lists no fault that explains it. Their excerpts stand
in as texts, so the rules about wording meet real sentences. Skipped where the corpus is absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govdesk.base.errors import UnreadableFileError
from govdesk.checks import Finding, Severity
from govdesk.exchange import report_file
from govdesk.form.form import Form
from govdesk.report.report import Layer, build_report
from govdesk.session.session import take_snapshot
from govdesk.session.understood import understood

# Which rules a fault of the index may set off.
EXPLAINS = {
    "table 3: （七）总计 is not the sum of its items": {"N01", "N02", "N03"},
    "table 3: row totals wrong or missing": {"N01", "N02", "N03"},
    "narrative figure differs from the tables": {"N21"},
    "narrative contradicts itself": {"N16", "N21"},
    "stock of normative documents does not follow from the year before": set(),
}
SECTIONS = {"引": "preamble", "一": "overview.on_request", "二": "proactive.text", "三": "requests.text",
            "四": "disputes.text", "五": "problems", "六": "other_matters"}

COLUMNS = ["natural_person", "commercial_enterprise", "research_institution", "public_interest_org",
           "legal_services_institution", "other_org"]


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Path:
    if not (shared / "corpus" / "index.json").is_file():
        pytest.skip("the corpus is absent")
    return shared / "corpus"


@pytest.fixture(scope="module")
def index(corpus: Path) -> list[dict[str, Any]]:
    return json.loads((corpus / "index.json").read_text(encoding="utf-8"))


def table(corpus: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """The exchange file of a report, with its excerpts as texts; a 2019 report under the form of 2021, whose tables 3
    and 4 have the same ids, so that they are checked too."""
    held = json.loads((corpus / entry["file"]).read_text(encoding="utf-8"))
    texts: dict[str, str] = {}
    for excerpt in held.get("narrative_excerpts", []):
        text_id = SECTIONS.get(excerpt["section"][:1])
        if text_id:
            texts[text_id] = texts.get(text_id, "") + excerpt["text"] + "\n"
    report = held["report"]
    values = {key: "na" if value in ("/", "-", "—") else value for key, value in report["values"].items()}
    for column, value in zip(COLUMNS, held.get("other_handling_single_row", []), strict=False):
        row = {"other_misc": value or "0", "other_correction_overdue": "0", "other_fee_unpaid": "0"}
        values |= {f"requests/{name}/{column}": figure for name, figure in row.items()}
    return {**report, "form": "ogi-annual-report-2021", "year": report["year"] or 2023, "texts": texts,
    "values": values}


def failed(form: Form, report: dict[str, Any]) -> list[Finding]:
    return list(take_snapshot(form, report_file.load_report(json.dumps(report).encode(), "x")).failed())


def test_every_report_is_read(form: Form, corpus: Path, index: list[dict[str, Any]]) -> None:
    assert len(index) > 25
    for entry in index:
        failed(form, table(corpus, entry))


def test_no_error_without_a_fault(form: Form, corpus: Path, index: list[dict[str, Any]]) -> None:
    alarms = []
    for entry in index:
        report = table(corpus, entry)
        explained = set().union(*(EXPLAINS.get(fault, set()) for fault in entry["faults"]))
        if "na" in report["values"].values():
            explained.add("N06")                         # a “/” where 0 belongs is a fault that the index leaves out
        alarms += [f"{entry['file']}: {f.rule} {f.message}" for f in failed(form, report)
                   if f.severity is Severity.ERROR and f.rule not in explained]
    assert alarms == []


def test_a_number_in_a_text_is_doubted_only_where_it_is_wrong(form: Form, corpus: Path,
                                                              index: list[dict[str, Any]]) -> None:
    said = {entry["file"]: [f.message for f in failed(form, table(corpus, entry)) if f.rule == "T01"]
            for entry in index}
    found = {file: messages for file, messages in said.items() if messages}
    wrong = {entry["file"] for entry in index if "narrative figure differs from the tables" in entry["faults"]}
    assert found
    assert set(found) <= wrong, found


def test_no_published_text_has_what_a_borrowed_one_brings_along(form: Form, corpus: Path,
                                                                index: list[dict[str, Any]]) -> None:
    alarms = [f"{entry['file']}: {f.message}" for entry in index for f in failed(form, table(corpus, entry))
              if f.rule == "T03" and "period" not in "".join(entry["faults"])]
    whole = {file.name: file.read_text(encoding="utf-8") for file in (corpus / "raw").iterdir()
             if file.suffix in (".txt", ".md")}
    assert len(whole) > 20
    for name, text in whole.items():                     # other rules of T03 need the cover; these are whole pages
        report = build_report(form.id, {Layer.TEXTS: {"overview.proactive": text}})
        alarms += [f"{name}: {f.message}" for f in take_snapshot(form, report).failed() if f.line.startswith("leader/")]
    assert alarms == []


def test_of_how_published_texts_are_written_only_true_slips_are_said(form: Form, corpus: Path,
                                                                     index: list[dict[str, Any]]) -> None:
    """One full stop of half width in a text that has others of full width."""
    rules = {"T04", "T11", "T12", "T13", "T14", "T15", "T16", "T17"}
    said = [(entry["file"], f.rule, f.severity.value) for entry in index for f in failed(form, table(corpus, entry))
            if f.rule in rules]
    assert said == [("p_yangling_sjj_2022.json", "T12", "hint")]


def test_a_period_whose_days_are_run_together_is_found(form: Form, corpus: Path, index: list[dict[str, Any]]) -> None:
    wrong = [entry for entry in index if "period" in "".join(entry["faults"])]
    assert wrong
    for entry in wrong:
        assert [f.rule for f in failed(form, table(corpus, entry)) if "统计期限" in f.message] == ["T03"], entry["file"]


def test_most_clauses_with_a_number_are_understood(form: Form, corpus: Path, index: list[dict[str, Any]]) -> None:
    read, unread = 0, []
    for entry in index:
        report = report_file.load_report(json.dumps(table(corpus, entry)).encode(), "x")
        found = understood(take_snapshot(form, report))
        read += found.claims + found.others
        unread += [one.words for one in found.unread]
    assert len(unread) < 0.05 * read, unread


def test_the_real_fault_is_found(form: Form, corpus: Path, index: list[dict[str, Any]]) -> None:
    """（七）总计 is printed as 20 and 21; its items add up to 26 and 27."""
    entry = next(entry for entry in index if entry["file"] == "pingtan_2020.json")
    found = failed(form, table(corpus, entry))
    assert [(f.rule, f.line) for f in found if f.rule in ("N01", "N02")] == [
        ("N01", "natural_person"), ("N01", "total"), ("N02", "natural_person"), ("N02", "total")]


def test_a_report_of_the_old_form_is_refused_as_it_is(corpus: Path, index: list[dict[str, Any]]) -> None:
    old = [entry for entry in index if entry["form"] == "2019"]
    assert old
    for entry in old:
        held = json.loads((corpus / entry["file"]).read_text(encoding="utf-8"))
        with pytest.raises(UnreadableFileError, match="没有表式 “ogi-annual-report-2019”"):
            report_file.load_report(json.dumps(held["report"]).encode(), "x")
