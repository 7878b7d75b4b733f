"""What tests of the versions page share."""

from __future__ import annotations

from build_scripts.program_window import MainWindow
from ui.history.versions_page import VersionsPage


def past(window: MainWindow) -> VersionsPage:
    assert window.wizard is not None
    window.wizard.top.past_wanted.emit()
    page = window.stack.currentWidget()
    assert isinstance(page, VersionsPage)
    return page


def lines(page: VersionsPage) -> list[str]:
    return [page.list.item(row).text().split("\n")[1] for row in range(page.list.count())]
