"""Holds the fixed sentences of a preamble against the form: the parts of the report and its legal base."""

from __future__ import annotations

from collections.abc import Iterator

from govdesk.base.numerals import shorten_text
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.form.form import Check
from govdesk.formulas.legal_base import find_old_bases, old_bases
from govdesk.formulas.parts import PartWords, find_parts


def check_formulas(check: Check, facts: Facts) -> Iterator[Finding]:
    """A text that lists the parts of the report lists those of the form, and none names what the form has replaced."""
    words = PartWords(check.word("opens"), tuple((part["name"], part["pattern"]) for part in check.tables("parts")),
                      check.word("older"), check.word("around"))
    since = check.params["since"]
    assert isinstance(since, int)
    if facts.report.year is None or facts.report.year < since:
        return
    for text_id in facts.texts:
        text = facts.report.text(text_id)
        read, place = plain(text), facts.form.texts[text_id].name
        listed, wrong = find_parts(read, words)
        for part in wrong[:1]:
            message = check.word(f"message_{part.kind}").format(
                place=place, quote=shorten_text(text[slice(*part.place)].strip(), 40), word=part.word,
                count=len(words.parts))
            yield make_finding(check, State.FAILED, message, (text_id,), line=f"{text_id}/parts")
        old = find_old_bases(read, old_bases(check.tables("bases")))
        for number, (span, base) in enumerate(old):
            message = check.word("message_base").format(place=place, quote=shorten_text(text[slice(*span)].strip(), 40),
                                                        advice=base.advice)
            yield make_finding(check, State.FAILED, message, (text_id,), severity=base.severity,
                               line=f"{text_id}/base/{number}")
        if listed and not wrong and not old:
            yield make_passed(check, (text_id,), text_id)
