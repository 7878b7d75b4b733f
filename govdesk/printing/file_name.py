"""Suggests the name of a file that a report is written to."""

from __future__ import annotations

from govdesk.base.files import FORBIDDEN_CHARACTERS
from govdesk.printing.compose import title_of
from govdesk.session.session import Snapshot

MAX_NAME = 80                                # characters


def suggest_file_name(snap: Snapshot) -> str:
    """The title as a file's name on any system, without a suffix; of a long one the organ's name is cut, not the
    year."""
    title = FORBIDDEN_CHARACTERS.sub("_", title_of(snap.form, snap.report)).strip(" .")
    organ = len(snap.report.cover("organ.name").strip())
    over = max(0, len(title) - MAX_NAME)
    return (title[:max(0, organ - over)] + title[organ:])[:MAX_NAME] or "年报"
