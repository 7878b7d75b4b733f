"""The application: Qt, Chinese, the look, the drafts, the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from govdesk import paths, settings
from ui import theme
from ui.folders import TITLE, claim, open_drafts
from ui.main_window import MainWindow


def application(wish: str = "system") -> QApplication:
    """The one QApplication, Chinese also where Qt itself speaks."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("GovDesk")
    app.setApplicationDisplayName(TITLE)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    for name in ("qtbase_zh_CN",):
        translator = QTranslator(app)
        if translator.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
    icon = paths.resources() / "icons" / "govdesk.png"
    if icon.is_file():
        app.setWindowIcon(QIcon(str(icon)))
    theme.apply(app, wish)
    return app


def run(document: str | None = None) -> int:
    """The wizard. `document` is an exchange file to open. Returns the exit code."""
    chosen = settings.load()
    app = application(chosen.theme)
    drafts = open_drafts(paths.data_folder(chosen.data_folder))
    if drafts is None:
        return 2
    lock = claim(drafts.file.parent)
    if lock is None:
        drafts.close()
        return 0
    window = MainWindow(drafts, chosen)
    window.show()
    QTimer.singleShot(0, lambda: _expect_errors(window))
    QTimer.singleShot(400, lambda: _warm_up(window))
    if document:
        window.open_file(Path(document))
    app.styleHints().colorSchemeChanged.connect(lambda _: theme.apply(app, window.settings.theme))
    code = app.exec()
    lock.unlock()
    return code


def _expect_errors(window: MainWindow) -> None:
    from ui import error_dialog

    error_dialog.install(window)


def _warm_up(window: MainWindow) -> None:
    """After the first frame: import in a thread what the first draft and the first export need."""
    def work() -> None:
        import ui.wizard  # noqa: F401

        window.drafts.warm_up()
        import govdesk.export.pdf  # noqa: F401

    from ui.task import Worker

    window.warm = Worker("warm-up", window)
    window.warm.run(work, lambda _: None, lambda _: None)


def self_test(status: Path) -> int:
    """`--self-test FILE`: see ui.self_test."""
    from ui import self_test as test

    return test.run(status)
