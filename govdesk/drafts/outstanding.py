"""What the list of drafts says that a report still lacks."""

from __future__ import annotations

from govdesk.formfile import form_reader
from govdesk.report.report import Report
from govdesk.session.progress import compute_standing
from govdesk.session.session import Snapshot, take_snapshot
from govdesk.store.draft_summary import Outstanding


def count_outstanding(snap: Snapshot) -> Outstanding:
    """Counts what is open in a report; a rule that broke off is no rule that holds, and a text beyond measure is
    none that is finished."""
    stands = compute_standing(snap)
    return Outstanding(snap.blanks, stands.off + stands.unchecked, stands.unfilled + stands.too_long,
                       stands.unexplained)


def count_outstanding_of(report: Report) -> Outstanding:
    """Counts them of a report that is not open. Raises FormError."""
    return count_outstanding(take_snapshot(form_reader.load_form(report.form_id), report))
