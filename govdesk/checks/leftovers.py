"""What a borrowed text brings along: a gap that was to be filled, another organ's name, another year's period, the
leader of then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from govdesk.base.hashes import short_hash
from govdesk.base.numerals import shorten
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, finding, passed
from govdesk.checks.leaders import leaders
from govdesk.form.form import Check, Form


def leftovers(check: Check, facts: Facts) -> Iterator[Finding]:
    """No text holds what stands for something else, nor names another organ or year as the report's own."""
    for text_id in facts.texts:
        text = facts.report.text(text_id)        # a figure of a table that is still blank is another rule's
        read = plain(text)
        found = {"gap": _gap(read, check.word("gap")), "name": _name(check, facts, read),
                 "year": _year(check, facts, read)}
        place = facts.form.texts[text_id].name
        for kind, place_in_text in found.items():
            if place_in_text:
                quote = shorten(text[slice(*place_in_text)].strip(), 40)
                message = check.word(f"message_{kind}").format(
                    place=place, quote=quote, organ=facts.report.cover("organ.name").strip(), year=facts.report.year)
                severity = "hint" if kind == "gap" and _is_quoted(read, place_in_text[0]) else ""
                mark = short_hash(quote, 10)     # a reason is for these words, not for the next ones
                found_here = finding(check, State.FAILED, message, (text_id,), severity=severity,
                                     line=f"{text_id}/{kind}/{mark}")
                yield found_here._replace(unready=kind == "gap")
        if not any(found.values()):
            known = facts.report.cover("organ.name").strip() and facts.report.year is not None
            yield (passed(check, (text_id,), text_id) if known else
                   finding(check, State.PENDING, f"{place}：封面上的机关、年度填好后核对", (text_id,), line=text_id))
    yield from leaders(check, facts)


Place = tuple[int, int]


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def _gap(text: str, pattern: str) -> Place | None:
    match = re.search(pattern, text)
    return match.span() if match else None


def placeholder(form: Form, text: str) -> str:
    """What in a text waits to be filled, “XX区”, by the form's own rule; “” where nothing does."""
    check = next((c for c in form.checks if c.kind == "leftovers"), None)
    place = _gap(plain(text), check.word("gap")) if check else None
    return text[slice(*place)] if place else ""


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands within “…” or 《…》 that open and close in its own paragraph."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    before, after = text[start:at], text[at:end if end >= 0 else len(text)]
    return any(before.rfind(opening) > before.rfind(closing) and closing in after
               for opening, closing in ("“”", "《》"))


@lru_cache(maxsize=64)
def _named(text: str, pattern: str) -> tuple[tuple[Place, str, str], ...]:
    """Every place where a report is called by its organ and year."""
    return tuple((m.span(), m["name"], m["year"]) for m in re.finditer(pattern, text))


@lru_cache(maxsize=64)
def _periods(text: str, pattern: str) -> tuple[tuple[Place, str], ...]:
    return tuple((m.span(), m["year"]) for m in re.finditer(pattern, text))


def _name(check: Check, facts: Facts, text: str) -> Place | None:
    """A report called by another organ's name. Its own may be cut at the front, and words may stand before it."""
    own = [name for name in (facts.report.cover("organ.name").strip(), facts.report.cover("organ.short_name").strip())
           if name]
    if not own:
        return None
    return next((place for place, name, _ in _named(text, check.word("called"))
                 if not any(name.endswith(o) or o.endswith(name) for o in own)), None)


def _year(check: Check, facts: Facts, text: str) -> Place | None:
    """The report, or the period of its figures, said to be of another year."""
    if facts.report.year is None:
        return None
    said = [(place, year) for place, _, year in _named(text, check.word("called"))]
    said += _periods(text, check.word("period"))
    said += _counted(text, facts.report.year, check.word("counted"), check.word("beside"))
    return next((place for place, year in said if year != str(facts.report.year)), None)


@lru_cache(maxsize=64)
def _counted(text: str, this_year: int, counted: str, beside: str) -> tuple[tuple[Place, str], ...]:
    """Counts of an earlier year, in paragraphs that say nothing of this one and do not set years side by side."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        if f"{this_year}年" in paragraph.group() or re.search(beside, paragraph.group()):
            continue
        found += [((paragraph.start() + m.start(), paragraph.start() + m.end()), m["year"])
                  for m in re.finditer(counted, paragraph.group()) if int(m["year"]) < this_year]
    return tuple(found)
