"""What a borrowed text brings along: a gap that was to be filled, another organ's name, another year's period, the
leader of then, another contact than the cover's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from govdesk.base.hashes import short_hash
from govdesk.base.numerals import shorten_text
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.checks.leaders import check_leaders
from govdesk.form.form import Check, Form
from govdesk.formulas.other_years import Place, YearWords, other_year
from govdesk.formulas.periods import find_other_period
from govdesk.organs.contact_offices import differing_offices
from govdesk.organs.mentions import is_of_another, mentions
from govdesk.organs.self_words import find_foreign_self_word

_NUMBER = r"[\d\-－—()（） ]{6,24}\d"
_PHONE = re.compile(r"(?:电话|联系方式|热线)(?:号码)?(?:为|是|[:：])?\s*"
                    rf"(?P<value>{_NUMBER}(?:[、,，/；;]\s*{_NUMBER})*)")
_ADDRESS = re.compile(r"地址(?:为|是|在|[:：])\s*(?P<value>[^，。；;,（）()\n]{4,60})")
_CONTACTS = (("contact.phone", "电话", _PHONE), ("contact.address", "地址", _ADDRESS))


def check_leftovers(check: Check, facts: Facts) -> Iterator[Finding]:
    """No text holds what stands for something else, nor names another organ or year as the report's own."""
    for text_id in facts.texts:
        text = facts.report.text(text_id)        # a figure of a table that is still blank is another rule's
        read = plain(text)
        found = {"gap": gap_in(check, read), "name": _name(check, facts, read), "self": _self_word(facts, read),
                 "year": other_year(read, facts.report.year, _year_words(check)),
                 "period": _first(read, check.word("broken_period"))}
        if not found["period"] and not found["year"] and facts.report.year is not None:
            found["days"] = find_other_period(read, facts.report.year, check.word("period_front"),
                                              check.word("part_of_year"))
        place = facts.form.texts[text_id].name
        for kind, place_in_text in found.items():
            if place_in_text:
                quote = shorten_text(" ".join(text[slice(*place_in_text)].split("\n")).strip(), 40)
                message = check.word(f"message_{kind}").format(
                    place=place, quote=quote, organ=facts.report.cover("organ.name").strip(), year=facts.report.year)
                severity = "hint" if kind == "gap" and _is_quoted(read, place_in_text[0]) else ""
                mark = short_hash(quote, 10)     # a reason is for these words, not for the next ones
                found_here = make_finding(check, State.FAILED, message, (text_id,), severity=severity,
                                          line=f"{text_id}/{kind}/{mark}")
                yield found_here._replace(unready=kind == "gap")
        contacts = list(_contacts(check, facts, text_id, read))
        yield from contacts
        if not any(found.values()) and not contacts:
            known = facts.report.cover("organ.name").strip() and facts.report.year is not None
            yield (make_passed(check, (text_id,), text_id) if known else
                   make_finding(check, State.PENDING, f"{place}：封面上的机关、年度填好后核对", (text_id,),
                                line=text_id))
    yield from check_leaders(check, facts)


def _year_words(check: Check) -> YearWords:
    return YearWords(check.words("periods"), check.word("published"), check.words("told"), check.word("beside"),
                     check.word("done"), check.word("planned"), check.word("plan"))


def gap_in(check: Check, text: str) -> Place | None:
    """The first place that waits to be filled; not in a sentence that speaks of signs by which something is hidden."""
    return _gap(text, check.words("gaps"), check.word("masked"))


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def _gap(text: str, gaps: tuple[str, ...], masked: str) -> Place | None:
    found = [match.span() for gap in gaps for match in re.finditer(gap, text)]
    for place in sorted(found):
        start, end = text.rfind("。", 0, place[0]) + 1, text.find("。", place[1])
        if not re.search(masked, text[start:end if end >= 0 else len(text)]):
            return place
    return None


def find_placeholder(form: Form, text: str) -> str:
    """What in a text waits to be filled, “XX区”, by the form's own rule; “” where nothing does."""
    check = next((c for c in form.checks if c.kind == "leftovers"), None)
    place = gap_in(check, plain(text)) if check else None
    return text[slice(*place)] if place else ""


@lru_cache(maxsize=64)
def _first(text: str, pattern: str) -> Place | None:
    match = re.search(pattern, text)
    return match.span() if match else None


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands within “…” or 《…》 that open and close in its own paragraph."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    before, after = text[start:at], text[at:end if end >= 0 else len(text)]
    return any(before.rfind(opening) > before.rfind(closing) and closing in after
               for opening, closing in ("“”", "《》"))


def _name(check: Check, facts: Facts, text: str) -> Place | None:
    """The report called, or work told, by another organ's name."""
    cover, short = (facts.report.cover(key).strip() for key in ("organ.name", "organ.short_name"))
    if not cover:
        return None
    government = facts.report.cover("organ.kind") in check.words("of_government")
    of_city = facts.report.cover("organ.level") in ("", *check.words("of_city"))
    return next(((m.start, m.end) for m in mentions(text)
                 if is_of_another(m, cover, short, for_government=government, of_city=of_city)), None)


def _self_word(facts: Facts, text: str) -> Place | None:
    cover, short = (facts.report.cover(key).strip() for key in ("organ.name", "organ.short_name"))
    return find_foreign_self_word(text, cover, short) if cover else None


def _contacts(check: Check, facts: Facts, text_id: str, text: str) -> Iterator[Finding]:
    """A telephone, an address or an office in the preamble that is not the cover's."""
    if text_id != "preamble":
        return
    for key, fact, pattern in _CONTACTS:
        cover = facts.report.cover(key).strip()
        said = list(pattern.finditer(text)) if cover else []
        if said and not any(_agree(cover, one["value"]) for one in said):
            yield _contact(check, facts, key, fact, said[0][0].strip())
    if place := _other_office(facts, text):
        yield _contact(check, facts, "contact.office", "联系机构", text[slice(*place)])


def _other_office(facts: Facts, text: str) -> Place | None:
    if all(mention.how != "contact" for mention in mentions(text)):
        return None
    cover, short, office = (facts.report.cover(key).strip() for key in ("organ.name", "organ.short_name",
                                                                        "contact.office"))
    return next(differing_offices(text, cover, short, office), None) if cover and office else None


def _contact(check: Check, facts: Facts, key: str, fact: str, quote: str) -> Finding:
    message = check.word("message_contact").format(
        place=facts.form.texts["preamble"].name, quote=shorten_text(quote, 40), fact=fact,
        value=shorten_text(facts.report.cover(key).strip(), 40))
    return make_finding(check, State.FAILED, message, ("preamble", key), line=f"preamble/contact/{key}")


def _agree(one: str, other: str) -> bool:
    """Whether one holds the other: an area code or the names of province and city may be left out. Of several
    telephones one is enough."""
    pairs = ((re.sub(r"[\W_]", "", a), re.sub(r"[\W_]", "", b))
             for a in re.split("[、，,；;/]", plain(one)) for b in re.split("[、，,；;/]", plain(other)))
    return any(a in b or b in a for a, b in pairs if a and b)
