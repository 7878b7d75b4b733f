"""Every sentence on offer is right: taken into the report it fits, no rule has anything to say about it."""

from __future__ import annotations

import pytest

from govdesk import cli
from govdesk.base.numerals import load_value
from govdesk.form.form import Form
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import take_snapshot
from govdesk.texts import boilerplate

CASES = {
    "all 0": {}, "sample": None,
    "carried on": {"表三·本年新收·自然人": "3", "表三·结转下年度·自然人": "3"},
    "last year's only": {"表三·上年结转·自然人": "2", "表三·予以公开·自然人": "2"},
    "reconsidered": {"表四·行政复议·结果维持": "2", "表四·行政复议·尚未审结": "1"},
    "sued": {"表四·复议后起诉·结果维持": "2"}, "both": {"表四·复议后起诉·结果维持": "2", "表四·行政复议·结果纠正": "1"},
    "fees": {"表二·行政事业性收费·收费金额": "3415.74"}, "documents": {"表二·行政规范性文件·本年制发": "3",
                                                               "表二·行政规范性文件·现行有效": "9"},
}


def report_of(form: Form, make_report, figures: dict[str, str] | None) -> Report:
    if figures is None:
        sample = cli.sample_report()
        return edit_of(sample, "", [(Layer.TEXTS, text_id, "") for text_id in form.texts]).applied_to(sample)
    report = make_report(cover={"contact.office": "办公室", "contact.address": "滨河路1号", "contact.phone": "0000"})
    wanted = [(Layer.VALUES, form.said[name][0], load_value(figure)) for name, figure in figures.items()]
    return edit_of(report, "", wanted).applied_to(report)


@pytest.mark.parametrize("figures", CASES.values(), ids=CASES)
def test_no_rule_objects_to_a_sentence_on_offer(form: Form, make_report, figures) -> None:
    report = report_of(form, make_report, figures)
    taken = 0
    for text_id in form.texts:
        for sentence in boilerplate.offer_sentences(form, report, take_snapshot(form, report).figures, text_id):
            after = take_snapshot(form, edit_of(report, "", [(Layer.TEXTS, text_id, sentence)]).applied_to(report))
            asked = [f.message for f in after.failed() if text_id in f.places]
            gaps = ["“____”" in message for message in asked]          # an amount that only the clerk knows
            assert all(gaps) and len(asked) == ("____" in sentence), (sentence, asked)
            taken += 1
    assert taken >= 3


def test_nothing_is_offered_that_the_text_has_or_that_a_blank_leaves_open(form: Form, make_report) -> None:
    report = make_report(blank=True)
    offered = {t: boilerplate.offer_sentences(form, report, take_snapshot(form, report).figures, t) for t in form.texts}
    assert {t for t, found in offered.items() if found} == {"preamble"}
    assert "____" in offered["preamble"][0]
    sample = cli.sample_report()
    assert boilerplate.offer_sentences(form, sample, take_snapshot(form, sample).figures, "other_matters") == ()


def test_where_all_is_0_the_sentence_says_so(form: Form, make_report) -> None:
    report = make_report()
    figures = take_snapshot(form, report).figures
    assert "没有收到政府信息公开申请" in boilerplate.offer_sentences(form, report, figures, "overview.on_request")[0]
    assert (
        "没有因政府信息公开引起的行政复议和行政诉讼"
            in boilerplate.offer_sentences(form, report, figures, "disputes.text")[0]
    )
    assert "未收取政府信息公开信息处理费" in boilerplate.offer_sentences(form, report, figures, "other_matters")[0]


@pytest.mark.parametrize("text_id", ["overview.on_request", "disputes.text", "overview.information_management"])
def test_a_sentence_that_was_taken_is_watched_and_what_is_offered_instead_is_right(form: Form, make_report,
                                                                                   text_id: str) -> None:
    """Each sentence taken under each set of figures, looked at under every other set: what does not fit any more is
    said, and what is offered in its place satisfies the rule."""
    reports = [report_of(form, make_report, figures) for figures in CASES.values()]
    seen = 0
    for taken_under in reports:
        for sentence in boilerplate.offer_sentences(form, taken_under, take_snapshot(form, taken_under).figures,
                                                    text_id):
            for report in reports:
                now = edit_of(report, "", [(Layer.TEXTS, text_id, f"另有说明。{sentence}")]).applied_to(report)
                figures = take_snapshot(form, now).figures
                fits = any(boilerplate.fits_figures(form, figures, s) for s in form.texts[text_id].sentences
                           if boilerplate.fill_cover_facts(s.words, now) == sentence)
                found = boilerplate.find_outdated(form, now, figures, text_id)
                assert bool(found) != fits, sentence
                for one in found:
                    seen += 1
                    text = now.text(text_id)
                    mended = text[:one.start] + one.instead + text[one.end:]
                    again = edit_of(now, "", [(Layer.TEXTS, text_id, mended)]).applied_to(now)
                    assert mended.startswith("另有说明。")
                    assert boilerplate.find_outdated(form, again, take_snapshot(form, again).figures, text_id) == ()
    assert seen >= 3
