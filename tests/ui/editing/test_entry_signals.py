"""A field is told of its own entry, and of no other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from govdesk import cli
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer
from govdesk.session.session import Session
from ui.editing.bound_fields import Binding, LineField
from ui.editing.editor import Editor

CELL = Address.parse("requests/new_requests/natural_person")


@pytest.fixture
def editor(qapp: QApplication) -> Editor:
    report = cli.sample_report()
    return Editor(Session(form_reader.load_form(report.form_id), report))


def test_a_field_hears_of_its_own_entry_alone(editor: Editor) -> None:
    heard: list[str] = []
    editor.entry_changed(Layer.COVER, "organ.name").connect(lambda: heard.append("name"))
    editor.entry_changed(Layer.VALUES, CELL).connect(lambda: heard.append("cell"))
    editor.changed.connect(lambda *_: heard.append("all"))
    editor.do(editor.session.edit("x", [(Layer.COVER, "contact.phone", "0000")]))
    editor.do(editor.session.edit("x", [(Layer.COVER, "organ.name", "临江区财政局")]))
    editor.do(editor.session.edit("x", [(Layer.VALUES, CELL, 3)]))
    assert heard == ["all", "name", "all", "cell", "all"]


def test_undo_reaches_the_field_and_a_field_that_is_gone_is_not_asked(editor: Editor) -> None:
    fields = [LineField(Binding(editor, Layer.COVER, "contact.phone", "电话")) for _ in range(2)]
    before = fields[0].text()
    editor.do(editor.session.edit("x", [(Layer.COVER, "contact.phone", "0000")]))
    assert [field.text() for field in fields] == ["0000", "0000"]
    delete(fields[1])
    editor.stack.undo()
    assert fields[0].text() == before
