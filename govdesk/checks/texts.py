"""Checks a text against the figures; a sentence is quoted and never judged by one word, for 24 件 may be 新收＋结转."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from govdesk.base.hashes import short_hash
from govdesk.base.numerals import format_value, shorten_text
from govdesk.base.plain_text import count_characters, plain
from govdesk.checks import readings
from govdesk.checks.fees import fee_amounts
from govdesk.checks.findings import Facts, Finding, State, make_finding, make_passed
from govdesk.form.form import Address, Check
from govdesk.prose.year_parts import clauses, parts_about_year
from govdesk.texts import boilerplate, tokens


def check_fee_statement(check: Check, facts: Facts) -> Iterator[Finding]:
    """Section six speaks of the processing fee as the rest of the report does.

    信息处理费 is part of 行政事业性收费, but not the same figure: “未收取信息处理费” beside other fees is right.
    """
    text_id = check.word("text")
    text = facts.texts.get(text_id, "")
    fees = Address.parse(check.word("fees"))
    amount = facts.number(fees)
    if not text:
        return
    charged = amount is not None and amount > 0
    if charged and re.fullmatch(check.word("nothing"), text):
        yield make_finding(check, State.FAILED, check.word("message_nothing").format(
            quote=_quoted(text), value=format_value(amount)), (text_id, fees))
        return
    denial, where = _find_denial(check, facts, text)
    found = _charged_elsewhere(check, facts) if denial else None
    if denial and found:
        place, quote = found
        message = check.word("message_conflict").format(
            quote=shorten_text(denial.group()), place=facts.form.texts[place].name, amount=quote)
        yield make_finding(check, State.FAILED, message, (text_id, place))
    elif denial and charged and not re.search(check.word("processing_only"), _clause_around(text, where)):
        message = check.word("message_table").format(quote=shorten_text(denial.group()), value=format_value(amount))
        yield make_finding(check, State.FAILED, message, (text_id, fees))
    elif amount is None:
        yield make_finding(check, State.PENDING, f"{check.title}：填完后核对", (text_id, fees))
    else:
        yield make_passed(check, (text_id, fees))


def _find_denial(check: Check, facts: Facts, text: str) -> tuple[re.Match[str] | None, int]:
    """Where a text says of the report's year that nothing was charged."""
    for part in parts_about_year(plain(text), facts.report.year):
        if match := re.search(check.word("not_charged"), part.group()):
            return match, part.start() + match.start()
    return None, -1


def check_problems(check: Check, facts: Facts) -> Iterator[Finding]:
    """The part about problems tells problems and what is done about them, in more than one short sentence; a text of
    which parts were left out (`elided`) is only asked for words."""
    text_id = check.word("text")
    text = facts.texts.get(text_id, "")
    if not text:
        return
    sort = _lack_of_problems(check, text)
    if sort:
        words = {"quote": _quoted(text), "length": count_characters(text)}
        yield make_finding(check, State.FAILED, check.word(sort).format(**words), (text_id,),
                           severity="hint" if sort == "message_short" else "")
    else:
        yield make_passed(check, (text_id,))


def _lack_of_problems(check: Check, text: str) -> str:
    """The key of what is to be said of the text; “” where it has what it must have."""
    if _says_nothing(text, check.word("nothing")):
        return "message"
    if not re.search(check.word("tells"), text):
        return "message_thin"
    if re.search(check.word("elided"), text):
        return ""
    pieces = re.findall(r"[^，,。；;：:\n]+", text)
    problems = [piece for piece in pieces if re.search(check.word("problem"), piece)]
    if not re.search(check.word("announced"), text) and not any(
            re.search(check.word("measure"), piece) for piece in pieces if piece not in problems):
        return "message_no_measure"
    if not problems and not re.search(check.word("doubtful"), text):
        return "message_no_problem"
    sentences = [one for one in re.split(r"[。；;！\n]", text) if one.strip()]
    return "message_short" if len(sentences) == 1 and count_characters(text) < check.number("least") else ""


@lru_cache(maxsize=32)
def _says_nothing(text: str, nothing: str) -> bool:
    return re.fullmatch(nothing, text) is not None


def _quoted(text: str) -> str:
    """A whole text in a message: without its full stop."""
    return shorten_text(" ".join(text.split()).rstrip("。.．"), 40)


def _charged_elsewhere(check: Check, facts: Facts) -> tuple[str, str] | None:
    """A text that names an amount of processing fee above 0 as collected this year, with the amount."""
    for text_id, text in facts.texts.items():
        for fee in fee_amounts(check, facts, text_id):
            if fee.of == "processing" and fee.yuan:
                return text_id, re.sub(r"\s", "", plain(text[fee.start:fee.end]))
    return None


def _clause_around(text: str, position: int) -> str:
    return next((m.group() for m in clauses(text) if m.start() <= position < m.end()), "")


