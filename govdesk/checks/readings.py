"""Claims of texts held against the tables: a number is right when one lawful reading gives it; else it is a doubt.

24 件 may be 新收＋结转, a row may be told in two sums, a part is no more than the whole. A reading over a blank is not
known, and then nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import NamedTuple

from govdesk.base.hashes import short_hash
from govdesk.base.numerals import format_value, shorten_text
from govdesk.checks.claims import Claim, claim_reader_for
from govdesk.checks.findings import Facts, Finding, Side, State, make_finding, make_passed
from govdesk.form.form import Address, Check, Form, Grid, lines_in_group
from govdesk.texts import tokens
from govdesk.texts.tokens import ResolvedText, Term


class Reading(NamedTuple):
    """What a number may mean: its name in the words of the form, its figure, and the token that stands for it
    (“” for a rate or a sum of ways)."""

    name: str
    value: Decimal
    token: str
    cells: tuple[Address, ...]
    terms: tuple[Term, ...] = ()     # none for a rate


class Doubt(NamedTuple):
    """A claim that no reading bears out, the plainest reading first; `start` and `end` are places in the text as the
    report holds it. `key` is the same as long as the sentence is."""

    text_id: str
    start: int
    end: int
    claim: Claim
    readings: tuple[Reading, ...]
    key: str


class ClaimedNumber(NamedTuple):
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


# A text as it is printed, its judge, and its claims, each with the sum of all that is said of the same.
_Said = tuple[ResolvedText, "_Judge", list[tuple[Claim, Decimal]]]


def check_claims(check: Check, facts: Facts) -> Iterator[Finding]:
    """No number in a text contradicts the tables under every lawful reading."""
    for text_id in facts.texts:
        said = _said(check, facts, text_id)
        found = _doubted(text_id, said)
        for doubt in found:
            places: tuple[Address | str, ...] = (text_id, *dict.fromkeys(doubt.readings[0].cells))
            failed = make_finding(check, State.FAILED, describe_doubt(check, facts.form, doubt), places, line=doubt.key)
            yield failed._replace(either=tuple(_sides(facts, r, doubt) for r in doubt.readings if r.terms))
        if not found:
            yield from _examined(check, facts, text_id, said)


def _examined(check: Check, facts: Facts, text_id: str, of_text: _Said) -> Iterator[Finding]:
    """That all numbers of a text are right, or that some stand against blanks; nothing where it has none."""
    _, judge, said = of_text
    counted = [(claim, told) for claim, told in said if claim.id not in ("rate", "channels")]
    if any(judge.waits(claim) for claim, _ in counted):
        place = facts.form.texts[text_id].name
        yield make_finding(check, State.PENDING, f"{place}：表中还有空白，填完后核对", (text_id,), line=text_id)
    elif any(judge.known(claim, told) for claim, told in counted):
        yield make_passed(check, (text_id,), text_id)


def _sides(facts: Facts, reading: Reading, doubt: Doubt) -> tuple[Side, Side]:
    """A reading and the number, as the two sides of an equation; what is taken off stands on the other side."""
    added, taken = (tuple(c for t in reading.terms if t.sign == sign for c in t.cells) for sign in (1, -1))
    return facts.side(added), facts.side(taken, "", (doubt.claim.said, doubt.claim.number))


def describe_doubt(check: Check, form: Form, doubt: Doubt) -> str:
    return check.word("message").format(place=form.texts[doubt.text_id].name, quote=shorten_text(doubt.claim.said, 30),
                                        readings=describe_readings(form, doubt.readings))


def describe_readings(form: Form, readings: tuple[Reading, ...]) -> str:
    """What the table says: the plainest reading with its table, and one more where that is all there is; a clerk who
    wrote one wrong number is not told every sum that it might have been."""
    plainest = readings[0]
    words = f"{form.grids[plainest.cells[0].grid].name}{plainest.name}为 {format_value(plainest.value)}"
    others = [r for r in readings[1:] if r.value not in (plainest.value, 0)]
    return f"{words}，也不等于{others[0].name} {format_value(others[0].value)}" if len(others) == 1 else words


def find_doubts(check: Check, facts: Facts, text_id: str) -> tuple[Doubt, ...]:
    """The claims of a text that contradict the tables, in order."""
    return _doubted(text_id, _said(check, facts, text_id))


def _doubted(text_id: str, of_text: _Said) -> tuple[Doubt, ...]:
    text, judge, found = of_text
    return tuple(_doubt(text_id, text, claim, readings) for claim, told in found
                 if (readings := judge.against(claim, told)))


def find_claimed_numbers(check: Check, facts: Facts, text_id: str) -> tuple[ClaimedNumber, ...]:
    """The claims of a text that can be held against the tables, right or wrong, in order; no rates, no sums of ways."""
    _, judge, found = _said(check, facts, text_id)
    return tuple(known for claim, told in found if claim.id not in ("rate", "channels")
                 and (known := judge.known(claim, told)))


def _said(check: Check, facts: Facts, text_id: str) -> _Said:
    """A text as it is printed, its judge, and its claims, each with the sum of all that is said of the same; not those
    whose figure is taken from a table."""
    text = tokens.resolve_tokens(facts.form, facts.figures, facts.report.text(text_id))
    said = claim_reader_for(check).read(text.text, facts.report.year, text_id)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for claim in said:
        sums[claim.id, claim.share_of] += claim.number
    return text, _Judge(check, facts, text_id), [(c, sums[c.id, c.share_of]) for c in said if not _is_live(text, c)]


def _is_live(text: ResolvedText, claim: Claim) -> bool:
    at = bisect_left(text.figures, claim.end, key=lambda figure: figure[0])
    return at > 0 and text.figures[at - 1][1] > claim.start


def _doubt(text_id: str, text: ResolvedText, claim: Claim, readings: tuple[Reading, ...]) -> Doubt:
    mark = short_hash(f"{claim.id} {claim.number} {claim.sentence}", 10)
    return Doubt(text_id, text.origin(claim.start), text.origin(claim.end, end=True), claim, readings,
                 f"{text_id}/{mark}")


class _Judge:
    """Readings of one report. Each claim is read once, however often it is asked for."""

    def __init__(self, check: Check, facts: Facts, text_id: str) -> None:
        self._facts, self._text_id = facts, text_id
        self._check = check
        self._whole_government = facts.report.cover("organ.kind") in check.words("of_many")
        self._by_id = claim_reader_for(check).by_id
        self._known: dict[tuple[Claim, Decimal], ClaimedNumber | None] = {}

    def against(self, claim: Claim, told: Decimal) -> tuple[Reading, ...]:
        """The readings that contradict a claim, none where one bears it out or is not known. `told` is the sum of all
        that the text says of the same."""
        if claim.id == "rate":
            return self._against_rate(claim)
        known = self.known(claim, told)
        if known is None or known.is_borne_out({r.value for r in known.readings}):
            return ()
        return tuple(r._replace(token="") for r in known.readings) if claim.id == "channels" else known.readings

    def known(self, claim: Claim, told: Decimal) -> ClaimedNumber | None:
        """A claim with its readings; None where one of them is not known, or where another rule speaks."""
        if (claim, told) not in self._known:
            self._known[claim, told] = self._read(claim, told)
        return self._known[claim, told]

    def _read(self, claim: Claim, told: Decimal) -> ClaimedNumber | None:
        name, expressions = self._expressions(claim)
        found = [self.reading(expression) for expression in expressions]
        wider = [r for e in expressions for r in self._by_column(e, claim.part)] if claim.number else []
        known = [r for r in (*wider, *found) if r is not None]     # the applicant's own column says it most plainly
        if len(known) < len(found) + len(wider) or not known:
            return None
        if self._text_id in self._by_id[name].get("nonzero", ()) and not any(r.value for r in known):
            return None                      # another rule speaks where there is none
        part = claim.part_of or (self._whole_government and not claim.whole)
        return ClaimedNumber(claim, tuple(dict.fromkeys(known)), told, part)

    def waits(self, claim: Claim) -> bool:
        """Whether a reading of it is over a blank."""
        return any(self.reading(expression) is None for expression in self._expressions(claim)[1])

    def _expressions(self, claim: Claim) -> tuple[str, list[str]]:
        name = "received" if claim.id == "channels" else claim.id
        expressions = self._by_id[name]["readings"]
        if claim.share_of:
            expressions = share_readings(self._by_id[claim.share_of]["readings"], expressions)
        return name, list(expressions)

    def reading(self, expression: str) -> Reading | None:
        """The figure of “a/b/c + d/e/f”; None where a cell is blank."""
        known = _sum(self._facts.form, expression)
        total = Decimal(0)
        for term in known.terms:
            amount = self._facts.total(term.cells)
            if amount is None:
                return None
            total += term.sign * amount
        return known._replace(value=total)

    def _by_column(self, expression: str, part: str) -> Iterator[Reading | None]:
        """Where the words name an applicant, the figure of that column is a reading too."""
        grid_id, _, column = expression.split(" ", maxsplit=1)[0].split("/")
        grid = self._facts.form.grids[grid_id]
        if not grid.columns[column].is_total:
            return
        for other in grid.columns.values():
            if not other.is_total and len(other.said) > 1 and other.said in part:
                yield self.reading(expression.replace(f"/{column}", f"/{other.id}"))

    def _against_rate(self, claim: Claim) -> tuple[Reading, ...]:
        found = []
        for expression in self._by_id[claim.rate_of]["readings"]:
            now = self.reading(expression)
            last = self._last(_sum(self._facts.form, expression).terms)
            if now is None or not last:
                return ()
            rate = (now.value - last) / last * 100
            rounded = rate.quantize(Decimal(1).scaleb(-claim.fraction), ROUND_HALF_UP)
            if abs(rate - claim.number) < Decimal(1).scaleb(-claim.fraction):
                return ()
            found.append(Reading(f"{now.name}比上年的增减（％）", rounded, "", now.cells))
        return tuple(found)

    def _last(self, parts: Iterable[Term]) -> Decimal | None:
        """Last year's figure; None where it is not known."""
        total = Decimal(0)
        for term in parts:
            for cell in term.cells:
                value = self._facts.report.previous(cell)
                if not isinstance(value, Decimal):
                    return None
                total += term.sign * value
        return total


