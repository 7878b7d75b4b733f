"""What is being worked on: the drafts, the settings, and the draft that is open. No widgets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal

from govdesk import settings
from govdesk.settings import Settings
from govdesk.store.drafts import Drafts

if TYPE_CHECKING:                            # waits until a draft is opened: the list of drafts is there sooner
    from govdesk.form.form import Address
    from govdesk.session.steps import Step, StepPage
    from ui.editing.autosave import Autosave
    from ui.editing.editor import Editor


class DraftView(Protocol):
    """What shows the open draft, as those need it who act on the draft."""

    @property
    def at(self) -> tuple[Step, StepPage]:
        """The step and the page that are shown."""

    def commit(self) -> bool:
        """Takes over what is being typed. False: it is no number and is kept out."""

    def place(self) -> Address | str | None:
        """Where the cursor is: a cell, a text, or None."""

    def places(self) -> tuple[str, ...]:
        """What the manual may be asked about, the nearest first."""

    def enter_item(self, item: str | None) -> None:
        """Shows the page of this item, the cover where there is none."""

    def go_to(self, place: Address | str) -> None:
        """Puts the cursor on a cell, a text or a fact of the cover."""

    def use_folder(self, folder: str) -> None:
        """Notes where the next file is to be written."""

    def close_workers(self) -> None:
        """Ends what is done for the view only."""


class OpenDraft(NamedTuple):
    """A draft that is being worked on, with all that belongs to it."""

    draft_id: int
    editor: Editor
    autosave: Autosave
    view: DraftView


class Workspace(QObject):
    """Knows which drafts there are and which is open, what the clerk has chosen, and whether the program is ending."""

    opened = Signal(object)                  # OpenDraft
    closing = Signal(object)                 # OpenDraft that is about to be left, and is `open` still
    closed = Signal(object)                  # OpenDraft that was left
    drafts_changed = Signal()                # `drafts` are those of another folder or file
    settings_changed = Signal(object)        # the names of those that were

    def __init__(self, drafts: Drafts, chosen: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drafts, self.settings = drafts, chosen
        self.open: OpenDraft | None = None
        self.was_saved = False               # whether there is more on the disk than at the start
        self.is_leaving = False              # the window is going, and takes no more work
        self.is_ending = False               # so is everything: nobody is asked

    @property
    def folder(self) -> Path:
        """Where the drafts are."""
        return self.drafts.file.parent

    @property
    def second_place(self) -> Path | None:
        """Another folder for copies, if the clerk named one."""
        return self.settings.second_backup_place

    def describe_saved(self) -> str:
        """How much of the open draft is on the disk at this moment, for whoever was frightened."""
        if self.open is None:
            return "草稿都在，没有正在填的。"
        state = self.open.autosave.state
        if state.pending or self.open.editor.held or state.saved_at is None:
            late = f"（{state.warning}）" if state.warning else ""
            return f"填的内容都在窗口里，还没有全部保存{late}，请先不要关窗口。"
        return f"草稿已保存到 {state.saved_at:%H:%M}，保存过的没有丢失。"

    def use_drafts(self, drafts: Drafts) -> None:
        """Goes on with the drafts of another folder, or with the same file opened again."""
        self.drafts = drafts
        self.drafts_changed.emit()

    def set_open(self, draft: OpenDraft) -> None:
        """Notes the draft that is open now."""
        self.open = draft
        draft.autosave.saved.connect(self._note_save)
        self.opened.emit(draft)

    def _note_save(self, _: object) -> None:
        self.was_saved = True

    def set_closed(self) -> None:
        """Notes that no draft is open any more."""
        draft, self.open = self.open, None
        self.closed.emit(draft)

    def remember(self, **changes: object) -> None:
        """Changes settings, here and in their file."""
        self.settings = self.settings._replace(**changes)           # type: ignore[arg-type]
        settings.save_settings(self.settings)
        self.settings_changed.emit(frozenset(changes))
