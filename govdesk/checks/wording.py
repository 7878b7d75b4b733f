"""Checks how the texts are written, whatever their figures are: slips of writing, personal numbers, pasted pieces,
their length, what a government's report must speak of, and what is as it was last year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govdesk.base.hashes import short_hash
from govdesk.base.numerals import shorten_text
from govdesk.base.plain_text import count_characters, plain
from govdesk.checks.findings import Facts, Finding, Severity, State, make_finding, make_passed
from govdesk.form.form import Check, Form, Text
from govdesk.proofreading import blanks, marks, pasted, personal_data
from govdesk.proofreading.pasted import PrintedHeading
from govdesk.texts import unchanged

NEAR = 12                            # characters before a number in the preamble
SENTENCE = 60                        # characters before and behind a number that may say whose it is
AROUND = 6                           # characters that are quoted on both sides of a place


def list_texts(_check: Check, form: Form) -> Iterable[Text]:
    """Each text is judged for itself."""
    return form.texts.values()


def check_writing(check: Check, text: Text, facts: Facts) -> Iterator[Finding]:
    """No blank within a word, no marks of both widths, no mark twice, no date run together. One finding of each sort a
    text, with the first place and their number."""
    if text.id not in facts.texts:
        return
    said = facts.report.text(text.id)
    found = {"blank": blanks.find_stray_blanks(said, _words(check, facts.form)),
             "mixed": marks.find_mixed_marks(said, check.words("pairs"), check.words("mismatched")),
             "doubled": marks.find_all(said, check.words("doubled")),
             "date": tuple(_dates(check, plain(said)))}
    for sort, places in found.items():
        if places:
            quotes = [_quoted(said, *place) for place in places]
            message = check.word(f"message_{sort}").format(place=text.name, quote=quotes[0], count=len(places))
            found_here = _of_words(check, text, sort, message, "|".join(quotes))
            yield found_here._replace(severity=Severity.WARNING) if sort == "date" else found_here
    if not any(found.values()):
        yield make_passed(check, (text.id,), text.id)


def _dates(check: Check, said: str) -> Iterator[tuple[int, int]]:
    """Dates that are none; not in a piece of a sentence that tells the period of the figures: another rule reads it."""
    for start, end in marks.find_all(said, check.words("dates")):
        piece = re.split("[。；;，,\n]", said[max(0, start - SENTENCE):start])[-1]
        if not re.search(check.word("period"), piece):
            yield start, end


def _of_words(check: Check, text: Text, sort: str, message: str, words: str) -> Finding:
    """A finding about some words of a text: a reason is for these, not for the next ones."""
    return make_finding(check, State.FAILED, message, (text.id,), line=f"{text.id}/{sort}/{short_hash(words, 10)}")


def _words(check: Check, form: Form) -> frozenset[str]:
    """The words of a rule, which it writes in one line; made once."""
    key = f"{check.id}/words"
    if key not in form.kept:
        form.kept[key] = frozenset(check.word("words").split())
    words: frozenset[str] = form.kept[key]
    return words


def _quoted(text: str, start: int, end: int) -> str:
    """A place with a few characters around it, of its own line."""
    begin = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    stop = text.find("\n", end)
    return shorten_text(text[begin:min(end + AROUND, stop if stop >= 0 else len(text))], 30)


def check_personal_data(check: Check, text: Text, facts: Facts) -> Iterator[Finding]:
    """No identity number, and no mobile number but the organ's own: the cover's, one told as that of the office, or one
    in the preamble where its sentence names no applicant. The number itself is not repeated. An identity number is an
    error: no report may show one. Source: 条例第十五条."""
    if text.id not in facts.texts:
        return
    said = plain(facts.texts[text.id])
    own = re.sub(r"\D", "", plain(facts.report.cover("contact.phone")))
    found = {(one.kind, personal_data.mask_number(said[one.start:one.end])): one
             for one in personal_data.find_personal_numbers(said)
             if one.kind == "identity" or not _is_of_office(check, text, said, one, own)}
    for kind, number in found:
        message = check.word(f"message_{kind}").format(place=text.name, number=number)
        found_here = _of_words(check, text, kind, message, number)
        yield found_here._replace(severity=Severity.ERROR) if kind == "identity" else found_here
    if not found:
        yield make_passed(check, (text.id,), text.id)


def _is_of_office(check: Check, text: Text, said: str, one: personal_data.PersonalNumber, own: str) -> bool:
    if re.sub(r"\D", "", said[one.start:one.end]) in own:
        return True
    start = max(said.rfind("。", 0, one.start) + 1, one.start - SENTENCE)
    end = said.find("。", one.end, one.end + SENTENCE)
    sentence = said[start:end if end >= 0 else one.end + SENTENCE]
    if text.id in check.words("contact"):
        near = re.split("[；;\n]", said[max(start, one.start - NEAR):one.start])[-1]
        return re.search(check.word("persons"), near) is None
    return not re.search(check.word("persons"), sentence) and bool(re.search(check.word("office"),
                                                                             said[start:one.start]))


def check_pasted_parts(check: Check, text: Text, facts: Facts) -> Iterator[Finding]:
    """No text holds what the form prints itself: a heading, a table, the signature."""
    if text.id not in facts.texts:
        return
    said = facts.report.text(text.id)
    found = {"heading": _heading(check, facts.form, text, said),
             "table": pasted.find_table(plain(said), check.words("labels"), check.number("least_labels"),
                                        check.number("least_figures")),
             "signature": pasted.find_signature(said) if text.id in check.words("last") else None}
    for sort, place in found.items():
        if place:
            quote = shorten_text(" ".join(said[slice(*place)].split()), 30)
            message = check.word(f"message_{sort}").format(place=text.name, quote=quote)
            yield _of_words(check, text, sort, message, quote)
    if not any(found.values()):
        yield make_passed(check, (text.id,), text.id)


def _heading(check: Check, form: Form, text: Text, said: str) -> tuple[int, int] | None:
    """This text's own heading or its section's at its beginning, or any section's in a line of its own; in a section
    of several texts also those of its neighbours."""
    section = form.section_of(text.id)
    own = _printed((text.heading, text.name, section.heading))
    others = _printed([*(one.heading for one in form.sections), *(one.heading for one in section.texts)])
    return pasted.find_own_heading(said, own) or pasted.find_other_heading(said, others)


def _printed(headings: Iterable[str]) -> tuple[PrintedHeading, ...]:
    return tuple(one for heading in headings if heading and (one := pasted.split_heading(heading)))


def check_length(check: Check, facts: Facts) -> Iterator[Finding]:
    """The texts of a section are not longer together than the form advises (`Section.limit`)."""
    for section in facts.form.sections:
        written = [text.id for text in section.texts if text.id in facts.texts] if section.limit else []
        length = sum(count_characters(facts.texts[text_id]) for text_id in written)
        if length > section.limit:
            message = check.word("message").format(section=section.short, length=length, limit=section.limit)
            yield make_finding(check, State.FAILED, message, tuple(written), line=section.id)
        elif written:
            yield make_passed(check, tuple(written), section.id)


def check_government_parts(check: Check, facts: Facts) -> Iterator[Finding]:
    """A report of a whole government speaks of all `parts`; one that is told in other words is let be, so it is asked
    about from `least` of them on. Where the text itself is not written, that is said elsewhere."""
    text_id = check.word("text")
    if facts.report.cover("organ.kind") not in check.words("of_government") or text_id not in facts.texts:
        return
    whole = "\n".join(facts.texts.values())
    if re.search(check.word("elided"), whole):
        return
    missing = [part["name"] for part in check.tables("parts") if not re.search(part["pattern"], whole)]
    if len(missing) >= check.number("least"):
        message = check.word("message").format(place=facts.form.texts[text_id].name, missing="、".join(missing))
        yield make_finding(check, State.FAILED, message, (text_id,))
    else:
        yield make_passed(check, (text_id,))


def check_unchanged_texts(check: Check, text: Text, facts: Facts) -> Iterator[Finding]:
    """A text is not last year's: of one that is written anew each year (`Text.fresh`) at most `most` per cent, else
    not all of it. Short ones say the same in any year."""
    if text.id not in facts.texts or not unchanged.last_text(facts.report, text.id):
        return
    if count_characters(facts.texts[text.id]) < check.number("least"):
        return
    same = unchanged.measure_unchanged(facts.report, text.id)
    if same > (check.number("most") if text.fresh else 99):
        message = check.word("message" if text.fresh else "message_all").format(place=text.name, same=same)
        yield make_finding(check, State.FAILED, message, (text.id,), line=text.id,
                           severity="" if text.fresh else "hint")
    else:
        yield make_passed(check, (text.id,), text.id)
