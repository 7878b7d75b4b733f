"""Checks the figures of a table: sums, ranges, blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from govdesk.base.numerals import NA, format_value
from govdesk.base.plain_text import plain
from govdesk.checks.findings import Facts, Finding, Side, State, as_number, make_finding, make_passed
from govdesk.form.form import Address, Check, Form, Grid, GridLine

_ONE = Decimal(1)                    # of the same quantum is what has no decimals


def list_columns(check: Check, form: Form) -> Iterable[GridLine]:
    """The columns of the rule's table."""
    return form.grids[check.word("grid")].columns.values()


def list_grids(_: Check, form: Form) -> Iterable[Grid]:
    """All tables."""
    return form.grids.values()


def check_balance(check: Check, column: GridLine, facts: Facts) -> Iterator[Finding]:
    """In every column the sum of the rows `left` equals the sum of the rows `right`."""
    grid = facts.form.grids[check.word("grid")]
    left = _side(facts, grid, check.words("left"), column)
    right = _side(facts, grid, check.words("right"), column)
    places = left.operands + right.operands
    words = {"table": grid.name, "column": column.name, "left": left.words, "right": right.words}
    if left.value is None or right.value is None:
        message = check.word("pending").format(**words)
        yield make_finding(check, State.PENDING, message, places, line=column.id, sides=(left, right))
    elif left.value != right.value:
        gap = abs(left.value - right.value)
        message = check.word("message").format(
            **words, left_value=format_value(left.value), right_value=format_value(right.value), gap=format_value(gap))
        yield make_finding(check, State.FAILED, message, places, line=column.id, sides=(left, right))
    else:
        yield make_passed(check, places, column.id, (left, right))


def _side(facts: Facts, grid: Grid, rows: tuple[str, ...], column: GridLine) -> Side:
    operands = tuple(Address(grid.id, row, column.id) for row in rows)
    return facts.side(operands, "＋".join(grid.rows[row].mark or grid.rows[row].name for row in rows))


def list_row_totals(check: Check, form: Form) -> Iterable[tuple[Address, str]]:
    """Each cell of the total rows `rows`, with its column."""
    grid = form.grids[check.word("grid")]
    return [(Address(grid.id, row, column), column) for row in check.words("rows") for column in grid.columns]


def list_column_totals(check: Check, form: Form) -> Iterable[tuple[Address, str]]:
    """Each cell of the total columns `columns`, with its row."""
    grid = form.grids[check.word("grid")]
    return [(Address(grid.id, row, column), row) for column in check.words("columns") for row in grid.rows]


def check_stated_total(check: Check, total: tuple[Address, str], facts: Facts) -> Iterator[Finding]:
    """A total as an imported paper states it equals the sum of its parts as they stand in the report."""
    address, line = total
    grid = facts.form.grids[address.grid]
    said, computed = as_number(facts.report.stated(address)), facts.number(address)
    places = (address, *grid.parts[address])
    if said is None:
        return                                        # computed, and nothing to hold it against
    if computed is None:
        yield make_finding(check, State.PENDING, f"{facts.form.name_of(address)}：还有空白，填完后核对", places,
                           line=line)
    elif said == computed:
        yield make_passed(check, places, line, _stated_sides(facts, address, said))
    else:
        row, column = grid.rows[address.row], grid.columns[address.column]
        message = check.word("message").format(
            table=grid.name, row=row.label, column=column.name, line=row.label,
            stated=format_value(said), value=format_value(computed), gap=format_value(abs(said - computed)))
        sides = _stated_sides(facts, address, said)
        yield make_finding(check, State.FAILED, message, places, line=line, sides=sides)


def _stated_sides(facts: Facts, address: Address, stated: Decimal) -> tuple[Side, Side]:
    return facts.side((), "原件合计", ("原件合计", stated)), facts.side((address,), "各项相加")


def check_number_range(check: Check, grid: Grid, facts: Facts) -> Iterator[Finding]:
    """Counts are whole and not negative, amounts are not negative. Typing keeps such numbers out; files may not."""
    bad = False
    for address, value in facts.typed(grid):
        if value is None or value is NA or (value.same_quantum(_ONE) and not value.is_signed()):    # nearly all
            continue
        key = "negative" if value < 0 else "fraction" if _fraction(value) and not grid.is_amount(address) else ""
        if key:
            bad = True
            message = check.word(key).format(cell=facts.form.name_of(address), value=format_value(value))
            yield make_finding(check, State.FAILED, message, (address,))
    typed = facts.typed(grid)
    numbers = tuple([address for address, value in typed if value is not None and value is not NA])
    if not bad and any(value is None for _, value in typed):
        yield make_finding(check, State.PENDING, f"{grid.name}：还有空白，填完后核对", grid.inputs, line=grid.id)
    elif not bad and numbers:
        yield make_passed(check, numbers, grid.id)


def _fraction(value: Decimal) -> bool:
    return value != value.to_integral_value()


