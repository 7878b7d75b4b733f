"""What tests of the home page share."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.report.report import Layer, Report, edit_of


def report_of(organ: str, year: str, deadline: str = "", kind: str = "organ_report") -> Report:
    sample = cli.sample_report()
    return edit_of(sample, "", [(Layer.COVER, "organ.name", organ), (Layer.COVER, "year", year),
                                (Layer.COVER, "organ.kind", kind), (Layer.DESK, "deadline", deadline)]
                   ).applied_to(sample)


def deadlines_known(qtbot: QtBot, window: MainWindow) -> None:
    """They follow the first frame."""
    qtbot.waitUntil(lambda: window.home.table.rows.form is not None)
