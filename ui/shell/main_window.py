"""The window: the home page or the open draft, what lies over it, and below it what must be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from govdesk import __version__
from govdesk.base.errors import FormError, UserError, sentence_of
from ui.common.dragged_files import dragged_files_of
from ui.common.notice_level import NoticeLevel
from ui.common.program_title import PROGRAM_TITLE
from ui.home.home_page import HomePage
from ui.widgets.basics import fill_with_column
from ui.widgets.main_page import MainPage
from ui.widgets.notification_bar import Act, NotificationBar


class _Under(NamedTuple):
    """What a page lies over, and what had the keys there."""

    page: QWidget | None
    focused: QWidget | None


class Shell(QMainWindow):
    """Shows what others hand to it and says what they have to say, where the clerk is looking. It knows no draft."""

    closing = Signal(object)                 # QCloseEvent; whoever has a reason to stay ignores it
    files_dropped = Signal(list)             # Path of each

    def __init__(self, folder: str, geometry: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM_TITLE)
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 500)            # 1366×768 at 150 %
        self.resize(1366, 768)
        self.stack = QStackedWidget()
        self.notices = NotificationBar()
        middle = QWidget()
        column = fill_with_column(middle)
        column.addWidget(self.stack)
        column.addWidget(self.notices)
        self.setCentralWidget(middle)
        self.home = HomePage(__version__, folder)
        self.stack.addWidget(self.home)
        self._page: MainPage = self.home
        self._under: dict[QWidget, _Under] = {}
        self._kept: list[str] | None = None      # warnings that nobody can read in the window any more
        if geometry:
            self.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii", "replace")))

    def geometry_words(self) -> str:
        """Size and place, as the window takes them at the next start."""
        return bytes(self.saveGeometry().toHex().data()).decode("ascii")

    def set_title(self, name: str = "") -> None:
        """Names the window by what is open in it."""
        self.setWindowTitle(f"{name} - {PROGRAM_TITLE}" if name else PROGRAM_TITLE)

    # -- pages

    def show_page(self, page: MainPage) -> None:
        """Shows an open draft in the place of the home page."""
        self._page = page
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def remove_page(self) -> None:
        """Takes the open draft away; what is shown now is for the caller to say."""
        page, self._page = self._page, self.home
        if page is not self.home:
            self.stack.removeWidget(page)
            page.deleteLater()

    def show_home_page(self) -> None:
        """Shows the home page."""
        self.stack.setCurrentWidget(self.home)
        self.set_title()

    def show_over(self, page: QWidget, back: SignalInstance) -> None:
        """Shows a page over what is shown, until `back` is emitted or `close_over` is called."""
        self._under[page] = _Under(self.stack.currentWidget(), QApplication.focusWidget())
        back.connect(lambda: self.close_over(page))
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def close_over(self, page: QWidget) -> None:
        """Shows again what a page lies over, with the keys where they were. Does nothing where it is closed already."""
        under = self._under.pop(page, None)
        if under is None:
            return
        if self.stack.currentWidget() is page:
            below = under.page
            self.stack.setCurrentWidget(below if below and self.stack.indexOf(below) >= 0 else self._page)
            focused = under.focused
            if focused is not None and isValid(focused) and focused.isVisible():
                focused.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self.stack.currentWidget() is self._page:
                self._page.take_focus()
        self.stack.removeWidget(page)
        page.deleteLater()

    @property
    def is_bare(self) -> bool:
        """Whether no page lies over the home page or the open draft."""
        return self.stack.currentWidget() is self._page

    @property
    def is_free(self) -> bool:
        """Whether nothing at all lies over it, no dialogue and no menu either."""
        return self.is_bare and not QApplication.activeModalWidget() and not QApplication.activePopupWidget()

    # -- words

    def say(self, severity: NoticeLevel, words: str) -> None:
        """Says a word on the page; once the window is going, a warning is kept for the end."""
        if not self._keep(severity, words) and words:
            self._page.say(severity, words)

    def notify(self, subject: str, words: str, acts: Sequence[Act] = (),
               severity: NoticeLevel = NoticeLevel.WARNING) -> None:
        """Says what stays in sight below every page until it is answered or `drop_notice` is called."""
        if not self._keep(severity, words):
            self.notices.say(subject, words, acts, severity)

    def change_notice(self, subject: str, words: str) -> None:
        """How far what was said of a subject has come."""
        self.notices.change_words(subject, words)

    def drop_notice(self, subject: str) -> None:
        """Takes away what was said of a subject: there is nothing more to say of it."""
        self.notices.drop(subject)

    def _keep(self, severity: NoticeLevel, words: str) -> bool:
        if self._kept is None:
            return False
        if severity is NoticeLevel.WARNING:
            self._kept.append(severity.signed(words))
        return True

    def keep_warnings(self) -> list[str]:
        """From here on nobody reads the window: gives the list in which warnings are kept."""
        self._kept = []
        return self._kept

    def attempt(self, act: Callable[[], object]) -> bool:
        """Does something; what cannot be done is said in one line on the home page."""
        self.home.say(NoticeLevel.NOTE, "")
        try:
            act()
        except (UserError, FormError) as error:
            self.home.say(NoticeLevel.WARNING, sentence_of(error))
            return False
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Accepted, unless somebody who hears of it has a reason to stay."""
        event.accept()
        self.closing.emit(event)

    # -- files from the system's own lists

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The files are opened when the drag is over: a question would hold up the program that they come from."""
        paths = dragged_files_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.files_dropped.emit(paths))
