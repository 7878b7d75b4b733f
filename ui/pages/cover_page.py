"""The cover: whose report, of which year, issued when, and whom to ask."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QCompleter, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from govdesk.base import dates
from govdesk.base.bounds import MAX_ORGAN_NAME, YEARS_IN_WORDS
from govdesk.base.numerals import shorten_text
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Address, Choice, Form
from govdesk.printing import missing_glyphs
from govdesk.printing.compose import title_of
from govdesk.report.early_year import describe_future_year, describe_running_year
from govdesk.report.late_issue_date import describe_late_issue, describe_odd_deadline
from govdesk.report.report import Edit, Layer, year_in
from govdesk.session.progress import open_findings
from govdesk.session.session import Snapshot
from govdesk.session.steps import CHINESE_CHARACTER, REQUIRED_COVER_KEYS
from ui.common.in_sight import InSight
from ui.editing.bound_fields import Binding, LineField
from ui.editing.editor import Editor
from ui.pages.fact_grid import FactGrid
from ui.pages.page import Due, Organs, PageContext, WizardPage
from ui.widgets.basics import fill_with_column, make_button, make_card, make_label, set_role
from ui.widgets.combo import Combo

YEAR_WIDTH, DATE_WIDTH = 96, 160             # pixels
SHORTEST_PHONE = 5                           # digits: 12345 is a hot line
SHOWN = 160                                  # characters of the title as it will be printed
_BREAK = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_FACTS_OF_ORGAN = tuple(key for key in COVER_KEYS if key.startswith(("organ.", "contact.")))


class OrganNameField(LineField):
    """An organ's full name, one line; as it is typed, an organ known before is offered."""

    def to_entry(self, text: str) -> str:
        name = _BREAK.sub("", super().to_entry(text))
        if len(name) > MAX_ORGAN_NAME:
            raise ValueError(f"机关全称有 {len(name)} 个字，比公章上的长，请核对是不是粘贴了别的内容")
        if name and not CHINESE_CHARACTER.search(name):
            raise ValueError("机关全称里没有汉字，请核对")
        return name

    def to_text(self, entry: str) -> str:
        return _BREAK.sub("", super().to_text(entry))


class PhoneField(LineField):
    """A telephone number as an office writes it; more than one, an extension or words beside it are as well."""

    def to_entry(self, text: str) -> str:
        phone = super().to_entry(text)
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
        if phone.strip() and len(digits) < SHORTEST_PHONE:
            raise ValueError(f"电话号码里的数字不到 {SHORTEST_PHONE} 位，请核对")
        return phone


