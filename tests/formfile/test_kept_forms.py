"""The parsed form file is kept beside it, and is never taken for another's."""

from __future__ import annotations

import marshal
import sys
import tomllib

import pytest

from govdesk.base.errors import FormError
from govdesk.base.paths import resources
from govdesk.formfile import form_reader

FORM = resources() / "forms" / "ogi-annual-report-2021.toml"


class TestTheParsedFileIsKept:
    """As Python keeps compiled modules."""

    @pytest.fixture
    def file(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sys, "dont_write_bytecode", False)
        path = tmp_path / "form.toml"
        path.write_bytes(FORM.read_bytes())
        assert form_reader.read(path).name == form_reader.read(path).name
        assert list((tmp_path / "__pycache__").iterdir())
        return path

    def test_and_used(self, file, monkeypatch):
        other = form_reader.read(FORM)
        monkeypatch.setattr(tomllib, "loads", None)
        form = form_reader.read(file)
        assert form.sections == other.sections and form.checks == other.checks

    def test_but_not_where_the_file_has_changed(self, file):
        file.write_text(file.read_text("utf-8").replace("{organ}{year}年", "{organ}{year}　"), "utf-8")
        assert "　" in form_reader.read(file).title
        file.write_text("[", "utf-8")
        with pytest.raises(FormError):
            form_reader.read(file)

    @pytest.mark.parametrize("torn", [b"", b"\0", b"nonsense", marshal.dumps(1), marshal.dumps((1, 2, 3))])
    def test_and_nothing_torn_is_taken(self, file, torn):
        kept, = (file.parent / "__pycache__").iterdir()
        kept.write_bytes(torn)
        assert form_reader.read(file).checks
