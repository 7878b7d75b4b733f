"""The application: Qt, Chinese, the look, the drafts, the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from govdesk import paths, settings
from govdesk.errors import UserError
from govdesk.store.drafts import Drafts, open_store, set_aside_and_start_new
from govdesk.store.failures import UnusableStoreError
from ui import error_dialog, theme
from ui.main_window import TITLE, MainWindow


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
    drafts = _open_drafts(paths.data_folder(chosen.data_folder))
    if drafts is None:
        return 2
    window = MainWindow(drafts, chosen)
    error_dialog.install(window)
    window.show()
    if document:
        window.open_file(Path(document))
    app.styleHints().colorSchemeChanged.connect(lambda _: theme.apply(app, window.settings.theme))
    return app.exec()


def _open_drafts(folder: Path) -> Drafts | None:
    """The drafts, or what to do where they cannot be had, in a sentence."""
    try:
        return open_store(folder)
    except UnusableStoreError as error:
        return _start_anew(folder, error)
    except UserError as error:
        QMessageBox.critical(None, TITLE, error.sentence)
        return None


def _start_anew(folder: Path, error: UserError) -> Drafts | None:
    """The file is damaged or not ours: it is kept, and new drafts may be begun beside it."""
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, error.sentence)
    box.setInformativeText("可以把这个文件原样留存（改名，不删除），另建一个新的草稿文件继续工作。")
    anew = box.addButton("留存原文件，新建", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not anew:
        return None
    try:
        drafts, kept = set_aside_and_start_new(folder)
    except UserError as failed:
        QMessageBox.critical(None, TITLE, failed.sentence)
        return None
    QMessageBox.information(None, TITLE, f"原文件已留存为：{kept}")
    return drafts


def self_test(status: Path) -> int:
    """`--self-test FILE`: see ui.self_test."""
    from ui import self_test as test

    return test.run(status)