def check_filled(check: Check, grid: Grid, facts: Facts) -> Iterator[Finding]:
    """Every input cell holds a number. Blanks are pending, one finding a table; each 不适用 is a failure."""
    typed = facts.typed(grid)
    blanks = tuple([address for address, value in typed if value is None])
    unfit = [address for address, value in typed if value is NA]
    if blanks:
        message = check.word("blank").format(table=grid.name, count=len(blanks))
        yield make_finding(check, State.PENDING, message, blanks, line=grid.id)
    for address in unfit:
        message = check.word("not_applicable").format(cell=facts.form.name_of(address))
        yield make_finding(check, State.FAILED, message, (address,))
    if not blanks and not unfit:
        yield make_passed(check, grid.inputs, grid.id)


def check_stock(check: Check, facts: Facts) -> Iterator[Finding]:
    """Issued and repealed documents fit the number in force: 制发 ≤ 现行有效＋废止, and
    against last year where known."""
    grid = facts.form.grids[check.word("grid")]
    for row in check.words("rows"):
        cells = {key: Address(grid.id, row, check.word(key)) for key in ("issued", "repealed", "in_force")}
        numbers = {key: facts.number(address) for key, address in cells.items()}
        places = tuple(cells.values())
        issued, repealed, in_force = numbers["issued"], numbers["repealed"], numbers["in_force"]
        if issued is None or repealed is None or in_force is None:
            yield make_finding(check, State.PENDING, _blank(grid, row), places, line=row)
            continue
        words = {"table": grid.name, "row": grid.rows[row].label, "issued": format_value(issued),
                 "repealed": format_value(repealed),
                 "in_force": format_value(in_force)}
        before = as_number(facts.report.previous(cells["in_force"]))
        if issued > in_force + repealed:
            message = check.word("message").format(**words, sum=format_value(in_force + repealed))
            sides = facts.side((cells["issued"],)), facts.side((cells["in_force"], cells["repealed"]))
            yield make_finding(check, State.FAILED, message, places, line=row, sides=sides, sign="≤")
        elif before is not None and repealed > before + issued:
            message = check.word("previous").format(**words, before=format_value(before),
                                                    sum=format_value(before + issued))
            name = grid.columns[cells["in_force"].column].name
            sides = facts.side((cells["repealed"],)), facts.side((cells["issued"],), "", (f"上年{name}", before))
            yield make_finding(check, State.FAILED, message, places, line=row, sides=sides, sign="≤")
        else:
            yield make_passed(check, places, row)


def check_rule_making(check: Check, facts: Facts) -> Iterator[Finding]:
    """规章 are 0 unless the organ may make them: an error where it never may, else a question, and none for the
    `makers`: kinds of report (“government_report”), or one kind at one level (“national/organ_report”). The office of a
    government (`office_name`) counts what its government made, so it is asked no more than that."""
    grid = facts.form.grids[check.word("grid")]
    level = facts.form.choice("level", facts.report.cover("organ.level"))
    never = level is not None and level.id in check.words("never")
    may = level is not None and not never and _makes_rules(check, facts, level.id)
    for row in check.words("rows"):
        places = tuple(Address(grid.id, row, column.id) for column in grid.block_of(row).columns)
        given = tuple(a for a in places if facts.number(a))              # a negative figure is no 0 either
        if given and not may:
            figures = "、".join(f"{grid.columns[a.column].name} {format_value(facts.figures[a])}" for a in given)
            message = check.word("message" if never else "ask").format(
                table=grid.name, row=grid.rows[row].label, figures=figures, level=level.label if level else "")
            yield make_finding(check, State.FAILED, message, given, severity="" if never else "warning", line=row)
        elif any(facts.number(a) is None for a in places):
            yield make_finding(check, State.PENDING, _blank(grid, row), places, line=row)
        else:
            yield make_passed(check, places, row)


def _makes_rules(check: Check, facts: Facts, level: str) -> bool:
    kind = facts.report.cover("organ.kind")
    if not {kind, f"{level}/{kind}"}.isdisjoint(check.words("makers")):
        return True
    return re.search(check.word("office_name"), plain(facts.report.cover("organ.name")).strip()) is not None


def _blank(grid: Grid, row: str) -> str:
    return f"{grid.name} · {grid.rows[row].label}：还有空白，填完后核对"


def check_disputes_without_requests(check: Check, facts: Facts) -> Iterator[Finding]:
    """No request at all, and yet disputes."""
    requests = tuple(Address.parse(a) for a in check.words("requests"))
    disputes = tuple(Address.parse(a) for a in check.words("disputes"))
    places = requests + disputes
    asked, disputed = facts.total(requests), facts.total(disputes)
    if asked is None or disputed is None:
        yield make_finding(check, State.PENDING, f"{check.title}：还有空白，填完后核对", places)
    elif asked == 0 and disputed > 0:
        yield make_finding(check, State.FAILED, check.word("message").format(count=format_value(disputed)), places)
    else:
        yield make_passed(check, places)
