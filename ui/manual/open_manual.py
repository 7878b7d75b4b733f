"""F1: the manual in the window's place, open at what is being done."""

from __future__ import annotations

from ui.editing.workspace import Workspace
from ui.manual.manual import ManualPage
from ui.shell.main_window import Shell


class ManualController:
    """Shows the manual over whatever is shown, until Esc."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._workspace, self._shell = workspace, shell

    def show(self) -> None:
        """Shows the manual; not twice."""
        draft = self._workspace.open
        if isinstance(self._shell.stack.currentWidget(), ManualPage):
            return
        places: tuple[str, ...] = ("home",)
        if draft is not None and self._shell.is_bare:
            draft.view.commit()
            places = draft.view.places()
        elif place := getattr(self._shell.stack.currentWidget(), "manual_place", ""):
            places = (place,)
        page = ManualPage()
        self._shell.show_over(page, page.back_wanted)
        page.open_at(*places)
