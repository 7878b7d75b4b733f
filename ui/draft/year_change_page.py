"""改年份: every year of last year's in the texts that ought to be this year's, with its sentence, each to be ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk.report.report import Edit, Entry, Key, Layer
from govdesk.session.session import Snapshot
from govdesk.texts.unchanged import last_text
from govdesk.texts.year_change import YearPlace, change_years, find_year_places, list_texts_to_take
from ui.common.shortcuts import add_shortcut
from ui.draft.year_rows import YearRows
from ui.editing.editor import Editor
from ui.widgets.basics import (
    fill_with_column,
    make_back_bar,
    make_button,
    make_card,
    make_hair_line,
    make_label,
    set_styled_role,
)
from ui.widgets.tick_box import TickRow

CHANGING, TAKING = "改年份", "取用上年文字，改年份"


class YearChangePage(QWidget):
    """Who shows it writes what it asks for. `taking`: last year's texts are taken along from the start."""

    back_wanted = Signal()
    change_wanted = Signal(object, str)      # entries (layer, key, text), what the act is called

    def __init__(self, editor: Editor, *, taking: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._to_take = list_texts_to_take(editor.form, editor.now.report)
        self._places: list[YearPlace] = []
        self._texts: dict[str, str] = {}
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        top, row = make_back_bar("返回填报", self.back_wanted.emit, CHANGING)
        row.addWidget(make_label(editor.now.report.cover("organ.name"), "quiet"))
        row.addStretch(1)
        column.addWidget(top)
        body = QVBoxLayout()
        body.setContentsMargins(18, 14, 18, 14)
        body.addWidget(self._sheet(taking=taking))
        column.addLayout(body, 1)
        add_shortcut("back", self, self.back_wanted.emit)
        editor.changed.connect(self._follow)
        self._look()

    def _follow(self, _: Snapshot, edit: Edit) -> None:
        """Another window's words came in: what is listed is what stands there now."""
        if any(change.layer in (Layer.TEXTS, Layer.COVER) for change in edit.changes):
            self._look()

    def _sheet(self, *, taking: bool) -> QWidget:
        sheet, inside = make_card(margins=(20, 14, 16, 12), spacing=8)
        self.head = make_label("", "heading", wrap=True)
        self.words = make_label("", "quiet", wrap=True)
        inside.addWidget(self.head)
        inside.addWidget(self.words)
        said = f"同时取用上年的文字（{len(self._to_take)} 段，这里还空着）{self._say_fresh()}"
        self.take = TickRow(said, make_label(said, wrap=True))
        self.take.box.setChecked(taking and bool(self._to_take))
        self.take.box.toggled.connect(lambda _: self._look())
        inside.addWidget(self.take)
        self.take.setVisible(bool(self._to_take))            # shown without a parent it would be a window
        inside.addWidget(make_hair_line())
        self.rows = YearRows(self._editor.form)
        self.rows.choice_changed.connect(self._count)
        inside.addWidget(self.rows, 1)
        inside.addWidget(make_hair_line())
        inside.addLayout(self._foot())
        return sheet

    def _say_fresh(self) -> str:
        """Which texts are each year's own though last year wrote them."""
        now = self._editor.now
        names = [f"“{text.name}”" for text_id, text in now.form.texts.items()
                 if text.fresh and last_text(now.report, text_id).strip()]
        return f"；{'、'.join(names)}要写今年的，不取" if names else ""

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.all_button = make_button("全部勾选", lambda: self.rows.tick(lambda _: True))
        self.own_button = make_button("只勾该改的", lambda: self.rows.tick(lambda place: place.is_ticked))
        row.addWidget(self.all_button)
        row.addWidget(self.own_button)
        row.addWidget(make_label("改完请再读一遍；是一步操作，按 Ctrl+Z 可以退回。", "quiet", wrap=True), 1)
        self.change_button = make_button("", self._change, "primary")
        row.addWidget(self.change_button)
        return row

    def _look(self) -> None:
        """Read the texts as they are, those to be taken as last year's were."""
        now = self._editor.now
        self._texts = {text_id: now.report.text(text_id) for text_id in now.form.texts}
        if self.take.box.isChecked():
            self._texts |= self._to_take
        self._places = find_year_places(now.form, now.report, self._texts)
        self._tell()
        self.rows.show_places(self._places, self._texts)

    def _tell(self) -> None:
        year, found = self._editor.now.report.year, len(self._places)
        off = sum(not place.is_ticked for place in self._places)
        if year is None:
            self.head.setText("还不知道是哪一年的年报")
            self.words.setText("请先在“封面与机关”填写报告年度，再来改年份。")
            return
        self.head.setText(f"{year} 年度的年报，文字里有 {found} 处年份可能要改" if found else
                          f"文字里没有找到要改成 {year} 的年份")
        left = f"其中 {off} 处可能本来就对，没有勾选，写明了原因，要改的请勾上。" if off else ""
        self.words.setText(f"勾选的会改；{left}从表里取来的数不会动。" if found else
                           "文字还空着的，可以先写，或者从上年的文字开始。" if not any(self._texts.values()) else
                           "全部文字都看过了。")

    def _count(self) -> None:
        chosen, taken = len(self.rows.chosen()), len(self._to_take) if self.take.box.isChecked() else 0
        doing = [f"取用 {taken} 段"] * bool(taken) + [f"改 {chosen} 处"] * bool(chosen)
        self.change_button.setText(f"改勾选的（{'，'.join(doing) or '没有勾选'}）")
        self.change_button.setEnabled(bool(doing))
        for button in (self.all_button, self.own_button):
            button.setVisible(bool(self._places))

    def _change(self) -> None:
        """Every text once, with what was chosen in it."""
        by_text: dict[str, list[YearPlace]] = {}
        for place in self.rows.chosen():
            by_text.setdefault(place.text, []).append(place)
        taken = set(self._to_take) if self.take.box.isChecked() else set()
        wanted: list[tuple[Layer, Key, Entry]] = [
            (Layer.TEXTS, text_id, change_years(text, by_text.get(text_id, ())))
            for text_id, text in self._texts.items() if text_id in by_text or text_id in taken]
        self.change_wanted.emit(wanted, TAKING if taken else CHANGING)

    def focus_first(self) -> None:
        """Not the blue button: a key that was still on its way changes nothing."""
        if not self.rows.take_focus():
            (self.take.box if self._to_take else self).setFocus()
