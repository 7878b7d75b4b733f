"""Chooses a form: the one for a report year, and the one by which the report after another is written."""

from __future__ import annotations

from collections.abc import Collection

from govdesk.base.errors import FormError, InstallationError
from govdesk.form.form import Form
from govdesk.form.succession import is_followed_by
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


def may_be_last_years(form_id: str, now_id: str) -> bool:
    """Whether a report of one form can be last year's of a report of another, as far as the two forms go; never of a
    form that this program has not."""
    try:
        return is_followed_by(form_reader.load_form(form_id), form_reader.load_form(now_id))
    except (FormError, InstallationError):
        return False


def form_with_cells(addresses: Collection[str], year: int | None) -> Form:
    """The form that has the most of some cells; of several the one for a report year. Raises InstallationError."""
    forms = [form_reader.load_form(form_id) for form_id in form_reader.list_form_ids()]
    return max(forms, key=lambda form: (sum(cell in form.cells_by_name for cell in addresses),
                                        year is not None and form.years.holds(year)))


def first_year() -> int | None:
    """The first report year for which an installed form is; None where none has a beginning. Raises
    InstallationError."""
    forms = map(form_reader.load_form, form_reader.list_form_ids())
    return min((form.years.first for form in forms if form.years.first is not None), default=None)
