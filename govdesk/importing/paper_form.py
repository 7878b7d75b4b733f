"""Tells by which form a paper was written: by the names in its tables that only one form has, else by its year."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.form.form import Form
from govdesk.formfile import form_reader
from govdesk.formfile.form_choice import form_of_year
from govdesk.importing.files.source import Source
from govdesk.importing.locate import is_of
from govdesk.paste import name_book
from govdesk.paste.name_book import MAX_NAME_CHARACTERS, NameBook, normalise_label


def find_form(source: Source) -> Form | None:
    """The form of which the most names stand in the tables that no other form has; None where no name tells."""
    books = {form_id: name_book.load_name_book(form_id) for form_id in form_reader.list_form_ids()}
    names = {normalise_label(cell.text): cell.text for table in source.tables for cell in table.cells
             if cell.text and len(cell.text) <= MAX_NAME_CHARACTERS}
    votes = dict.fromkeys(books, 0)
    for text in names.values():
        known = [form_id for form_id, book in books.items() if _has(book, text)]
        if len(known) == 1:
            votes[known[0]] += 1
    most = max(votes.values())
    first = [form_id for form_id, count in votes.items() if count == most]
    return form_reader.load_form(first[0]) if most and len(first) == 1 else None


def newest_form() -> Form:
    """The form that is tried where a paper does not tell."""
    return form_of_year(None)


def _has(book: NameBook, text: str) -> bool:
    return any(is_of(table, text) for table in book.tables.values())


def describe_form(form: Form, year: int | None) -> Iterable[str]:
    """What is to be said of a paper that was not written by the newest form, or by one that is not for its year."""
    if form.years.last is not None:
        yield f"这是{form.short or form.name}的年报，按这一格式读取。"
    if year is not None and not form.years.holds(year):
        yield f"文件写的是 {year} 年度，而这种格式用于{form.years.words}的年报，请核对年度。"
