"""What a claim of a text may mean in the tables: every lawful reading with its figure, and whether one bears it out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from govdesk.checks.findings import Facts
from govdesk.form.form import Check, Form
from govdesk.prose.claims import NOT_TOLD, Claim, Part
from govdesk.prose.meaning import DISPUTES
from govdesk.texts import cell_sums
from govdesk.texts.cell_sums import Reading

_HUNDRED = Decimal(100)
_NEAR = 40                           # claims before a rate, of one of which it may be
_OFFICES = ("own", "office", "level")
_CHANGES = {"rate": "比上年的增减（％）", "multiple": "比上年增长的倍数", "difference": "比上年的增减"}
_CARRIED = ("carried_over", "carried_forward")
_COME_IN = ("received", "received_and_handled", "carried_over")


class JudgedClaim(NamedTuple):
    """A number that a text claims, with all its lawful readings as the tables have them now. `told` is the sum of all
    that the text says of the same; `part`: it may be no more than a part."""

    claim: Claim
    readings: tuple[Reading, ...]
    told: Decimal
    part: bool

    def is_borne_out(self, values: Collection[Decimal]) -> bool:
        """Whether the number would be right if these were the figures of its readings."""
        number = self.claim.number
        return number in values or self.told in values or (self.part and number <= max(values))


class ClaimTables(NamedTuple):
    """The tables of a check of kind “claims” by their ids: rows of what is claimed, and the readings of a column."""

    claims: Mapping[str, Mapping[str, Any]]
    columns: Mapping[str, Sequence[str]]


def claim_tables(check: Check, form: Form) -> ClaimTables:
    """Kept by the form: they are asked for at every edit."""
    key = f"claims of {check.id}"
    if key not in form.kept:
        form.kept[key] = ClaimTables({row["id"]: row for row in check.tables("claims")},
                                     {row["id"]: row["readings"] for row in check.tables("columns")})
    kept: ClaimTables = form.kept[key]
    return kept


class Judge:
    """Readings of the claims of one text."""

    def __init__(self, check: Check, facts: Facts, text_id: str, claims: Sequence[Claim]) -> None:
        self._check, self._facts, self._text_id, self._claims = check, facts, text_id, claims
        self._told = {c.ids[0] for c in claims if c.ids}
        self._rows, self._columns = claim_tables(check, facts.form)
        report = facts.report
        self._government = report.cover("organ.kind") in check.words("of_many")
        self._of_area = self._government or (
            report.cover("organ.level") in check.words("of_area")
            or re.search(check.word("area_name"), report.cover("organ.name")) is not None)
        self._of_office = self._government or re.search(
            check.word("office_name"), report.cover("organ.name")) is not None
        self._told_apart = any(c.ids == ("carried_over",) and not c.origin for c in claims)
        self._only_new = any(c.ids == ("received",) for c in claims) and not any(
            "carried_over" in c.ids for c in claims)
        self._carried_over_told = any(c.ids == ("carried_over",) and c.number for c in claims)
        self._known: dict[tuple[Claim, Decimal], JudgedClaim | None] = {}

    def against(self, claim: Claim, told: Decimal) -> tuple[Reading, ...]:
        """The readings that contradict a claim, none where one bears it out or is not known. `told` is the sum of all
        that the text says of the same."""
        if not self._is_of_organ(claim) or claim.kind == "all":
            return ()
        if claim.kind in ("rate", "multiple", "difference"):
            return self._against_last_year(claim)
        if claim.kind == "last_year":
            return self._against_number_of_last_year(claim)
        if claim.kind == "portion":
            return self._against_wholes(claim)
        if claim.kind == "sum":
            return self._against_sum(claim)
        known = self.known(claim, told)
        if known is None or known.is_borne_out({r.value for r in known.readings}):
            return ()
        if claim.kind == "channels" and any(claim.number == part.number for part in claim.of):
            return ()
        return tuple(r._replace(token="") for r in known.readings) if claim.kind == "channels" else known.readings

    def has_cells(self, ids: Iterable[str]) -> bool:
        """Whether the form has cells for all of these claims; another form may have fewer than the words know."""
        return all(i in self._rows for i in ids)

    def known(self, claim: Claim, told: Decimal) -> JudgedClaim | None:
        """A claim with its readings; None where one of them is not known, where another rule speaks, or where it tells
        of another office."""
        if (claim, told) not in self._known:
            judged = self._is_of_organ(claim) and self.has_cells(claim.ids)
            self._known[claim, told] = self._read(claim, told) if judged else None
        return self._known[claim, told]

    def _is_of_organ(self, claim: Claim) -> bool:
        if claim.scope == "area":
            return self._of_area
        return self._of_office or claim.scope not in ("office", "level")

    def _read(self, claim: Claim, told: Decimal) -> JudgedClaim | None:
        if claim.ids == ("carried_forward",) and not claim.number:
            return None                      # another rule speaks
        found = [self.reading(expression) for expression in (*self._readings(claim), *self._weak_of(claim))]
        known = [r for r in found if r is not None]
        if len(known) < len(found) or not known:
            return None
        if self._is_for_another_rule(claim, known):
            return None
        return JudgedClaim(claim, tuple(dict.fromkeys(known)), told, self._is_part(claim))

    def _is_for_another_rule(self, claim: Claim, known: Sequence[Reading]) -> bool:
        """Where the text on disputes and the table say there is none, the rule on that text speaks; an outcome is for
        this rule wherever there are disputes."""
        if self._text_id not in self._check.words("home_dispute") or claim.ids[0] not in DISPUTES:
            return False
        if claim.columns:
            wholes = [self.reading(expression) for expression in self.expressions(claim.ids, ())]
            return not any(whole is not None and whole.value for whole in wholes)
        return not claim.number or not any(r.value for r in known)

    def _readings(self, claim: Claim) -> list[str]:
        """收到 is 新收 where 上年结转 is told beside it, and 新收 is nothing else."""
        if claim.ids == ("received",) and claim.kind == "count" and (claim.origin == "new" or self._told_apart):
            return self.expressions(claim.ids, claim.columns, plainest=True)
        found = self.expressions(claim.ids, claim.columns)
        if claim.ids == ("answered",) and self._only_new and not claim.columns:
            found.append(f"{found[0]} - {self._of_row('carried_over')[0]}")     # of those that came this year
        return found

    def _of_row(self, row: str) -> list[str]:
        """The readings of a row as cell expressions, the plainest first; some count only beside another claim."""
        known = self._rows[row]
        return [*known["readings"],
                *(other["reading"] for other in known.get("beside", ()) if other["claim"] in self._told)]

    def _weak_of(self, claim: Claim) -> list[str]:
        """Sums that leave some requests out: lawful, and worth a look."""
        return list(self._rows[claim.ids[0]].get("weak", ())) if len(claim.ids) == 1 and not claim.columns else []

    def weak(self, claim: Claim, told: Decimal) -> Reading | None:
        """The reading that leaves requests out, where it alone bears a claim out."""
        if claim.kind != "count" or not self._weak_of(claim):
            return None
        known = self.known(claim, told)
        weak = [r for r in map(self.reading, self._weak_of(claim)) if r is not None and r.value == claim.number]
        if known is None or not weak:
            return None
        plain = [r for r in known.readings if r.name not in {w.name for w in weak}]
        strong = {r.value for r in map(self.reading, self._readings(claim)) if r is not None}
        return weak[0] if plain and not known._replace(readings=()).is_borne_out(strong) else None

    def _is_part(self, claim: Claim) -> bool:
        """Whether a number may be less than the table's: told of one office of a government, or of requests of one
        origin."""
        whole = claim.ids[0] in _CARRIED or self._of_row(claim.ids[0])[0].startswith("proactive/")
        if self._government and (claim.scope == "level" or (claim.scope in _OFFICES and not whole)):
            return True
        if claim.ids[0] in _COME_IN:
            return False
        if claim.origin == "carried_over":
            return True
        return bool(claim.origin) and (claim.origin == "new" or self._carried_over_told) and self._has_carried_over()

    def _has_carried_over(self) -> bool:
        carried = self.reading(self._of_row("carried_over")[0])
        return carried is None or carried.value > 0

    def waits(self, claim: Claim) -> bool:
        """Whether a reading of it is over a blank."""
        return claim.kind in ("count", "channels") and self.has_cells(claim.ids) and any(
            self.reading(expression) is None for expression in self.expressions(claim.ids, claim.columns))

    def expressions(self, ids: Sequence[str], columns: Sequence[str], *, plainest: bool = False) -> list[str]:
        """All lawful readings: of one claim each of its own, of several the sum of their plainest."""
        rows = self._of_row(ids[0])[:1 if plainest else None]
        if len(ids) > 1:
            rows = [" + ".join(self._of_row(i)[0] for i in ids)]
        for column in columns:
            rows = [cell_sums.in_columns(row, wanted) for row in rows for wanted in self._columns[column]]
        return rows

    def reading(self, expression: str) -> Reading | None:
        """The figure of “a/b/c + d/e/f”; None where a cell is blank."""
        known = cell_sums.known(self._facts.form, expression)
        total = Decimal(0)
        for term in known.terms:
            amount = self._facts.total(term.cells)
            if amount is None:
                return None
            total += term.sign * amount
        return known._replace(value=total)

    # -- numbers about numbers

    def _against_sum(self, claim: Claim) -> tuple[Reading, ...]:
        """“48件、5件，合计54件”: neither what the numbers before come to nor what the tables have for them."""
        said = sum((part.number for part in claim.of), Decimal(0))
        if claim.number == said:
            return ()
        if claim.of[0].ids != ("way",) and all(self.has_cells(part.ids) for part in claim.of):
            table = self._sum_of(claim.of)
            if table is None or table.value == claim.number:
                return ()
        return (Reading("前面各数相加", said, "", ()),)

    def _sum_of(self, parts: Sequence[Part]) -> Reading | None:
        return self.reading(" + ".join(self.expressions(part.ids, part.columns)[0] for part in parts))

    def _against_wholes(self, claim: Claim) -> tuple[Reading, ...]:
        """“占51.85%”: of no whole that the tables or the text give."""
        part = claim.of[0]
        if part.number == NOT_TOLD:
            return self._against_wholes_of_row(claim, part)
        parts = {part.number, *(r.value for r in self._figures(part))}
        at = bisect_left(self._claims, claim.start, key=lambda c: c.start)
        wholes = {c.number for c in self._claims[max(0, at - _NEAR):at]
                  if c.kind in ("count", "sum") and c.number >= part.number}
        for ids in (("handled",), ("received",), *((("disputes",), ("reconsideration",), ("litigation",)))):
            wholes |= {r.value for r in self._figures(Part(ids, (), Decimal(0)))}
        step = Decimal(1).scaleb(-claim.fraction)
        rates = [n / whole * _HUNDRED for n in parts for whole in wholes if whole]
        if not rates or any(abs(rate - claim.number) < step for rate in rates):
            return ()
        whole = self.reading(self._of_row("handled" if part.ids[0] != "received" else "received")[0])
        if whole is None or not whole.value:
            return ()
        rate = (part.number / whole.value * _HUNDRED).quantize(step, ROUND_HALF_UP)
        return (Reading(f"{cell_sums.show_number(part.number)} 件占{whole.name}的％", rate, "", whole.cells),)

    def _against_wholes_of_row(self, claim: Claim, part: Part) -> tuple[Reading, ...]:
        """“自然人占79.2%”, “行政复议纠正率为16.7%”: of the row, or of its disputes that were decided."""
        columns = ((), ("concluded",)) if part.ids[0] in DISPUTES else ((),)
        wholes = [r for of in columns for r in self._figures(part._replace(columns=of)) if r.value]
        parts = list(self._figures(part))
        step = Decimal(1).scaleb(-claim.fraction)
        rates = [n.value / whole.value * _HUNDRED for n in parts for whole in wholes]
        if not rates or any(abs(rate - claim.number) < step for rate in rates):
            return ()
        name = f"{parts[0].name}占{wholes[0].name}的％"
        return (Reading(name, rates[0].quantize(step, ROUND_HALF_UP), "", (*parts[0].cells, *wholes[0].cells)),)

    def _figures(self, part: Part) -> Iterator[Reading]:
        if part.ids[0] in self._rows:
            yield from filter(None, map(self.reading, self.expressions(part.ids, part.columns)))

    def _against_last_year(self, claim: Claim) -> tuple[Reading, ...]:
        part, found = claim.of[0], []
        if part.ids[0] not in self._rows:
            return ()
        for expression in self._compared(part):
            now, last = self.reading(expression), self._last(expression)
            if now is None or last is None or (not last and claim.kind != "difference"):
                return ()
            change = _change(claim, now.value, last)
            step = Decimal(1).scaleb(-claim.fraction)
            if any(abs(value - claim.number) < (step if claim.fraction or claim.kind == "rate" else Decimal("0.5"))
                   for value in change):
                return ()
            found.append(Reading(f"{now.name}{_CHANGES[claim.kind]}",
                                 change[0].quantize(step, ROUND_HALF_UP), "", now.cells))
        return tuple(found)

    def _against_number_of_last_year(self, claim: Claim) -> tuple[Reading, ...]:
        """“上年同期为40件”: not what last year's report has for the same."""
        part, found = claim.of[0], []
        if part.ids[0] not in self._rows:
            return ()
        for expression in self._compared(part):
            last = self._last(expression)
            if last is None:
                return ()
            found.append(Reading(f"上年年报的{cell_sums.known(self._facts.form, expression).name}", last, "", ()))
        return () if any(r.value == claim.number for r in found) else tuple(found)

    def _compared(self, part: Part) -> list[str]:
        """The readings that may be compared with last year's: those that bear out this year's number, where one does,
        so that 新收 is held against 新收."""
        found = self.expressions(tuple(i for i in part.ids if i != "new"), part.columns)
        said = [e for e in found if (now := self.reading(e)) is not None and now.value == part.number]
        return said or found

    def _last(self, expression: str) -> Decimal | None:
        """Last year's figure; None where it is not known."""
        return _total(self._facts, expression)


def _change(claim: Claim, now: Decimal, last: Decimal) -> list[Decimal]:
    if claim.kind == "difference":
        return [now - last]
    if claim.kind == "multiple":
        return [now / last - 1, now / last]
    return [(now - last) / last * _HUNDRED]


def _total(facts: Facts, expression: str) -> Decimal | None:
    total = Decimal(0)
    for term in cell_sums.known(facts.form, expression).terms:
        for cell in term.cells:
            value = facts.report.previous(cell)
            if not isinstance(value, Decimal):
                return None
            total += term.sign * value
    return total


def told_of_the_same(claims: Iterable[Claim]) -> Mapping[tuple[object, ...], Decimal]:
    """The sum of all numbers that a text tells of the same."""
    found: dict[tuple[object, ...], Decimal] = {}
    for claim in claims:
        key = claim.kind, claim.ids, claim.columns
        found[key] = found.get(key, Decimal(0)) + claim.number
    return found
