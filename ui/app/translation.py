"""Chinese also where Qt itself speaks."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def speak_chinese() -> None:
    """Qt's own words and numbers in Chinese. Needed before Qt's first dialogue, not for the first page, and dear there:
    PySide makes all of the world's languages and countries for it."""
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