def _sum(form: Form, expression: str) -> Reading:
    """An expression without its figure: the rules ask for the same ones at every key."""
    known: Reading | None = form.kept.get(expression)
    if known is None:
        parts = parse_expression(form, expression)
        known = Reading(name_of_sum(form, parts), Decimal(0), token_of_sum(form, parts),
                        tuple(c for t in parts for c in t.cells),
                        parts)
        form.kept[expression] = known
    return known


def parse_expression(form: Form, expression: str) -> tuple[Term, ...]:
    """“requests/new_requests/total + requests/results.refused/total”: rows may be groups. KeyError for what is none."""
    found, sign = [], 1
    for word in expression.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
            continue
        grid_id, row, column = word.split("/")
        block = form.grids[grid_id].blocks[0] if len(form.grids[grid_id].blocks) == 1 else None
        rows = [r.id for r in lines_in_group(block.rows, row)] if block and row in block.row_groups else [row]
        cells = tuple(Address(grid_id, r, column) for r in rows)
        if not cells or not form.cells.issuperset(cells):
            raise KeyError(word)
        found.append(Term(sign, cells))
    return tuple(found)


def share_readings(rows: Iterable[str], columns: Iterable[str]) -> list[str]:
    """An applicant's part of other rows: their readings in the columns that the part's own readings name."""
    named: dict[tuple[str, ...], None] = {}
    for expression in columns:
        cells = [word.split("/") for word in expression.split() if word not in "+-"]
        named[tuple(column for _, row, column in cells if row == cells[0][1])] = None
    return [_in_columns(expression, wanted) for expression in rows for wanted in named]