def check_carried_forward_text(check: Check, facts: Facts) -> Iterator[Finding]:
    """Requests are carried over to next year, so no text says that all were answered."""
    address = Address.parse(check.word("cell"))
    value = facts.number(address)
    if value is None:
        yield make_finding(check, State.PENDING, f"{check.title}：还有空白，填完后核对", (address,))
        return
    if value == 0 or not any(text_id in facts.texts for text_id in check.words("texts")):
        return
    said = list(_said_all_done(check, facts)) if value > 0 else []
    for text_id, quote in said:
        message = check.word("message").format(
            place=facts.form.texts[text_id].name, quote=shorten_text(quote, 24), value=format_value(value))
        yield make_finding(check, State.FAILED, message, (address, text_id), line=text_id)
    if not said:
        yield make_passed(check, (address,))


def _said_all_done(check: Check, facts: Facts) -> Iterator[tuple[str, str]]:
    """The first sentence of each text that says that nothing was carried forward, or that all requests were answered;
    the latter only where no text tells what is left over."""
    said = {text_id: readings.said_of(facts, text_id) for text_id in check.words("texts")}
    left_over = any(claim.ids == ("carried_forward",) and claim.number for claims in said.values() for claim in claims)
    for text_id, claims in said.items():
        found = next((claim for claim in claims if (claim.ids == ("carried_forward",) and not claim.number)
                      or (claim.kind == "all" and not left_over)), None)
        if found:
            yield text_id, found.said


def check_live_figures(check: Check, facts: Facts) -> Iterator[Finding]:
    """Every figure that a text takes from a table is there, and every name in it is one of the form's."""
    for text_id in facts.texts:
        text, place = facts.report.text(text_id), facts.form.texts[text_id].name
        blank = [t for t in tokens.find_tokens(facts.form, text) if tokens.value_of_terms(facts.figures, t.terms)
                 is None]
        unknown = tokens.find_unknown_tokens(facts.form, text)
        if blank:
            names = "、".join(dict.fromkeys(f"〔{t.words}〕" for t in blank))
            cells = tuple(dict.fromkeys(a for t in blank for term in t.terms for a in term.cells
                                        if facts.figures[a] is None))
            message = check.word("message_blank").format(place=place, quote=shorten_text(names, 60), cells=len(blank))
            yield make_finding(check, State.FAILED, message, (text_id, *cells), line=f"{text_id}/blank")
        if unknown:
            message = check.word("message_unknown").format(place=place, quote=shorten_text("、".join(unknown), 60))
            yield make_finding(check, State.FAILED, message, (text_id,), line=f"{text_id}/unknown")
        if not blank and not unknown and any(tokens.find_tokens(facts.form, text)):
            yield make_passed(check, (text_id,), text_id)


def check_ready_sentences(check: Check, facts: Facts) -> Iterator[Finding]:
    """A ready-made sentence that was taken into a text still fits the figures."""
    for text_id in facts.texts:
        text = facts.report.text(text_id)
        found = boilerplate.find_outdated(facts.form, facts.report, facts.figures, text_id)
        for one in found:
            quote = tokens.text_with_figures(facts.form, facts.figures, text[one.start:one.end])
            message = check.word("message" if one.instead else "message_bare").format(
                place=facts.form.texts[text_id].name, quote=shorten_text(quote, 60), name=one.name,
                                                                                      value=format_value(one.value),
                instead=shorten_text(tokens.text_with_figures(facts.form, facts.figures, one.instead), 160))
            mark = sha256(text[one.start:one.end].encode(errors="surrogatepass")).hexdigest()[:10]
            yield make_finding(check, State.FAILED, message, (text_id, *facts.form.said[one.name]),
                               severity="" if one.denied else "hint", line=f"{text_id}/{mark}")
        if not found and boilerplate.has_ready_sentence(facts.form, text, text_id):
            yield make_passed(check, (text_id,), text_id)


def check_bare_requests(check: Check, facts: Facts) -> Iterator[Finding]:
    """“收到申请99件”, of which the text does not say what was asked for, is the number of requests for information or a
    sentence that wants a word more. Only where its paragraph speaks of no other applications."""
    cells = [Address.parse(check.word(key)) for key in ("new", "carried_over")]
    new, carried = map(facts.number, cells)
    for text_id in facts.texts:
        said = [] if text_id in check.words("elsewhere") else _bare_requests(
            plain(facts.texts[text_id]), facts.report.year, check.word("sentence"), check.word("others"))
        for quote, number in said:
            if new is None or carried is None:
                yield make_finding(check, State.PENDING, f"{check.title}：填完后核对", (text_id, *cells), line=text_id)
            elif number in (new, new + carried):
                yield make_passed(check, (text_id, *cells), text_id)
            else:
                message = check.word("message").format(place=facts.form.texts[text_id].name, quote=quote,
                                                       value=format_value(new))
                yield make_finding(check, State.FAILED, message, (text_id, *cells),
                                   line=f"{text_id}/{short_hash(quote, 10)}")


@lru_cache(maxsize=64)
def _bare_requests(text: str, year: int | None, sentence: str, others: str) -> tuple[tuple[str, Decimal], ...]:
    """Such sentences with their numbers, 0 where there were none; not those of another year."""
    return tuple((match[0].strip(), Decimal((match["number"] or "0").replace(",", "")))
                 for paragraph in text.split("\n") if not re.search(others, paragraph)
                 for match in re.finditer(sentence, paragraph) if match["year"] in (None, str(year)))
