"""Takes a second film strip for `screenshots.py`: versions, backups, a draft that came back from another computer, a
damaged file and a run that crashed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from build_scripts.film import SAMPLE_REPORT, WRONG_FIELD, open_sample, wait_painted
from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.base.errors import StoreError
from govdesk.exchange import draft_file
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.report.report import Layer, edit_of
from govdesk.store import backups, salvage
from govdesk.store.drafts import open_store
from ui.app.damaged_file_dialog import DamageDialog
from ui.app.qt_application import application
from ui.draft.integrity_warning import DamagedPlaces
from ui.error_reports.crash_report import NOTHING_LEFT_WORDS, describe_versions
from ui.error_reports.error_dialog import ReportDialog

OTHER_FIELD = Address("requests", "new_requests", "natural_person")
PROBLEMS_TEXT = "一是公开的主动性不够，二是培训还少。今年将逐项改进。"


class SafetyFilm:
    """One window that all frames are of; each method leaves it as the picture should show it."""

    def __init__(self, folder: Path, working: Path, theme: str, size: QSize) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        application(theme)
        self.frames: list[Path] = []
        self._folder, self._working = folder, working
        self._window = MainWindow(open_store(working), settings.Settings())
        self._window.resize(size)
        self._window.show()

    def film(self) -> list[Path]:
        self._work()
        self._past()
        self._carried()
        self._silent()
        self._copies()
        self._crash()
        self._damage()
        self._window.close()
        return self.frames

    def _shoot(self, name: str, what: QWidget | None = None) -> None:
        wait_painted(400)
        self.frames.append(self._folder / f"{len(self.frames) + 1:02}-{name}.png")
        (what or self._window).grab().save(str(self.frames[-1]))

    def _dialog(self, name: str, dialog: QDialog) -> None:
        dialog.show()
        self._shoot(name, dialog)
        dialog.close()

    def _type(self, layer: Layer, key: Address | str, entry: Decimal | str) -> None:
        editor = open_sample(self._window).editor
        editor.do(edit_of(editor.now.report, "填写", [(layer, key, entry)]))

    def _work(self) -> None:
        self._window.adopt(SAMPLE_REPORT)
        self._type(Layer.VALUES, WRONG_FIELD, Decimal(7))
        self._type(Layer.TEXTS, "problems", PROBLEMS_TEXT)
        wait_painted(1200)

    def _past(self) -> None:
        self._window.show_past()
        self._shoot("versions")
        open_sample(self._window).go_to(WRONG_FIELD)
        self._window.stack.setCurrentWidget(open_sample(self._window))

    def _carried(self) -> None:
        """Both sides have changed since the draft was taken along."""
        away = self._working / "拷出.govdesk"
        self._window.carry_to(away)
        wait_painted(1500)
        came = read_file(away)
        assert came.past is not None
        there = edit_of(came.report, "填写",
                        [(Layer.VALUES, WRONG_FIELD, Decimal(9)), (Layer.VALUES, OTHER_FIELD, Decimal(12)),
                                             (Layer.TEXTS, "problems",
                                              PROBLEMS_TEXT.replace("二是培训还少", "二是人手不足"))])
        data, _ = draft_file.dump_draft(there.applied_to(came.report), came.past.leading_to(
            there.applied_to(came.report), came.past.versions[-1].at))
        away.write_bytes(data)
        self._type(Layer.VALUES, WRONG_FIELD, Decimal(8))
        self._type(Layer.TEXTS, "problems", PROBLEMS_TEXT.replace("逐项改进", "全部改进"))
        wait_painted(1200)
        self._window.open_file(away)
        wait_painted(800)
        self._shoot("merge")
        self._window.show_home()

    def _silent(self) -> None:
        self._window.open_draft(self._window.drafts.list()[0].id)
        self._window.program.integrity_warning.tell([("values", str(WRONG_FIELD)), ("texts", "problems")])
        self._shoot("damaged-places")
        recorded = edit_of(open_sample(self._window).editor.now.report, "记录",
                           [(Layer.VALUES, WRONG_FIELD, Decimal(1))])
        draft = self._window.workspace.open
        assert draft is not None
        compared = DamagedPlaces(draft, recorded.applied_to(draft.editor.now.report), self._window)
        compared.show_places()
        self._dialog("damaged-compared", compared)
        self._window.show_home()

    def _copies(self) -> None:
        self._window.scheduler.make()
        wait_painted(1500)
        self._window.show_copies()
        wait_painted(800)
        self._shoot("restore")
        self._window.show_home()

    def _crash(self) -> None:
        self._dialog("crash", ReportDialog(
            "上次没有正常退出", self._window.workspace.describe_saved(), NOTHING_LEFT_WORDS, describe_versions(),
            self._window))

    def _damage(self) -> None:
        file = self._window.drafts.file
        copy = backups.list_backups(file)[0]
        with backups.open_backup(copy.file) as inside:
            held = [inside.load(draft.id) for draft in inside.list()]
        error = StoreError(f"草稿文件 {file.name} 损坏：有一处读不出来。")
        self._dialog("damage", DamageDialog(error, salvage.read_damaged_file(
            copy.file, lambda *_: held[0].form_id), (copy, held), self._window))


def make_film(folder: Path, working: Path, theme: str, size: QSize) -> list[Path]:
    """A picture of each; their files."""
    return SafetyFilm(folder, working, theme, size).film()
