"""The clerk's settings, in force at once."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtWidgets import QApplication

from ui.common import theme
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell


class Preferences:
    """Changes one setting at a time, and lets the home page and the look follow."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._home = workspace, shell.home
        workspace.settings_changed.connect(self._follow)
        self._tell_home()

    def change(self, key: str, value: str) -> None:
        """Changes one setting."""
        self._workspace.remember(**{key: value})

    def apply_theme(self) -> None:
        """Gives the program the look that is chosen, or that the system has now."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, self._workspace.settings.theme)

    def _follow(self, changed: AbstractSet[str]) -> None:
        self._tell_home()
        if "deadline" in changed:
            self._home.show_deadlines()
        if "theme" in changed:
            self.apply_theme()

    def _tell_home(self) -> None:
        chosen = self._workspace.settings.table()
        self._home.in_force = {key: value for key, value in chosen.items() if isinstance(value, str)}
