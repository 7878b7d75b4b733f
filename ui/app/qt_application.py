"""The one QApplication: its look, its icon, and Chinese also where Qt itself speaks."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from govdesk.base import paths
from ui.common import theme
from ui.common.focus_in_sight import FocusInSight
from ui.common.program_title import PROGRAM_TITLE


def application(wish: str = "system") -> QApplication:
    """Makes the QApplication, complete."""
    app = begun(wish)
    complete()
    return app


def begun(wish: str = "system") -> QApplication:
    """Makes the QApplication with all that its first page needs; `complete` adds the rest. Fusion is named to Qt
    itself: asked from Python it would bring all of QStyle with it."""
    app = QApplication.instance()
    if app is None:
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    elif isinstance(app, QApplication) and app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    assert isinstance(app, QApplication)
    app.setApplicationName("GovDesk")
    app.setApplicationDisplayName(PROGRAM_TITLE)
    theme.apply_theme(app, wish)
    if app.findChild(FocusInSight) is None:
        FocusInSight(app)
    return app


def complete() -> QApplication:
    """Adds what the first page does without."""
    from PySide6.QtGui import QIcon

    speak_chinese()
    icon, app = paths.resources_folder() / "icons" / "govdesk.png", QApplication.instance()
    assert isinstance(app, QApplication)
    if icon.is_file():
        app.setWindowIcon(QIcon(str(icon)))
    return app


def speak_chinese() -> None:
    """Gives Qt's own words and numbers in Chinese. Needed before Qt's first dialogue, not for the first page, and dear
    there: PySide makes all of the world's languages and countries for it."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    from ui.app.qt_chinese import Rest

    app = QApplication.instance()
    if app is None or app.property("speaks_chinese"):
        return
    app.setProperty("speaks_chinese", True)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.installTranslator(Rest(app))         # the last one installed is asked first
