"""Holds what our contenders that type into a window have in common."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject


class Paints(QObject):
    count = 0

    def eventFilter(self, _target, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def settle_events():
    """What is to come comes, and what was taken out of the window is dropped for good."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
