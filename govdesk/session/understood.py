"""How much of the texts of a report the rules have read: a number in a sentence that was not understood was not
checked by anybody."""

from __future__ import annotations

from typing import NamedTuple

from govdesk.checks import Facts
from govdesk.checks.readings import coverage
from govdesk.session.session import Snapshot


class Unread(NamedTuple):
    """A clause with a number that was not understood."""

    text_id: str
    words: str


class Understood(NamedTuple):
    """`claims`: numbers and denials that are held against the tables; `others`: numbers known to be of other things."""

    claims: int
    others: int
    unread: tuple[Unread, ...]

    @property
    def words(self) -> str:
        """“未读懂 2 句”; nothing where all was understood."""
        return f"未读懂 {len(self.unread)} 句" if self.unread else ""


def understood(now: Snapshot) -> Understood:
    """Of all texts of a report."""
    check = next((check for check in now.form.checks if check.kind == "claims"), None)
    if check is None:
        return Understood(0, 0, ())
    facts = Facts(now.form, now.report, now.figures, {})
    held = {text_id: coverage(check, facts, text_id) for text_id in now.form.texts}
    return Understood(
        sum(c.claims for c in held.values()), sum(c.others for c in held.values()),
        tuple(Unread(text_id, " ".join(now.report.text(text_id)[start:end].split()))
              for text_id, c in held.items() for start, end in c.unclear))
