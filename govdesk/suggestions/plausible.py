"""Says how large a figure may be guessed: one that dwarfs all others of its table explains nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from heapq import nlargest
from typing import Final

from govdesk.form.form import Address
from govdesk.report.report import Report

ALWAYS_PLAUSIBLE: Final = Decimal(1000)      # a figure that any table may hold
OTHERS_TIMES: Final = Decimal(100)           # the second largest figure of the table: the largest may be the slip
LAST_YEAR_TIMES: Final = Decimal(10)         # last year's figure of the same cell


class PlausibleFigures:
    """The figures as they are typed, and last year's."""

    def __init__(self, report: Report, figure: Mapping[Address, Decimal]) -> None:
        self._report, self._figure = report, figure

    def allow(self, rights: Mapping[Address, Decimal]) -> bool:
        """Whether figures may be guessed in these cells; less than what stands there always may."""
        return all(0 <= right <= max(self._most(cell), self._figure[cell]) for cell, right in rights.items())

    def _most(self, cell: Address) -> Decimal:
        last = self._report.previous(cell)
        before = last * LAST_YEAR_TIMES if isinstance(last, Decimal) else Decimal(0)
        return max(ALWAYS_PLAUSIBLE, self._scales.get(cell.grid, Decimal(0)) * OTHERS_TIMES, before)

    @cached_property
    def _scales(self) -> dict[str, Decimal]:
        """The second largest figure of each table."""
        by_table: dict[str, list[Decimal]] = {}
        for cell, value in self._figure.items():
            by_table.setdefault(cell.grid, []).append(value)
        return {grid: nlargest(2, values)[-1] for grid, values in by_table.items()}