def _in_columns(expression: str, columns: tuple[str, ...]) -> str:
    found, sign = [], "+"
    for word in expression.split():
        if word in "+-":
            sign = word
        else:
            found += [f"{sign} {word.rpartition('/')[0]}/{column}" for column in columns]
    return " ".join(found).removeprefix("+ ")


def token_of_sum(form: Form, parts: tuple[Term, ...]) -> str:
    """The token of a sum: 〔表三·本年新收·总计＋表三·上年结转·总计〕."""
    words = [("＋" if t.sign > 0 else "－") + form.sayings[t.cells] for t in parts]
    return f"〔{''.join(words).removeprefix('＋')}〕"


def name_of_sum(form: Form, parts: tuple[Term, ...]) -> str:
    """A sum as a sentence calls it: “本年新收＋上年结转”; the column where it is not the total."""
    words = []
    for (sign, row), terms_of_row in groupby(parts, key=lambda t: (t.sign, form.sayings[t.cells].split("·")[1])):
        cells = [term.cells[0] for term in terms_of_row]
        grid = form.grids[cells[0].grid]
        total = len(cells) == 1 and grid.columns[cells[0].column].is_total
        words.append(("＋" if sign > 0 else "－") + (row if total else f"{row}（{_columns(grid, cells)}）"))
    return "".join(words).removeprefix("＋")


def _columns(grid: Grid, cells: list[Address]) -> str:
    """What several columns of one row are called: the group that they are, or all their names."""
    block, named = grid.block_of(cells[0].row), {cell.column for cell in cells}
    groups = (g.label for g in block.column_groups.values() if {c.id for c in lines_in_group(block.columns, g.id)}
              == named)
    return next(groups, "") or "、".join(grid.columns[cell.column].said for cell in cells)
