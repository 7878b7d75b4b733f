"""Sentences that the form calls for, ready-made: which, and in what words, is data of the form (`Text.sentences`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from govdesk.form.form import Form, ReadySentence, Text
from govdesk.report.report import Report
from govdesk.report.totals import Figures, add_values
from govdesk.texts import tokens

_GAPS = {"year": "××××"}
# What may stand in a text where a sentence has a fact of the cover, a live figure or a gap.
_PIECE = re.compile(r"\{(?P<fact>\w+)\}|(?P<figure>〔[^〔〕]*〕)|(?P<gap>_+)")


class OutdatedSentence(NamedTuple):
    """A ready-made sentence that stands in a text word for word, from `start` to `end`, and no longer fits. `name` is
    the figure that speaks against it, `denied`: the sentence says that there is none of it. `instead`: what fits now,
    ready to be put in its place; “” where the form has nothing."""

    start: int
    end: int
    name: str
    value: Decimal
    denied: bool
    instead: str


def offer_sentences(form: Form, report: Report, figures: Figures, text_id: str) -> tuple[str, ...]:
    """The sentences that fit the figures and that the text does not have yet, with live figures in them."""
    text = tokens.text_with_figures(form, figures, report.text(text_id))
    return tuple(fill_cover_facts(sentence.words, report) for sentence in form.texts[text_id].sentences
                 if fits_figures(form, figures, sentence) and
                 not (sentence.unless and re.search(sentence.unless, text)))


def fits_figures(form: Form, figures: Figures, sentence: ReadySentence) -> bool:
    """All cells of `zero` are 0, and those of each name of `positive` add up to more. A blank fits neither."""
    sums = {name: add_values([figures[a] for a in form.said[name]]) for name in (*sentence.zero, *sentence.positive)}
    if any(value is None for value in sums.values()):
        return False
    above = {name for name, value in sums.items() if isinstance(value, Decimal) and value > 0}
    return not above & set(sentence.zero) and above >= set(sentence.positive)


def find_outdated(form: Form, report: Report, figures: Figures, text_id: str) -> tuple[OutdatedSentence, ...]:
    """The ready-made sentences in a text whose condition is gone, in order; also those of other texts."""
    text = report.text(text_id)
    written = [(owner, sentence) for owner, sentence in _all_sentences(form, text_id)
               if _stands_in(sentence.words, text)]
    found: dict[int, OutdatedSentence] = {}
    for owner, sentence in written:
        fitting = [other for other in owner.sentences if fits_figures(form, figures, other)]
        against = _speaks_against(form, figures, sentence)
        if against is None or any(other.words == sentence.words for other in fitting):
            continue
        for match in _written(sentence.words).finditer(text):
            instead = "".join(fill_cover_facts(other.words, report) for other in fitting
                              if other.unless and re.search(other.unless, match[0])
                              and not _written(other.words).search(text))
            found.setdefault(match.start(), OutdatedSentence(match.start(), match.end(), *against, instead))
    return tuple(found[start] for start in sorted(found))


def has_ready_sentence(form: Form, text: str, text_id: str) -> bool:
    """Whether a text has one of the ready-made sentences that rest on figures."""
    return any(_stands_in(sentence.words, text) for _, sentence in _all_sentences(form, text_id)
               if sentence.zero or sentence.positive)


def _all_sentences(form: Form, text_id: str) -> Iterator[tuple[Text, ReadySentence]]:
    """Every ready-made sentence with the text that offers it; those of this text first."""
    for owner in sorted(form.texts.values(), key=lambda text: text.id != text_id):
        for sentence in owner.sentences:
            yield owner, sentence


def _speaks_against(form: Form, figures: Figures, sentence: ReadySentence) -> tuple[str, Decimal, bool] | None:
    """The first figure that the sentence's condition does not allow, and whether the sentence denies it."""
    for name in (*sentence.zero, *sentence.positive):
        value, denied = add_values([figures[a] for a in form.said[name]]), name in sentence.zero
        if isinstance(value, Decimal) and (value > 0) == denied:
            return name, value, denied
    return None


@lru_cache(maxsize=1024)                      # every sentence beside every text
def _stands_in(words: str, text: str) -> bool:
    return _written(words).search(text) is not None


@lru_cache(maxsize=256)
def _written(words: str) -> re.Pattern[str]:
    """A sentence as it may stand in a text: its figures live or as digits, whatever the cover said then."""
    return re.compile("".join(_piece_patterns(words)))


def _piece_patterns(words: str) -> Iterator[str]:
    end = 0
    for piece in _PIECE.finditer(words):
        yield re.escape(words[end:piece.start()])
        if piece["figure"]:
            yield rf"(?:{re.escape(piece['figure'])}|\d[\d,.]*)"
        elif piece["gap"]:
            yield r"(?:_+|\d[\d,.]*)"
        else:
            yield r"(?:\d{4}|×+)" if piece["fact"] == "year" else r"[^。；\n]{0,80}?"
        end = piece.end()
    yield re.escape(words[end:])


def fill_cover_facts(words: str, report: Report) -> str:
    """The words with the facts of the cover in them, a visible gap where one is missing."""
    facts = {"organ": report.cover("organ.name"), "year": report.cover("year"),
             "office": report.cover("contact.office"), "address": report.cover("contact.address"),
             "phone": report.cover("contact.phone")}
    for name, fact in facts.items():
        words = words.replace(f"{{{name}}}", fact.strip() or _GAPS.get(name, tokens.GAP))
    return words
