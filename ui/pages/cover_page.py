"""The cover: whose report, of which year, issued when, and whom to ask."""

from __future__ import annotations

import datetime
import re
import unicodedata

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from govdesk.compose import chinese_date, title_of
from govdesk.form import Address, Choice
from govdesk.importers.exchange import YEARS
from govdesk.report import Layer
from ui.bridge import Editor
from ui.fields import Binding, LineField
from ui.widgets import Combo, button, card, label, set_role

_CHINESE_DATE = re.compile(r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月"
                           r"([一二三四五六七八九十]{1,3})日")
_DIGITS = "〇一二三四五六七八九"
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DATE = re.compile(r"(\d{4})[年./\-](\d{1,2})[月./\-](\d{1,2})日?")


class YearField(LineField):
    """The report year, four digits."""

    def to_entry(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
        if plain and not (re.fullmatch("[1-9][0-9]{3}", plain) and int(plain) in YEARS):
            raise ValueError(f"请填 {YEARS.start}～{YEARS.stop - 1} 之间的年份，如 2023")
        return plain


class DateField(LineField):
    """A date as an office writes it; kept as YYYY-MM-DD."""

    def to_entry(self, text: str) -> str:
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        if not plain:
            return ""
        match = _DATE.fullmatch(_arabic(plain)) or _EIGHT.fullmatch(plain)
        if not match:
            raise ValueError("请写成 2024年1月18日 或 2024-01-18")
        try:
            return datetime.date(*(int(part) for part in match.groups())).isoformat()
        except ValueError:
            raise ValueError("没有这一天，请核对") from None

    def to_text(self, entry: str) -> str:
        return chinese_date(entry) or entry


def _arabic(text: str) -> str:
    """“二〇二四年一月十八日” → “2024年1月18日”; anything else as it is."""
    match = _CHINESE_DATE.fullmatch(text)
    if not match:
        return text
    year = "".join(str(_DIGITS.index(c) % 10 if c != "零" else 0) for c in match[1])
    return f"{year}年{_below_hundred(match[2])}月{_below_hundred(match[3])}日"


def _below_hundred(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.index(text) if len(text) == 1 else 0
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


class ChoiceField(Combo):
    """One of the form's choices, bound to a fact of the cover."""

    def __init__(self, binding: Binding, choices: tuple[Choice, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._binding = binding
        self.addItem("请选择", "")
        for choice in choices:
            self.addItem(choice.label, choice.id)
        self._show()
        self.activated.connect(self._chosen)
        binding.editor.changed.connect(lambda _, edit: self._show() if binding.touched_by(edit) else None)

    def _show(self) -> None:
        self.setCurrentIndex(max(self.findData(self._binding.text()), 0))

    def _chosen(self, _: int) -> None:
        editor = self._binding.editor
        editor.do(editor.session.edit(self._binding.name, [(Layer.COVER, self._binding.key, self.currentData())]))


class CoverPage(QScrollArea):
    """A form of two columns: words left, fields right, reasons below a field."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.fields: dict[str, QWidget] = {}
        self.setWidgetResizable(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(label("封面与机关", "title"))
        self._title = label("", "heading", wrap=True)
        sheet, inside = card(margins=(20, 16, 20, 16))
        inside.addWidget(label("印出的标题", "quiet"))
        inside.addWidget(self._title)
        column.addWidget(sheet)
        column.addWidget(self._organ())
        column.addWidget(self._contact())
        column.addStretch(1)
        self.setWidget(body)
        body.setMaximumWidth(820)
        editor.changed.connect(lambda *_: self._write_title())
        self._write_title()

    def _organ(self) -> QWidget:
        form = self._editor.form
        sheet, grid = _form_card()
        self._line(grid, "organ.name", "机关全称", LineField, "与公章一致，用于标题和署名，如“临江区教育局”")
        self._line(grid, "organ.short_name", "机关简称", LineField, "选填，如“区教育局”")
        self._choice(grid, "organ.level", "机关层级", form.levels)
        self._choice(grid, "organ.kind", "年报种类", form.kinds)
        self._line(grid, "year", "报告年度", YearField, "报告所写的那一年，不是编制的年份")
        date = self._line(grid, "issued_on", "成文日期", DateField, "如 2024年1月18日，印在署名下面")
        assert isinstance(date, DateField)
        today = button("填今天", lambda: self._today(date), "link")
        grid.addWidget(today, 2 * (grid.property("rows") - 1), 2)
        return sheet

    def _today(self, field: DateField) -> None:
        iso = datetime.date.today().isoformat()
        field.binding.editor.do(field.binding.editor.session.edit("填成文日期", [(Layer.COVER, "issued_on", iso)]))

    def _contact(self) -> QWidget:
        sheet, grid = _form_card()
        self._line(grid, "contact.office", "联系机构", LineField, "选填；前言中写明联系方式的，与前言一致")
        self._line(grid, "contact.address", "联系地址", LineField, "")
        self._line(grid, "contact.phone", "联系电话", LineField, "")
        return sheet

    def _line(self, grid: QGridLayout, key: str, name: str, kind: type[LineField], hint: str) -> LineField:
        field = kind(Binding(self._editor, Layer.COVER, key, f"填{name}"))
        note = label(hint, "quiet", wrap=True)
        field.refused.connect(lambda reason: _note(note, reason, hint))
        self._row(grid, key, name, field)
        grid.addWidget(note, 2 * (grid.property("rows") - 1) + 1, 1)
        note.setVisible(bool(hint))
        return field

    def _choice(self, grid: QGridLayout, key: str, name: str, choices: tuple[Choice, ...]) -> None:
        self._row(grid, key, name, ChoiceField(Binding(self._editor, Layer.COVER, key, f"选{name}"), choices))

    def _row(self, grid: QGridLayout, key: str, name: str, field: QWidget) -> None:
        row = grid.property("rows") or 0
        grid.setProperty("rows", row + 1)
        words = label(name)
        words.setBuddy(field)
        field.setAccessibleName(name)
        field.setMinimumWidth(360)
        field.setMaximumWidth(420)
        grid.addWidget(words, 2 * row, 0)
        grid.addWidget(field, 2 * row, 1)
        self.fields[key] = field

    def _write_title(self) -> None:
        self._title.setText(title_of(self._editor.form, self._editor.now.report))

    def focus_first(self) -> None:
        """The first fact that is still missing, else the name."""
        report = self._editor.now.report
        key = next((k for k in self.fields if not report.cover(k) and not k.startswith("contact")), "organ.name")
        self.fields[key].setFocus()

    def go_to(self, place: Address | str) -> None:
        self.fields.get(str(place), self.fields["organ.name"]).setFocus()


def _note(note: QWidget, reason: str, hint: str) -> None:
    note.setText(reason or hint)             # type: ignore[attr-defined]  # a QLabel
    set_role(note, "off" if reason else "quiet")
    note.setVisible(bool(reason or hint))


def _form_card() -> tuple[QWidget, QGridLayout]:
    sheet, column = card(margins=(20, 16, 20, 16))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, 72)
    grid.setColumnStretch(3, 1)
    row = QHBoxLayout()
    row.addLayout(grid)
    column.addLayout(row)
    return sheet, grid
