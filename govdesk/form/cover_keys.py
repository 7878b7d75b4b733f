"""Names the facts of the cover, which are the same for every form, and which of them are free words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govdesk.form.form import Form

COVER_KEYS = ("organ.name", "organ.short_name", "organ.level", "organ.kind", "year",
              "issued_on",                                       # as YYYY-MM-DD
              "contact.office", "contact.address", "contact.phone")
COVER_WORDS = ("organ.name", "organ.short_name", "contact.office", "contact.address", "contact.phone")


def is_choice_of(form: Form, fact: str, value: str) -> bool:
    """Whether a fact of the cover may have a value: one of the form's own, where it has a list of them."""
    which = fact.removeprefix("organ.")
    return which not in ("level", "kind") or form.choice(which, value) is not None
