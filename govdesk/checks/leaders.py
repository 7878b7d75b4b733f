"""Two names for one office in one report: a text that was borrowed or kept still names the leader of last year.

Nothing tells the program who leads an organ. It speaks only where the texts themselves give two persons one office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from govdesk.base.numerals import shorten_text
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, State, make_finding
from govdesk.form.form import Check
from govdesk.report.report import Layer

NamedLeader = tuple[str, str, str]           # an office, who holds it, and both as they stand


class _Mention(NamedTuple):
    text_id: str
    name: str
    quote: str


def check_leaders(check: Check, facts: Facts) -> Iterator[Finding]:
    """One finding for an office that two persons hold; none where a text says that it changed hands."""
    texts = {text_id: facts.report.text(text_id) for text_id in facts.texts}
    if any(re.search(check.word("leader_changed"), text) for text in texts.values()):
        return
    offices: dict[str, list[_Mention]] = {}
    for text_id, text in texts.items():
        for office, name, quote in _named(_without_own_name(facts, plain(text)), check.word("leader")):
            offices.setdefault(office, []).append(_Mention(text_id, name, quote))
    said: set[frozenset[str]] = set()
    for office, mentions in offices.items():
        two = next((pair for pair in pairwise(mentions) if _are_two(*pair)), None)
        if two and (names := frozenset(one.name for one in two)) not in said:
            said.add(names)                  # “党组书记、局长” is one person with two offices
            yield _finding(check, facts, office, two)


def _finding(check: Check, facts: Facts, office: str, two: tuple[_Mention, _Mention]) -> Finding:
    """Names last year's first where last year's texts tell which of the two that is."""
    first, second = two
    old, new = _are_of_last_year(facts, first), _are_of_last_year(facts, second)
    if new and not old:
        first, second = second, first
    message = check.word("message_last_leader" if old != new else "message_leader").format(
        place=_place(facts, first), quote=shorten_text(first.quote), other_quote=shorten_text(second.quote),
        other=_place(facts, second) if second.text_id != first.text_id else "另一处")
    return make_finding(check, State.FAILED, message, tuple(dict.fromkeys((first.text_id, second.text_id))),
                        line=f"leader/{office}")


def _place(facts: Facts, mention: _Mention) -> str:
    return facts.form.texts[mention.text_id].name


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def _named(text: str, pattern: str) -> tuple[NamedLeader, ...]:
    return tuple((office, m["name"], m.group().strip()) for m in re.finditer(pattern, text)
                 for office in re.split("[、兼，]", m["offices"]) if office)


def _without_own_name(facts: Facts, text: str) -> str:
    """“临江区教育局局长” is the report's own 局长; other words before an office make it another's."""
    for fact in ("organ.name", "organ.short_name"):
        own = facts.report.cover(fact).strip()
        text = text.replace(own, "\u3000" * len(own)) if own else text
    return text


def _are_two(one: _Mention, other: _Mention) -> bool:
    """Where one name begins the other, a word was taken into it."""
    return not one.name.startswith(other.name) and not other.name.startswith(one.name)


def _are_of_last_year(facts: Facts, mention: _Mention) -> bool:
    return any(mention.name in str(facts.report.entry(Layer.PREVIOUS_TEXTS, text_id) or "")
               for text_id in facts.form.texts)
