"""Checks of a text against the figures. A sentence is quoted, never judged by one word: 24 件 may be 新收＋结转."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govdesk.checks.findings import Facts, Finding, State, finding, passed
from govdesk.form import Address, Check
from govdesk.numerals import shorten, show

_CLAUSE = re.compile(r"[^。；;！？\n]+")
_NUMBER = r"(?<![\d.])0*[1-9]\d*(?![\d.%％])\s*[件起宗]"
_NONE = r"(?<![\d.])0\s*[件起宗]"
_DENIED = r"未|无|没有|不存在|零"


def clauses(text: str) -> Iterator[str]:
    """The parts of a text between full stops, semicolons and line ends."""
    for match in _CLAUSE.finditer(text):
        yield match.group().strip()


def fee_statement(check: Check, facts: Facts) -> Iterator[Finding]:
    """Section six speaks of the processing fee as the rest of the report does.

    信息处理费 is part of 行政事业性收费, but not the same figure: “未收取信息处理费” beside other fees is right.
    """
    text_id = check.word("text")
    text = facts.texts.get(text_id, "")
    fees = Address.parse(check.word("fees"))
    amount = facts.number(fees)
    charged = amount is not None and amount > 0
    if charged and text and re.fullmatch(check.word("nothing"), text):
        yield finding(check, State.FAILED, check.word("message_nothing").format(value=show(amount)), (text_id, fees))
        return
    denial = re.search(check.word("not_charged"), text)
    found = _charged_elsewhere(check, facts, text_id) if denial else None
    if denial and found:
        place, quote = found
        message = check.word("message_conflict").format(
            quote=shorten(denial.group()), place=facts.form.texts[place].name, amount=quote)
        yield finding(check, State.FAILED, message, (text_id, place))
    elif denial and charged and check.word("not_charged_processing") not in _clause_around(text, denial.start()):
        message = check.word("message_table").format(quote=shorten(denial.group()), value=show(amount))
        yield finding(check, State.FAILED, message, (text_id, fees))
    else:
        yield passed(check, (text_id, fees))


def _charged_elsewhere(check: Check, facts: Facts, but: str) -> tuple[str, str] | None:
    """A text that names an amount of processing fee above 0, with the amount as it stands there."""
    for text_id, text in facts.texts.items():
        match = re.search(check.word("processing_fee"), text)
        if match and (text_id != but or not re.search(check.word("not_charged"), _clause_around(text, match.start()))):
            return text_id, f"{match[1]} {match[2]}"
    return None


def _clause_around(text: str, position: int) -> str:
    return next((m.group() for m in _CLAUSE.finditer(text) if m.start() <= position < m.end()), "")


def carried_forward_text(check: Check, facts: Facts) -> Iterator[Finding]:
    """Requests are carried over to next year, so no text says that all were answered."""
    address = Address.parse(check.word("cell"))
    value = facts.number(address)
    if value is None:
        yield finding(check, State.PENDING, f"{check.title}：还有空白，填完后核对", (address,))
        return
    said = list(_said_all_done(check, facts)) if value > 0 else []
    for text_id, quote in said:
        message = check.word("message").format(
            place=facts.form.texts[text_id].name, quote=shorten(quote, 24), value=show(value))
        yield finding(check, State.FAILED, message, (address, text_id), line=text_id)
    if not said:
        yield passed(check, (address,))


def _said_all_done(check: Check, facts: Facts) -> Iterator[tuple[str, str]]:
    for text_id in check.words("texts"):
        for clause in clauses(facts.texts.get(text_id, "")):
            if not re.search(check.word("subject"), clause):
                continue
            match = next(filter(None, (re.search(p, clause) for p in check.words("patterns"))), None)
            if match:
                yield text_id, match.group()
                break


def disputes_text(check: Check, facts: Facts) -> Iterator[Finding]:
    """The text of section four and table 4 agree on whether there was any reconsideration or litigation."""
    text_id = check.word("text")
    text = facts.texts.get(text_id, "")
    names, words = check.params["names"], check.params["words"]
    assert isinstance(names, dict) and isinstance(words, dict)
    for kind, name in names.items():
        cells = tuple(Address.parse(a) for a in check.words(kind))
        numbers = [facts.number(a) for a in cells]
        if None in numbers:
            yield finding(check, State.PENDING, f"{check.title}（{name}）：还有空白，填完后核对", cells, line=kind)
            continue
        total = sum((n for n in numbers if n is not None), Decimal(0))
        quote = _claim(text, words[kind], denied=total > 0)
        if quote and total == 0:
            message = check.word("message_named").format(quote=shorten(quote, 24), name=name)
        elif quote:
            message = check.word("message_denied").format(quote=shorten(quote, 24), name=name, value=show(total))
        else:
            yield passed(check, (text_id, *cells), kind)
            continue
        yield finding(check, State.FAILED, message, (text_id, *cells), line=kind)


def _claim(text: str, subject: str, *, denied: bool) -> str:
    """The words that say there was such a case (or, `denied`, that there was none); “” where none do."""
    near = r"[^。；;，,、\n]{0,16}?"
    if denied:
        patterns = [rf"(?:{_DENIED})[^。；;，,\n]{{0,24}}?(?:{subject})", rf"(?:{subject}){near}(?:{_NONE})",
                    rf"(?:{_NONE}){near}(?:{subject})"]
    else:
        patterns = [rf"(?:{subject}){near}{_NUMBER}", rf"{_NUMBER}{near}(?:{subject})"]
    for clause in clauses(text):
        for part in re.split(r"[，,]", clause):
            for pattern in patterns:
                match = re.search(pattern, part)
                if match:
                    return match.group()
    return ""
