"""What an edit leads to is what all rules say of the report afterwards, though only a few of them were asked."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest

from govdesk import checks, cli
from govdesk.base.numerals import NA, Value
from govdesk.checks.incremental import CheckMemory
from govdesk.checks.registry import KINDS
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Edit, Entry, Key, Layer
from govdesk.session.session import Session

SENTENCES = (
    "", "2023年，本机关收到政府信息公开申请24件，办结20件，结转下年度继续办理4件。",
    "未发生因政府信息公开引起的行政复议。", "新收〔表三·本年新收·总计〕件，共收取信息处理费3.2万元。",
    "行政复议2件，行政诉讼0件。", "收取信息处理费3415.74元。", "〔表三·没有这一行·总计〕件，同比上升12.5%。",
    "全部按期办结，无结转。",
)


@pytest.fixture(scope="module")
def form() -> Form:
    return form_reader.load_form("ogi-annual-report-2021")


def some_edit(form: Form, rng: random.Random) -> list[tuple[Layer, Key, Entry | None]]:
    cells, totals = sorted(form.input_cells), sorted(form.cells - form.input_cells)

    def value() -> Value | None:
        return rng.choice((None, NA, Decimal(0), Decimal(rng.randrange(300)), *map(Decimal, ("1.5", "1.50", "-3"))))

    kinds = rng.choice(("cell", "cell", "cell", "many", "text", "cover", "stated", "last"))
    if kinds == "text":
        return [(Layer.TEXTS, rng.choice(sorted(form.texts)), rng.choice(SENTENCES))]
    if kinds == "cover":
        return [(Layer.COVER, *rng.choice((("organ.level", "county"), ("organ.level", "national"), ("year", "2022"),
                                           ("organ.kind", "government_report"), ("organ.kind", "organ_report"))))]
    if kinds == "stated":
        return [(Layer.STATED, rng.choice(totals), value())]
    if kinds == "last":
        return [(Layer.PREVIOUS, rng.choice(cells + totals), value())]
    count = 1 if kinds == "cell" else rng.randrange(2, 60)
    return [(Layer.VALUES, cell, value()) for cell in rng.sample(cells, count)]


@pytest.mark.parametrize("seed", range(6))
def test_edits_of_all_kinds(form: Form, seed: int) -> None:
    rng = random.Random(seed)
    session = Session(form, cli.sample_report())
    done: list[Edit] = []
    for _ in range(60):
        if done and rng.random() < 0.2:
            session.apply(done.pop().inverse())
        else:
            edit = session.edit("改", some_edit(form, rng))
            session.apply(edit)
            done.append(edit)
        now = session.now
        assert now.findings == checks.run_checks(form, now.report, now.figures)
        assert list(map(repr, now.findings)) == list(map(repr, checks.run_checks(form, now.report, now.figures)))


def test_a_figure_asks_few_rules(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    units = [unit for check in form.checks for unit in KINDS[check.kind].units(check, form)]

    def counted(self: CheckMemory, form: Form) -> None:
        self._units = [lambda facts, unit=unit: (asked.update(["unit"]), unit(facts))[1] for unit in units]
        self._asked, self._before = [], None

    monkeypatch.setattr(CheckMemory, "__init__", counted)
    session = Session(form, cli.sample_report())
    assert asked["unit"] == len(units) > 60
    asked.clear()
    cell = Address("requests", "refused_state_secret", "commercial_enterprise")
    assert cell in form.input_cells
    session.apply(session.edit("填入", [(Layer.VALUES, cell, Decimal(7))]))
    assert 0 < asked["unit"] <= 16
    asked.clear()
    session.apply(session.edit("改", [(Layer.COVER, "contact.office", "办公室")]))
    assert asked["unit"] == 1                # the office is held against the one in the preamble
