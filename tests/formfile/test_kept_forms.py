"""The parsed form file is kept beside it, and is never taken for another's."""

from __future__ import annotations

import marshal
import sys
import tomllib

import pytest

from govdesk import formfile
from govdesk.errors import FormError
from govdesk.paths import resources

FORM = resources() / "forms" / "ogi-annual-report-2021.toml"


class TestTheParsedFileIsKept:
    """As Python keeps compiled modules."""

    @pytest.fixture
    def file(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sys, "dont_write_bytecode", False)
        path = tmp_path / "form.toml"
        path.write_bytes(FORM.read_bytes())
        assert formfile.read(path).name == formfile.read(path).name
        assert list((tmp_path / "__pycache__").iterdir())
        return path

    def test_and_used(self, file, monkeypatch):
        other = formfile.read(FORM)
        monkeypatch.setattr(tomllib, "loads", None)
        form = formfile.read(file)
        assert form.sections == other.sections and form.checks == other.checks

    def test_but_not_where_the_file_has_changed(self, file):
        file.write_text(file.read_text("utf-8").replace("{organ}{year}年", "{organ}{year}　"), "utf-8")
        assert "　" in formfile.read(file).title
        file.write_text("[", "utf-8")
        with pytest.raises(FormError):
            formfile.read(file)

    @pytest.mark.parametrize("torn", [b"", b"\0", b"nonsense", marshal.dumps(1), marshal.dumps((1, 2, 3))])
    def test_and_nothing_torn_is_taken(self, file, torn):
        kept, = (file.parent / "__pycache__").iterdir()
        kept.write_bytes(torn)
        assert formfile.read(file).checks
