"""Chooses a form: the one for a report year, and the one by which the report after another is written."""

from __future__ import annotations

from collections.abc import Iterator

from govdesk.form.form import Form
from govdesk.formfile import form_reader


def form_of_year(year: int | None) -> Form:
    """The form for a report year; the newest where none is for it, or the year is not known. Raises
    InstallationError."""
    ids = form_reader.list_form_ids()
    held = (form for form in map(form_reader.load_form, ids) if year is not None and form.years.holds(year))
    return next(held, None) or form_reader.load_form(ids[0])


def form_after(last: Form, year: int) -> Form:
    """The form of a report that follows one of another: the same, where it is for that year or no other follows it.
    Raises InstallationError."""
    if last.years.holds(year):
        return last
    following = (form for form in map(form_reader.load_form, form_reader.list_form_ids())
                 if form.follows is not None and form.follows.form == last.id and form.years.holds(year))
    return next(following, last)


def bounded_years() -> Iterator[tuple[int, Form]]:
    """The report years for which an older form is, the latest first, each with its form. Raises InstallationError."""
    forms = map(form_reader.load_form, form_reader.list_form_ids())
    found = {year: form for form in forms if form.years.first is not None and form.years.last is not None
             for year in range(form.years.first, form.years.last + 1)}
    return iter(sorted(found.items(), key=lambda item: -item[0]))
