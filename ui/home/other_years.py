"""Offers the years before the one whose report is due next, each with the form that a report of it has."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from govdesk.drafts.new_report import year_due_next
from govdesk.form.form import Form
from govdesk.formfile.form_choice import first_year, form_of_year
from ui.widgets.basics import add_act


def offer_years(at: QWidget, take: Callable[[int], object]) -> None:
    """A menu below a button; `take` is given the year that is chosen."""
    menu = make_year_menu(at, take)
    menu.exec(at.mapToGlobal(at.rect().bottomLeft()))


def make_year_menu(parent: QWidget, take: Callable[[int], object]) -> QMenu:
    menu, due = QMenu(parent), year_due_next(datetime.date.today())
    for number, year in enumerate(range(due - 1, (first_year() or due) - 1, -1), 1):
        letter = str(number) if number < 10 else ""
        add_act(menu, describe_year(year, form_of_year(year)), letter, partial(take, year))
    return menu


def describe_year(year: int, form: Form) -> str:
    """“2020 年度（2019年试行格式）”; of the form that is still in force the year alone."""
    return f"{year} 年度" + (f"（{form.short}）" if form.short and form.years.last is not None else "")
