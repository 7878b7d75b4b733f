"""Sentences that the form calls for, ready-made: which, and in what words, is data of the form (`Text.sentences`)."""

from __future__ import annotations

import re
from decimal import Decimal

from govdesk import tokens
from govdesk.form import Form, Sentence
from govdesk.report import Report
from govdesk.totals import Figures, add

_GAPS = {"year": "××××"}


def offered(form: Form, report: Report, figures: Figures, text_id: str) -> tuple[str, ...]:
    """The sentences that fit the figures and that the text does not have yet, with live figures in them."""
    text = tokens.resolve(form, figures, report.text(text_id))
    return tuple(filled(sentence.words, report) for sentence in form.texts[text_id].sentences
                 if fits(form, figures, sentence) and not (sentence.unless and re.search(sentence.unless, text)))


def fits(form: Form, figures: Figures, sentence: Sentence) -> bool:
    """All cells of `zero` are 0, and those of each name of `positive` add up to more. A blank fits neither."""
    sums = {name: add([figures[a] for a in form.said[name]]) for name in (*sentence.zero, *sentence.positive)}
    if any(value is None for value in sums.values()):
        return False
    above = {name for name, value in sums.items() if isinstance(value, Decimal) and value > 0}
    return not above & set(sentence.zero) and above >= set(sentence.positive)


def filled(words: str, report: Report) -> str:
    """The words with the facts of the cover in them, a visible gap where one is missing."""
    facts = {"organ": report.cover("organ.name"), "year": report.cover("year"),
             "office": report.cover("contact.office"), "address": report.cover("contact.address"),
             "phone": report.cover("contact.phone")}
    for name, fact in facts.items():
        words = words.replace(f"{{{name}}}", fact.strip() or _GAPS.get(name, tokens.GAP))
    return words