class YearField(LineField):
    """The report year, four digits."""

    def to_entry(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
        if plain and year_in(plain) is None:
            raise ValueError(f"请填 {YEARS_IN_WORDS} 之间的年份，如 2023")
        return plain


class DateField(LineField):
    """A date as an office writes it; kept as YYYY-MM-DD."""

    def to_entry(self, text: str) -> str:
        return dates.parse_date(text)

    def to_text(self, entry: str) -> str:
        return dates.format_date(entry) or entry


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
        binding.changed.connect(self._show)

    def _show(self) -> None:
        self.setCurrentIndex(max(self.findData(self._binding.text()), 0))

    def _chosen(self, _: int) -> None:
        editor = self._binding.editor
        editor.do(editor.session.edit(self._binding.name, [(Layer.COVER, self._binding.key, self.currentData())]))


class CoverPage(WizardPage):
    """The facts of the cover in one form, the reason below a field that is doubted. `organs` gives those known before,
    `due` the day by which the report is to be published."""

    has_help = True

    def __init__(self, editor: Editor, organs: Organs = tuple, due: Due = lambda: None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._due = editor, due
        self.notes: dict[str, tuple[QLabel, str]] = {}      # below each field, with what stands there else
        self._hints: dict[str, str] = {}     # what stands below each field where nothing is said of what is in it
        self._doubts: dict[str, tuple[str, str]] = {}
        self._known = list(organs())
        self.fields: dict[str, QWidget] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(make_label("封面与机关", "title"), 1)
        head.addWidget(make_label("带 * 的必填", "quiet"))
        column.addLayout(head)
        self._title = make_label("", "heading", wrap=True)
        self._written = ""
        sheet, inside = make_card(margins=(20, 16, 20, 16))
        inside.addWidget(make_label("印出的标题", "quiet"))
        inside.addWidget(self._title)
        self._unprintable = make_label("", "off", wrap=True)
        inside.addWidget(self._unprintable)
        column.addWidget(sheet)
        column.addWidget(self._facts())
        column.addStretch(1)
        body.setMaximumWidth(820)
        self._scroll(body)
        followed = QApplication.instance()
        assert isinstance(followed, QApplication)
        followed.focusChanged.connect(self._tell_place)
        editor.changed.connect(InSight(self._write_title, self).follow)
        editor.changed.connect(self._follow)
        self._write_title()
        self._write_doubts()

    def _scroll(self, body: QWidget) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)          # its fields take it
        area.setAccessibleName("封面与机关")
        area.setWidget(body)
        fill_with_column(self).addWidget(area)

    def _facts(self) -> QWidget:
        form = self._editor.form
        sheet, inside = make_card(margins=(20, 16, 20, 16))
        grid = FactGrid()
        inside.addWidget(grid)
        known = make_button("用过的机关…", self._show_known, "link") if self._known else None
        name = self._line(grid, "organ.name", "机关全称", OrganNameField, example="与公章一致，如“临江区教育局”",
                          below=known)
        if self._known:
            self._offer(name)
        self._line(grid, "organ.short_name", "机关简称", LineField, example="选填，如“区教育局”")
        self._choice(grid, "organ.level", "机关层级", form.levels)
        self._choice(grid, "organ.kind", "年报种类", form.kinds)
        self._line(grid, "year", "报告年度", YearField, "写哪一年的工作，就填哪一年", width=YEAR_WIDTH)
        self._line(grid, "issued_on", "成文日期", DateField, "如 2024年1月18日，印在落款下面", width=DATE_WIDTH,
                   beside=make_button("填今天", self._today, "link"))
        self._line(grid, "deadline", "截止日期", DateField, "选填，当地要求更早才填", width=DATE_WIDTH,
                   layer=Layer.DESK)
        self._line(grid, "contact.office", "联系机构", LineField, "选填；前言中写明联系方式的，与前言一致")
        self._line(grid, "contact.address", "联系地址", LineField)
        self._line(grid, "contact.phone", "联系电话", PhoneField)
        return sheet

    def _offer(self, field: LineField) -> None:
        """The organs of other drafts under the field; one that is chosen fills in all that is known of it."""
        model = QStandardItemModel(self)
        for organ in self._known:
            item = QStandardItem(describe_organ(self._editor.form, organ, self._known))
            item.setData(organ, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        completer = QCompleter(model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("role", "popup")
        completer.activated[QModelIndex].connect(                                # type: ignore[index]  # an overload
            lambda index: self._choose(index.data(Qt.ItemDataRole.UserRole)))
        field.setCompleter(completer)
        self.completer = completer

    def _show_known(self) -> None:
        self.fields["organ.name"].setFocus()
        self.completer.setCompletionPrefix("")
        self.completer.complete()

    def _choose(self, organ: dict[str, str]) -> None:
        """One step: what is known of the organ, with nothing left of another's."""
        wanted = [(Layer.COVER, key, organ.get(key, "")) for key in _FACTS_OF_ORGAN]
        self._editor.do(self._editor.session.edit("选用过的机关", wanted))
        # Qt writes the line of the list into the field after this
        QTimer.singleShot(0, self, self._write_name)

    def _write_name(self) -> None:
        field = self.fields["organ.name"]
        assert isinstance(field, OrganNameField)
        field.setText(field.to_text(field.binding.text()))

    def _today(self) -> None:
        iso = datetime.date.today().isoformat()
        self._editor.do(self._editor.session.edit("填成文日期", [(Layer.COVER, "issued_on", iso)]))

    def _line(self, grid: FactGrid, key: str, name: str, kind: type[LineField], hint: str = "", *, example: str = "",
              layer: Layer = Layer.COVER, width: int = 0, beside: QWidget | None = None, below: QWidget | None = None
              ) -> LineField:
        """A field of a line. `hint` stands below it, `example` in it while it is empty."""
        field = kind(Binding(self._editor, layer, key, f"填{name}"))
        field.setPlaceholderText(example)
        field.setAccessibleDescription(example or hint)
        note = make_label(hint, "quiet", wrap=True)
        self.notes[key] = note, hint
        self._hints[key] = hint
        field.refused.connect(lambda reason: _note(note, reason or self._doubt(key), self.notes[key][1]))
        grid.add_fact(name, field, note, width=width, beside=beside, below=below,
                      required=key in REQUIRED_COVER_KEYS)
        note.setVisible(bool(hint))
        self.fields[key] = field
        return field

    def _choice(self, grid: FactGrid, key: str, name: str, choices: tuple[Choice, ...]) -> None:
        self.fields[key] = ChoiceField(Binding(self._editor, Layer.COVER, key, f"选{name}"), choices)
        grid.add_fact(name, self.fields[key], required=key in REQUIRED_COVER_KEYS)

    def _write_title(self) -> None:
        report = self._editor.now.report
        title = title_of(self._editor.form, report)
        if title == self._written:           # most edits are of a table, with this page out of sight
            return
        self._written = title
        self._title.setText(shorten_text(title, SHOWN))
        lost = missing_glyphs.find_missing_characters(report.cover("organ.name"))
        self._unprintable.setText(f"△ {missing_glyphs.describe_missing(lost)}。" if lost else "")
        self._unprintable.setVisible(bool(lost))

    def _doubt(self, key: str) -> str:
        """What is to be said of a year or a date that can be read: one to come, of another year, after the deadline."""
        if key == "year":
            return describe_future_year(self._editor.now.report, datetime.date.today())
        if key == "deadline":
            return describe_odd_deadline(self._editor.now.report)
        if key != "issued_on":
            return ""
        found = (f.message for f in open_findings(self._editor.now) if "issued_on" in f.places)
        return next(found, "") or describe_late_issue(self._editor.now.report, self._due())

    def _follow(self, _: Snapshot, edit: Edit) -> None:
        """Figures and texts say nothing of the dates."""
        if any(change.layer not in (Layer.VALUES, Layer.TAPES, Layer.TEXTS) for change in edit.changes):
            self._write_doubts()

    def _write_doubts(self) -> None:
        running = describe_running_year(self._editor.now.report, datetime.date.today())
        for key in ("year", "issued_on", "deadline"):
            words, hint = self._doubt(key), running if key == "year" and running else self._hints[key]
            if (words, hint) != self._doubts.get(key, ("", self._hints[key])):
                self._doubts[key] = words, hint
                note = self.notes[key][0]
                self.notes[key] = note, hint
                if self.fields[key].property("wrong") != "true":      # what is no date is said first
                    _note(note, words, hint)

    def focus_first(self) -> None:
        """The first fact that is still missing, else the name."""
        report = self._editor.now.report
        key = next((k for k in REQUIRED_COVER_KEYS if not report.cover(k)), "organ.name")
        self.fields[key].setFocus()

    def go_to(self, place: Address | str) -> None:
        self.fields.get(str(place), self.fields["organ.name"]).setFocus()

    def place(self) -> str | None:
        at = self.focusWidget()
        return next((key for key, field in self.fields.items() if field is at), None)

    def text_field(self) -> LineField | None:
        field = self.fields.get(self.place() or "")
        return field if isinstance(field, LineField) else None

    def _tell_place(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now in self.fields.values():
            self.cursor_moved.emit(self.place())


def make_cover_page(context: PageContext, _item: str) -> CoverPage:
    return CoverPage(context.editor, context.organs, context.due)


def describe_organ(form: Form, organ: Mapping[str, str], known: Sequence[Mapping[str, str]]) -> str:
    """An organ's name, and where another has the same one what tells them apart."""
    name = _BREAK.sub("", organ["organ.name"])
    if sum(other["organ.name"] == organ["organ.name"] for other in known) < 2:
        return name
    level, kind = (form.choice(which, organ.get(f"organ.{which}", "")) for which in ("level", "kind"))
    about = [choice.label for choice in (level, kind) if choice]
    about += [organ[key] for key in ("contact.office", "contact.address") if organ.get(key)]
    return f"{name}（{'，'.join(about) or '没有其他说明'}）"


def _note(note: QLabel, reason: str, hint: str) -> None:
    note.setText(reason or hint)
    set_role(note, "off" if reason else "quiet")
    note.setVisible(bool(reason or hint))
