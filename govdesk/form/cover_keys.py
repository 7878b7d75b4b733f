"""Names the facts of the cover, which are the same for every form, and which of them are free words."""

from __future__ import annotations

COVER_KEYS = ("organ.name", "organ.short_name", "organ.level", "organ.kind", "year",
              "issued_on",                                       # as YYYY-MM-DD
              "contact.office", "contact.address", "contact.phone")
COVER_WORDS = ("organ.name", "organ.short_name", "contact.office", "contact.address", "contact.phone")
